import { type Figure, median } from "../measure";
import type { PeerFigure, Server } from "../peers/measure-peers";
import { threeDigits } from "../peers/tell-peers";
import type { BenchName, Result } from "../results";

/** What is aimed at, and what was measured. */
interface Target {
  readonly what: string;
  /** `least`: the measured number is to be so much or more; else so much or less. */
  readonly bound: number;
  readonly least?: true;
  readonly unit: string;
  readonly measured: number;
}

/** The aims of this page as Markdown, each with what was measured. Throws if a figure is missing. */
export function tellTargets(results: Readonly<Record<BenchName, Result>>): string {
  const { peers } = results.peers;
  const rows = [...ratiosOf(peers), ...limitsOf(results)].map(({ what, bound, least, unit, measured }) => {
    const isMet = least ? measured >= bound : measured <= bound;
    return `| ${what} | ${least ? "at least" : "at most"} ${bound.toLocaleString("en")} ${unit} | ${threeDigits(measured)} ${unit} | ${isMet ? "yes" : "**no**"} |`;
  });
  return ["| aim | | measured | met |", "| --- | --- | --: | --- |", ...rows].join("\n");
}

/** Of the rates of two servers, round by round. */
function ratio(peers: readonly PeerFigure[], question: string, server: Server, other: Server): number {
  const [one, two] = [server, other].map((name) =>
    found(
      peers.find((figure) => figure.question === question && figure.server === name),
      `${question}, ${name}`,
    ),
  );
  return median(one.rounds.map(({ requestsPerSecond }, round) => requestsPerSecond / two.rounds[round].requestsPerSecond));
}

function ratiosOf(peers: readonly PeerFigure[]): Target[] {
  const target = (question: string, server: Server, other: Server, bound: number): Target => ({
    ...{ what: `${question}: ${server === "scoretree" ? "computed each time" : "kept"}, to ${other}`, bound, least: true, unit: "times" },
    measured: ratio(peers, question, server, other),
  });
  return [
    target("card, flat", "scoretree", "PostGraphile", 5),
    target("card, nested", "scoretree", "PostGraphile", 8),
    target("card, flat", "scoretree", "Apollo, TypeORM, DataLoader", 10),
    target("card, nested", "scoretree", "Apollo, TypeORM, DataLoader", 10),
    target("card, flat", "scoretree", "bare, JSON.stringify", 0.6),
    target("card, nested", "scoretree", "bare, JSON.stringify", 0.6),
    target("card, flat", "scoretree, kept", "bare, same bytes", 0.8),
    target("card, nested", "scoretree, kept", "bare, same bytes", 0.8),
    target("leaderboard 50 x 20", "scoretree, kept", "bare, same bytes", 0.8),
  ];
}

function limitsOf({ answers, load }: Readonly<Record<BenchName, Result>>): Target[] {
  const figure = ({ figures }: Result, name: string, models: number): number =>
    found<Figure>(
      figures.find((each) => each.name === name && each.models === models),
      `${name} at ${models} models`,
    ).median;
  const [few, many] = [500, 5_000];
  const observations = found(
    load.sizes.find(({ models }) => models === many),
    `the size at ${many} models`,
  ).observations;
  return [
    {
      what: "card of all benchmarks, executed and written in process",
      bound: 1,
      unit: "ms",
      measured: figure(answers, "card of all benchmarks, in process", few),
    },
    {
      what: "leaderboard 50 x 20, executed and written in process",
      bound: 3,
      unit: "ms",
      measured: figure(answers, "leaderboard 50 x 20, in process", few),
    },
    {
      ...{ what: `card of all benchmarks at ${many.toLocaleString("en")} models, to that at ${few}`, bound: 1.5, unit: "times" },
      measured: figure(answers, "card of all benchmarks, in process", many) / figure(answers, "card of all benchmarks, in process", few),
    },
    {
      ...{ what: `load of ${observations.toLocaleString("en")} observations`, bound: 10, unit: "s" },
      measured: figure(load, "board load: from the start of reading to the board", many) / 1_000,
    },
    {
      ...{ what: `a cell of standings of ${many.toLocaleString("en")} models`, bound: 60, unit: "bytes" },
      measured: figure(load, "a cell: its value, error, winner and place in a sorted column", many),
    },
  ];
}

function found<T>(what: T | undefined, name: string): T {
  if (what === undefined) throw new Error(`There is no figure of ${name} in bench/results.`);
  return what;
}
