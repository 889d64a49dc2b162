import { type Observations } from "./observations";
import { atOnce, OBSERVATIONS_A_STEP as STEP, type Steps } from "./steps";

/** Observations in the order of their ends. */
export interface OrderByEnd {
  /** Indices of observations; of equal ends, the lower index first. */
  readonly order: Int32Array;
  /** The end of each, in milliseconds. */
  readonly ends: Float64Array;
}

/**
 * Puts in order what is not retracted and has a known end, step by step. The ends are sorted as numbers, which is several times as fast
 * as sorting indices by a comparison, and each observation then finds its place among them.
 */
export function* orderingByEnd({ length, endedAt, retracted }: Observations): Steps<OrderByEnd> {
  const known = new Int32Array(length);
  let count = 0;
  for (let index = 0; index < length; index++) if (!retracted[index] && !Number.isNaN(endedAt[index])) known[count++] = index;
  yield;
  const ends = yield* sorting(endsOf(known.subarray(0, count), endedAt));
  const order = new Int32Array(count);
  const taken = new Int32Array(count);
  for (let place = 0; place < count; place++) {
    if (place % STEP === STEP - 1) yield;
    const index = known[place];
    const first = countUntil(ends, endedAt[index], false);
    order[first + taken[first]++] = index;
  }
  return { order, ends };
}

/** The same at once. */
export const orderByEnd = (observations: Observations): OrderByEnd => atOnce(orderingByEnd(observations));

/**
 * The order after a change: the earlier one, with `touched` put where they belong now, if anywhere. `touched`: indices of all
 * observations that were added or say something else than when the earlier order was made.
 */
export function renewOrder(
  { order, ends }: OrderByEnd,
  { endedAt, retracted }: Pick<Observations, "endedAt" | "retracted">,
  touched: readonly number[],
): OrderByEnd {
  const isTouched = new Set(touched);
  const known = Int32Array.from([...isTouched].filter((index) => !retracted[index] && !Number.isNaN(endedAt[index])));
  known.sort((a, b) => endedAt[a] - endedAt[b] || a - b);
  const renewed = new Int32Array(order.length + known.length);
  let [count, next] = [0, 0];
  for (let place = 0; place < order.length; place++) {
    const index = order[place];
    if (isTouched.has(index)) continue;
    for (; next < known.length && (endedAt[known[next]] - ends[place] || known[next] - index) < 0; next++) renewed[count++] = known[next];
    renewed[count++] = index;
  }
  while (next < known.length) renewed[count++] = known[next++];
  const all = renewed.slice(0, count);
  return { order: all, ends: endsOf(all, endedAt) };
}

/** The end of each. */
function endsOf(order: Int32Array, endedAt: Float64Array): Float64Array<ArrayBuffer> {
  const ends = new Float64Array(order.length);
  for (let place = 0; place < order.length; place++) ends[place] = endedAt[order[place]];
  return ends;
}

/** Sorts numbers, ascending, in steps: parts first, which are then merged two by two. */
function* sorting(numbers: Float64Array<ArrayBuffer>): Steps<Float64Array<ArrayBuffer>> {
  const { length } = numbers;
  for (let start = 0; start < length; start += STEP) {
    numbers.subarray(start, start + STEP).sort();
    yield;
  }
  let [from, to] = [numbers, new Float64Array(length)];
  for (let size = STEP; size < length; size *= 2) {
    for (let start = 0; start < length; start += 2 * size) {
      merge(from.subarray(start, start + size), from.subarray(start + size, start + 2 * size), to.subarray(start, start + 2 * size));
      yield;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Two ascending rows of numbers as one. */
function merge(a: Float64Array, b: Float64Array, into: Float64Array): void {
  let [i, j] = [0, 0];
  for (let at = 0; at < into.length; at++) into[at] = j >= b.length || (i < a.length && a[i] <= b[j]) ? a[i++] : b[j++];
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
