import type { ColumnsAnswer } from "./queries";

/** One benchmark's cells: entry i is of `models[i]`. */
export interface Column {
  /** Unrounded; null unless SCORED. */
  readonly values: readonly (number | null)[];
  readonly ranks: readonly (number | null)[];
  readonly states: readonly ("SCORED" | "FAILED" | "NOT_RUN")[];
}

/** What is known so far of the cells under one set of conditions. */
export interface Columns {
  readonly revision: string;
  /** Names, in the order of every column's entries. */
  readonly models: readonly string[];
  /** By identifier. */
  readonly cells: ReadonlyMap<string, Column>;
}

/** Adds the columns of an answer to those of earlier ones. Earlier ones of another revision go: they may have other models and ranks. */
export function addColumns(known: Columns | null, { revision, matrix }: ColumnsAnswer): Columns {
  const kept = known?.revision === revision ? known.cells : [];
  const added = matrix.benchmarks.map(({ identifier }, place): [string, Column] => [
    identifier,
    {
      values: matrix.values.map((row) => row[place]),
      ranks: matrix.ranks.map((row) => row[place]),
      states: matrix.states.map((row) => row[place]),
    },
  ]);
  return { revision, models: matrix.models.map(({ name }) => name), cells: new Map([...kept, ...added]) };
}
