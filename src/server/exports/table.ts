import type { Context } from "../../federation/context";
import type { Basis } from "../../subgraphs/scores/basis";
import type { Column } from "./column";
import type { Rows } from "./in-batches";

/** What a file is about. */
export interface Subject {
  readonly context: Context;
  readonly basis: Basis;
  /** The node of the benchmark that a leaderboard is of; −1 in a domain without benchmarks. */
  readonly node: number;
}

/** A file of rows. */
export interface Table {
  /** What a row is, and in which order they come. */
  readonly description: string;
  /** The columns that it has in every domain. */
  readonly columns: readonly Column[];
  /** Those that stand behind them, in the order in which rows have them. Default: none. */
  readonly furtherColumns?: (subject: Subject) => readonly Column[];
  readonly rows: (subject: Subject) => Rows;
}
