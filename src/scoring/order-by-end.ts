import { type Observations } from "./observations";

/** Observations in the order of their ends. */
export interface OrderByEnd {
  /** Indices of observations; of equal ends, the lower index first. */
  readonly order: Int32Array;
  /** The end of each, in milliseconds. */
  readonly ends: Float64Array;
}

/**
 * Puts in order what is not retracted and has a known end. The ends are sorted as numbers, which is several times as fast as
 * sorting indices by a comparison, and each observation then finds its place among them.
 */
export function orderByEnd({ length, endedAt, retracted }: Observations): OrderByEnd {
  const known: number[] = [];
  for (let index = 0; index < length; index++) if (!retracted[index] && !Number.isNaN(endedAt[index])) known.push(index);
  const ends = Float64Array.from(known, (index) => endedAt[index]).sort();
  const order = new Int32Array(ends.length);
  const taken = new Int32Array(ends.length);
  for (const index of known) {
    const first = countUntil(ends, endedAt[index], false);
    order[first + taken[first]++] = index;
  }
  return { order, ends };
}

/** How many of the ascending ends are before the instant; `orAt`: at it or before. */
export function countUntil(ends: Float64Array, instant: number, orAt = true): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle] < instant || (orAt && ends[middle] === instant)) low = middle + 1;
    else high = middle;
  }
  return low;
}
