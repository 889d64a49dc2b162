import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { tellPeers } from "../peers/tell-peers";
import { ROOT } from "../questions";
import { type BenchName, readResult, type Result } from "../results";
import { tellFigures } from "../tell-figures";
import { fillPage } from "./fill-page";
import { plotPeers } from "./plot-peers";
import { tellTargets } from "./tell-targets";

const PAGE = "docs/speed.md";
const PLOT = "docs/speed-of-peers.svg";

/** When, where and how busy: above each table. */
const circumstances = ({ at, machine, loadBefore }: Result): string =>
  `Of ${at.slice(0, 10)}, ${machine.cores} cores of ${machine.cpu}, Node ${machine.node.slice(1)}; load average before: ${loadBefore.toFixed(1)}.`;

/** The page and the plot as they are to be by what is kept in bench/results: text by path below the checkout. */
export async function makePage(): Promise<Record<string, string>> {
  const names: BenchName[] = ["load", "scoring", "answers", "peers", "http", "federation", "conditions", "freshness", "submitting"];
  const results = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readResult(name)]))) as Record<
    BenchName,
    Result
  >;
  const texts: Record<string, string> = { targets: tellTargets(results) };
  for (const name of names) {
    const { sizes, figures, peers } = results[name];
    texts[name] = `${circumstances(results[name])}\n\n${name === "peers" ? tellPeers(peers) : tellFigures(sizes, figures)}`;
  }
  const file = path.join(ROOT, PAGE);
  const page = fillPage(await readFile(file, "utf8"), texts);
  return {
    [PAGE]: await format(page, { ...(await resolveConfig(file)), parser: "markdown" }),
    [PLOT]: await plotPeers(results.peers.peers),
  };
}

/** Writes the page and the plot; tells their paths. */
export async function writePage(): Promise<string[]> {
  const made = Object.entries(await makePage());
  for (const [place, text] of made) await writeFile(path.join(ROOT, place), text);
  return made.map(([place]) => place);
}
