/** It was never run, or nothing that counts came of it: shown as nothing (§1). */
export const NOT_RUN = 0;
/** It was run and gave no number: shown as `X` (§1). */
export const FAILED = 1;
/** It has a finite value (§1). */
export const SCORED = 2;

/** What is known of a cell. The numbers are in order of precedence: a parent has the highest state of its children (§3). */
export type State = typeof NOT_RUN | typeof FAILED | typeof SCORED;

/** The cells of one node, one slot a model. Never changed once it is made, so that boards can share it. */
export interface Column {
  /** One a model; NaN unless SCORED. */
  readonly values: Float64Array;
  /** One State a model. */
  readonly states: Uint8Array;
  /** Standard errors, one a model, NaN where there is none; null if no cell of the column has one. */
  readonly errors: Float64Array | null;
}
