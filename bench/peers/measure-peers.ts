import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { median } from "../measure";
import { post } from "../post";
import type { Pressed } from "../press";
import { anew, type Question } from "../questions";
import { besideChild, runChildOn } from "../run-child";
import type { Subject } from "../subject";
import { installPostGraphile } from "./install-postgraphile";
import { makeViews } from "./make-views";
import { peerQuestions } from "./peer-questions";
import { addedBetween, bind, checkBinding, clocksOf, memoryOf, postgresProcesses, processorOf } from "./processor";
import { checkSameAnswer } from "./same-answer";

/** All servers run on one core; PostgreSQL and the load on the other. */
const [SERVERS, LOAD] = [0, 1];

const CONNECTIONS = 10;
const ROUNDS = 5;
const SECONDS = 3;
const WARM_UP_SECONDS = 5;

/** The servers, by the names that tables have for them. */
export type Server =
  "scoretree" | "scoretree, kept" | "PostGraphile" | "Apollo, TypeORM, DataLoader" | "bare, JSON.stringify" | "bare, same bytes";

/** One load on one server. */
export interface PeerRound extends Pick<Pressed, "requestsPerSecond" | "p50" | "p99"> {
  /** Milliseconds on processors that a request took: of the server, and of PostgreSQL. */
  readonly processor: number;
  readonly postgres: number;
  /** Megabytes that the server held afterwards. */
  readonly memory: number;
}

/** How one server answered one question. */
export interface PeerFigure {
  readonly question: string;
  readonly server: Server;
  /** Of the answer's body. */
  readonly bytes: number;
  /** One a round, in the order measured. */
  readonly rounds: readonly PeerRound[];
}

/** A server that is up. */
interface Up {
  readonly url: string;
  readonly pid: number;
}

/** A server, and what it is asked. */
interface Contestant extends Up {
  readonly server: Server;
  readonly asks: Question;
}

/** The middle of a measure over the rounds. */
export const middle = ({ rounds }: PeerFigure, measure: keyof PeerRound): number => median(rounds.map((round) => round[measure]));

/**
 * The platform and others over the same data in the same PostgreSQL, asked the same questions. Throws if an answer differs from ours in a
 * value, rank, statistic or reference. Each round asks all of them in turn, so that what else the machine does falls on all.
 */
export async function measurePeers(subject: Subject): Promise<PeerFigure[]> {
  checkBinding();
  const { url, dataSource, columns } = subject;
  const { node, folder: installed } = await installPostGraphile();
  await makeViews(dataSource);
  const postgres = await postgresProcesses(dataSource);
  const folder = await mkdtemp(path.join(tmpdir(), "scoretree-bench-"));
  const starts = [
    { file: "serve-platform", args: [url] },
    { file: "peers/serve-postgraphile", args: [url, installed], node },
    { file: "peers/serve-apollo", args: [url] },
  ];
  bind(postgres(), LOAD);
  try {
    return await besideAll(starts, async ([ours, postGraphile, apollo]) => {
      const figures: PeerFigure[] = [];
      for (const [question, asked] of Object.entries(peerQuestions(columns))) {
        const bytes = await post(ours.url, asked.ours);
        const contestants: Contestant[] = [
          { ...ours, server: "scoretree", asks: anew(asked.ours) },
          { ...ours, server: "scoretree, kept", asks: asked.ours },
          { ...postGraphile, server: "PostGraphile", asks: asked.postGraphile },
          { ...apollo, server: "Apollo, TypeORM, DataLoader", asks: asked.ours },
        ];
        figures.push(...(await measureQuestion({ question, bytes, contestants, folder, postgres })));
      }
      return figures;
    });
  } finally {
    bind(postgres(), null);
    await dataSource.query("DROP SCHEMA peers CASCADE");
    await rm(folder, { recursive: true });
  }
}

/** Starts servers on their core, one after the other, and stops them after use. */
async function besideAll<R>(
  starts: readonly { readonly file: string; readonly args: readonly string[]; readonly node?: string }[],
  use: (up: readonly Up[]) => Promise<R>,
  up: readonly Up[] = [],
): Promise<R> {
  if (up.length === starts.length) return use(up);
  const { file, args, node } = starts[up.length];
  return besideChild(file, args, (url: string, pid) => besideAll(starts, use, [...up, { url, pid }]), { core: SERVERS, node });
}

interface QuestionAsked {
  readonly question: string;
  /** Our answer. */
  readonly bytes: Buffer;
  readonly contestants: readonly Contestant[];
  readonly folder: string;
  readonly postgres: () => readonly number[];
}

async function measureQuestion({ question, bytes, contestants, folder, postgres }: QuestionAsked): Promise<PeerFigure[]> {
  const answer = path.join(folder, "answer");
  await writeFile(answer, bytes);
  const asks = contestants[1].asks;
  const bare = ["serve-stringified", "serve-bytes"].map((file) => ({ file, args: [answer] }));
  return besideAll(bare, async ([stringified, same]) => {
    const all: Contestant[] = [
      ...contestants,
      { ...stringified, server: "bare, JSON.stringify", asks },
      { ...same, server: "bare, same bytes", asks },
    ];
    const asked = (place: number): string => path.join(folder, `question ${place}`);
    const sizes: number[] = [];
    for (const [place, { server, url, asks }] of all.entries()) {
      const other = await post(url, asks);
      checkSameAnswer(JSON.parse(bytes.toString()).data, JSON.parse(other.toString()).data, `${question}, ${server}: data`);
      sizes.push(other.length);
      await writeFile(asked(place), JSON.stringify(asks));
      await press(url, asked(place), WARM_UP_SECONDS);
    }
    const rounds: PeerRound[][] = all.map(() => []);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [place, { url, pid }] of all.entries()) {
        const [own, others] = [processorOf(pid), clocksOf(postgres())];
        const { requestsPerSecond, answers, p50, p99 } = await press(url, asked(place), SECONDS);
        rounds[place].push({
          ...{ requestsPerSecond, p50, p99 },
          processor: (processorOf(pid) - own) / answers,
          postgres: addedBetween(others, clocksOf(postgres())) / answers,
          memory: memoryOf(pid),
        });
        await sleep(100);
      }
    }
    return all.map(({ server }, place) => ({ question, server, bytes: sizes[place], rounds: rounds[place] }));
  });
}

async function press(url: string, file: string, seconds: number): Promise<Pressed> {
  const pressed = await runChildOn<Pressed>(LOAD, "press", url, file, String(CONNECTIONS), String(seconds));
  if (pressed.failures > 0) throw new Error(`${pressed.failures} requests to ${url} failed.`);
  return pressed;
}
