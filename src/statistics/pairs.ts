import { invariant } from "../errors";
import { type Sample } from "./sample";

/** One side of the pairs, in runs: those of equal value, by ascending value. */
export interface Runs {
  /** Per model of a pair, the number of the run that it is in. */
  readonly of: Int32Array;
  /** Where each run starts among the pairs in order of value; one entry more than there are runs. */
  readonly starts: number[];
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
  const xOrder = x.order.filter((model) => y.isKnown[model]);
  const yOrder = y.order.filter((model) => x.isKnown[model]);
  const xRuns = runsOf(x.values, xOrder);
  const yRuns = runsOf(y.values, yOrder);
  return { count: xOrder.length, x: xRuns, y: yRuns, byX: spread(xRuns, yOrder), byY: spread(yRuns, xOrder) };
}

function runsOf(values: Float64Array, order: Int32Array): Runs {
  const of = new Int32Array(values.length);
  const starts: number[] = [];
  for (let place = 0; place < order.length; place++) {
    if (place === 0 || values[order[place]] !== values[order[place - 1]]) starts.push(place);
    of[order[place]] = starts.length - 1;
  }
  return { of, starts: [...starts, order.length] };
}

/** The models run by run, and within a run in the order given. */
function spread({ of, starts }: Runs, order: Int32Array): Int32Array {
  const next = Int32Array.from(starts);
  const result = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) result[next[of[order[i]]]++] = order[i];
  return result;
}
