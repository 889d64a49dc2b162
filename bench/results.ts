import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Figure } from "./measure";
import type { PeerFigure } from "./peers/measure-peers";
import { ROOT } from "./questions";
import type { Size } from "./subject";

/** The benches of which figures are kept. */
export type BenchName =
  "load" | "scoring" | "answers" | "peers" | "http" | "overload" | "federation" | "conditions" | "freshness" | "submitting";

/** Where and when something was measured. */
export interface Circumstances {
  readonly at: string;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly gigabytes: number; readonly node: string };
  /** Programs that wanted a processor before the bench began, mean over a minute. */
  readonly loadBefore: number;
}

/** What one bench came to, every round of it. */
export interface Result extends Circumstances {
  readonly sizes: readonly Size[];
  /** Of `peers`: none. */
  readonly figures: readonly Figure[];
  /** Of all others: none. */
  readonly peers: readonly PeerFigure[];
}

const fileOf = (bench: BenchName): string => path.join(ROOT, "bench/results", `${bench}.json`);

/** Keeps what a bench came to, instead of what it came to before. */
export async function writeResult(bench: BenchName, result: Result): Promise<void> {
  await mkdir(path.dirname(fileOf(bench)), { recursive: true });
  await writeFile(fileOf(bench), `${JSON.stringify(result, null, 2)}\n`);
}

/** What a bench came to last. Throws if it is not kept. */
export async function readResult(bench: BenchName): Promise<Result> {
  try {
    return JSON.parse(await readFile(fileOf(bench), "utf8"));
  } catch (error) {
    throw new Error(`What the bench ${bench} came to is not in bench/results: npm run bench -- ${bench}`, { cause: error });
  }
}
