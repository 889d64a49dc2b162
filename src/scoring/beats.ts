import { type Observations } from "./observations";

/** 2 if the observation has a number, 1 if it failed, 0 if neither. */
function standing(observations: Observations, index: number, isRaw: boolean): 0 | 1 | 2 {
  if (observations.failed[index]) return 1;
  return Number.isNaN((isRaw ? observations.raw : observations.ceiled)[index]) ? 0 : 2;
}

/** Above 0 if a is larger, below 0 if b is; NaN is unknown and smaller than any number. */
function compareKnown(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
  return Number.isNaN(b) ? 1 : a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Whether observation `a` counts rather than `b` (two indices; of one model, node and version, neither retracted), by §2: one
 * with a number before a failed one before one with neither; then the higher raw score, the later end, the later start.
 * `isRaw`: under a raw root, where the number is the raw score; elsewhere it is the ceiled one.
 */
export function beats(observations: Observations, a: number, b: number, isRaw: boolean): boolean {
  const { raw, endedAt, startedAt } = observations;
  const difference =
    standing(observations, a, isRaw) - standing(observations, b, isRaw) ||
    compareKnown(raw[a], raw[b]) ||
    compareKnown(endedAt[a], endedAt[b]) ||
    compareKnown(startedAt[a], startedAt[b]);
  return difference > 0;
}
