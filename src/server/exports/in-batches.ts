import { setImmediate as breathe } from "node:timers/promises";
import { Unwanted } from "../../board/in-slices";
import type { Batch, Value } from "./column";

/** A row: one value a column. */
export type Row = readonly Value[];

/** Rows as they are made, some at a time. None at all only lets others have their turn. */
export type Rows = Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>;

/** Values and rows that a batch holds at most: what is made and written in one turn of the event loop. */
const MOST_VALUES = 48 * 1024;
const MOST_ROWS = 8 * 1024;

/** How many rows of so many columns are made and written in one turn of the event loop. */
export const rowsAtOnce = (columns: number): number => Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_VALUES / columns)));

/** When those who asked before have had their turn: exports share the event loop, one turn each. */
let lastTurn: Promise<unknown> = Promise.resolve();

/** Lets all others have their turn. */
export const nextTurn = (): Promise<unknown> => (lastTurn = lastTurn.then(() => breathe()));

/**
 * Gathers rows into batches of equal size but for the last one, and gives way to other requests after each part of them. Rows are made
 * only as fast as batches are taken. Throws `Unwanted` once the asker has gone, which `signal` tells.
 */
export async function* inBatches(rows: Rows, columns: number, signal?: AbortSignal): AsyncGenerator<Batch> {
  const most = rowsAtOnce(columns);
  const empty = (): Value[][] => Array.from({ length: columns }, () => []);
  let batch = empty();
  let count = 0;
  for await (const some of rows) {
    for (const row of some) {
      for (let at = 0; at < columns; at++) batch[at].push(row[at]);
      if (++count < most) continue;
      yield batch;
      [batch, count] = [empty(), 0];
    }
    await nextTurn();
    if (signal?.aborted) throw new Unwanted();
  }
  if (count > 0) yield batch;
}
