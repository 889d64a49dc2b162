import { invariant } from "../errors";
import { type Sample } from "./sample";

/** One side of the pairs, in runs: those of equal value, by ascending value. */
export interface Runs {
  readonly count: number;
  /** Per model of a pair, the number of the run that it is in. */
  readonly of: Int32Array;
  /** Where each run starts among the pairs in order of value; after the last run, the number of pairs. */
  readonly starts: Int32Array;
}

/** The models that two samples both know. What is known of one side only was left out without sorting anew. */
export interface Pairs {
  readonly count: number;
  readonly x: Runs;
  readonly y: Runs;
  /** The models by ascending x, equal ones by ascending y; and the other way round. */
  readonly byX: Int32Array;
  readonly byY: Int32Array;
}

/** Pairs up two samples of the same models in time linear in their number: neither's order is changed by what it leaves out. */
export function pairsOf(x: Sample, y: Sample): Pairs {
  invariant(x.values.length === y.values.length, "two samples are of the same models");
  const xOrder = keepKnown(x.order, y.isKnown);
  const yOrder = keepKnown(y.order, x.isKnown);
  const xRuns = runsOf(x.values, xOrder);
  const yRuns = runsOf(y.values, yOrder);
  return { count: xOrder.length, x: xRuns, y: yRuns, byX: spread(xRuns, yOrder), byY: spread(yRuns, xOrder) };
}

function keepKnown(order: Int32Array, isKnown: Uint8Array): Int32Array {
  const kept = new Int32Array(order.length);
  let count = 0;
  for (let i = 0; i < order.length; i++) if (isKnown[order[i]]) kept[count++] = order[i];
  return kept.subarray(0, count);
}

function runsOf(values: Float64Array, order: Int32Array): Runs {
  const of = new Int32Array(values.length);
  const starts = new Int32Array(order.length + 1);
  let count = 0;
  for (let place = 0; place < order.length; place++) {
    if (place === 0 || values[order[place]] !== values[order[place - 1]]) starts[count++] = place;
    of[order[place]] = count - 1;
  }
  starts[count] = order.length;
  return { count, of, starts };
}

/** The models run by run, and within a run in the order given. */
function spread({ of, starts }: Runs, order: Int32Array): Int32Array {
  const next = starts.slice();
  const result = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) result[next[of[order[i]]]++] = order[i];
  return result;
}
