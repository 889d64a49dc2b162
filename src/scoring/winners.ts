import { invariant } from "../errors";
import { beats } from "./beats";
import { FAILED, NOT_RUN, SCORED, type Column } from "./column";
import { type Observations } from "./observations";
import { atOnce, OBSERVATIONS_A_STEP, type Steps } from "./steps";
import { type Tree } from "./tree";

/** One entry a node: null but for leaves that have a current version. */
export interface LeafColumns {
  readonly columns: readonly (Column | null)[];
  /** The index of the observation that counts, one a model; −1 where there is none. A winner can be failed, or have no number. */
  readonly winners: readonly (Int32Array | null)[];
}

/**
 * The value of every leaf for every model (§2), step by step, from the winners among the observations of the current versions that are not
 * retracted. The value is the raw score under a raw root, elsewhere the ceiled one held within [0, 1].
 * `currentVersion`: the number of each node's version, 0 for none. `until`: only what had ended by this instant (milliseconds);
 * an unknown end had ended by no instant. By default everything counts.
 */
export function* findLeafColumns(
  tree: Tree,
  observations: Observations,
  modelCount: number,
  currentVersion: Int32Array,
  until = Infinity,
): Steps<LeafColumns> {
  invariant(currentVersion.length === tree.size, "there is one current version a node");
  const winners: (Int32Array | null)[] = new Array(tree.size).fill(null);
  for (let node = 0; node < tree.size; node++) {
    if (!tree.isLeaf[node] || currentVersion[node] === 0) continue;
    winners[node] = new Int32Array(modelCount).fill(-1);
    yield;
  }
  const { length, model, node, version, endedAt, retracted } = observations;
  const enter = (from: number, to: number): void => {
    for (let index = from; index < to; index++) {
      const leaf = node[index];
      const best = winners[leaf];
      if (best === null || version[index] !== currentVersion[leaf] || retracted[index]) continue;
      if (until !== Infinity && !(endedAt[index] <= until)) continue;
      const rival = best[model[index]];
      if (rival < 0 || beats(observations, index, rival, tree.isRaw[leaf] === 1)) best[model[index]] = index;
    }
  };
  for (let from = 0; from < length; from += OBSERVATIONS_A_STEP) {
    enter(from, Math.min(length, from + OBSERVATIONS_A_STEP));
    yield;
  }
  const columns: (Column | null)[] = new Array(tree.size).fill(null);
  for (const [leaf, best] of winners.entries()) {
    if (best === null) continue;
    columns[leaf] = columnOf(observations, best, tree.isRaw[leaf] === 1);
    yield;
  }
  return { columns, winners };
}

/** The same at once. */
export const leafColumns = (...of: Parameters<typeof findLeafColumns>): LeafColumns => atOnce(findLeafColumns(...of));

function columnOf(observations: Observations, winners: Int32Array, isRaw: boolean): Column {
  const models: number[] = [];
  for (let model = 0; model < winners.length; model++) if (winners[model] >= 0) models.push(model);
  return columnWith(null, observations, winners, models, isRaw);
}

/**
 * The column of one leaf where `models` have new winners: `winners` holds the index of the observation that counts, one a model, −1
 * for none. The others' cells are those of `before`, which is left as it is; NOT_RUN if that is null.
 */
export function columnWith(
  before: Column | null,
  observations: Observations,
  winners: Int32Array,
  models: readonly number[],
  isRaw: boolean,
): Column {
  const numbers = isRaw ? observations.raw : observations.ceiled;
  const values = before?.values.slice() ?? new Float64Array(winners.length).fill(NaN);
  const states = before?.states.slice() ?? new Uint8Array(winners.length);
  const errors = before?.errors?.slice() ?? new Float64Array(winners.length).fill(NaN);
  for (const model of models) {
    const winner = winners[model];
    const number = winner < 0 ? NaN : numbers[winner];
    const state = winner >= 0 && observations.failed[winner] ? FAILED : Number.isNaN(number) ? NOT_RUN : SCORED;
    states[model] = state;
    values[model] = state !== SCORED ? NaN : isRaw ? number + 0 : Math.min(1, Math.max(0, number)); // + 0: −0 is 0
    errors[model] = state === SCORED ? observations.error[winner] : NaN;
  }
  return { values, states, errors: errors.some((error) => !Number.isNaN(error)) ? errors : null };
}
