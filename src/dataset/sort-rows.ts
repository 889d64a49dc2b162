import { groupBy } from "../board/group-by";
import { compareCodePoints } from "../scoring/compare-code-points";
import { type Value } from "./cells";
import { type BenchmarkRow, type RootRow } from "./dataset";

type Row = Readonly<Record<string, Value | undefined>>;

const compareValues = (a: Value, b: Value): number =>
  typeof a === "number" && typeof b === "number" ? a - b : compareCodePoints(a === null ? "" : String(a), b === null ? "" : String(b));

/**
 * Orders rows by the given columns in turn: text by code point, numbers by size, empty fields first. The columns after the key part
 * rows of one key (retracted observations), so that the order never depends on how the rows came.
 */
export function sortRows<T extends object>(rows: readonly T[], columns: readonly string[]): T[] {
  return [...rows].sort((a, b) => {
    for (const column of columns) {
      const order = compareValues((a as Row)[column] ?? null, (b as Row)[column] ?? null);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** Benchmarks in tree order (§3): pre-order, roots as they are listed, siblings by order, then identifier. Strays come last. */
export function sortBenchmarks(benchmarks: readonly BenchmarkRow[], roots: readonly RootRow[]): BenchmarkRow[] {
  const byPlace = [...benchmarks].sort((a, b) => (a.order ?? 0) - (b.order ?? 0) || compareCodePoints(a.identifier, b.identifier));
  const children = groupBy(byPlace, ({ parent }) => parent ?? null);
  const known = new Map(byPlace.map((row) => [row.identifier, row]));
  const sorted = new Set<BenchmarkRow>();
  const pending = roots.flatMap(({ benchmark }) => known.get(benchmark) ?? []).reverse();
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (sorted.has(next)) continue;
    sorted.add(next);
    pending.push(...(children.get(next.identifier) ?? []).toReversed());
  }
  for (const stray of byPlace) sorted.add(stray);
  return [...sorted];
}
