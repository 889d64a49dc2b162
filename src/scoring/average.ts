import { FAILED, NOT_RUN, SCORED, type Column } from "./column";

/** What a parent's sums leave out: nothing (ZERO), children that were not run, or those that failed as well (§3). */
export type Missing = "ZERO" | "SKIP_NOT_RUN" | "SKIP_ALL";

/** The lowest state that is in a parent's sums. */
export const LOWEST_SUMMED = { ZERO: NOT_RUN, SKIP_NOT_RUN: FAILED, SKIP_ALL: SCORED } as const;

/**
 * A parent's column from its children's, in tree order, and their weights, above 0 (§3): Σ weight · value / Σ weight over the
 * children in the sums, where FAILED and NOT_RUN count 0; its state is the highest of its children's. Its error is
 * √Σ (weight · error)² / Σ weight, where a child without an error counts as exact; none if no child has one.
 */
export function average(children: readonly Column[], weights: readonly number[], modelCount: number, missing: Missing): Column {
  const lowest = LOWEST_SUMMED[missing];
  const values = new Float64Array(modelCount);
  const states = new Uint8Array(modelCount);
  const totals = new Float64Array(modelCount);
  const errors = children.some((child) => child.errors) ? new Float64Array(modelCount).fill(NaN) : null;
  for (let c = 0; c < children.length; c++) {
    const child = children[c];
    const weight = weights[c];
    for (let model = 0; model < modelCount; model++) {
      const state = child.states[model];
      if (state >= lowest) totals[model] += weight;
      if (state > states[model]) states[model] = state;
      if (state === SCORED) values[model] += weight * child.values[model];
    }
    if (errors !== null && child.errors !== null) addSquares(errors, child.errors, weight);
  }
  for (let model = 0; model < modelCount; model++) {
    values[model] = states[model] === SCORED ? values[model] / totals[model] : NaN;
    if (errors !== null) errors[model] = Math.sqrt(errors[model]) / totals[model];
  }
  return { values, states, errors };
}

/** Adds (weight · error)² to each sum, NaN being a sum of nothing; a cell that is not SCORED has no error. */
function addSquares(sums: Float64Array, errors: Float64Array, weight: number): void {
  for (let model = 0; model < sums.length; model++) {
    const error = weight * errors[model];
    if (!Number.isNaN(error)) sums[model] = (Number.isNaN(sums[model]) ? 0 : sums[model]) + error * error;
  }
}
