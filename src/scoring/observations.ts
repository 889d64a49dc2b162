import type { Wholes } from "./wholes";

/**
 * All observations of a domain as parallel arrays of one length, in any order. A number or an instant that is unknown is NaN.
 * No two that are not retracted agree in model, node, version, start and end.
 */
export interface Observations {
  readonly length: number;
  /** The slot of the model. */
  readonly model: Wholes;
  /** The node of the leaf. */
  readonly node: Wholes;
  /** The number of the leaf's version. */
  readonly version: Wholes;
  readonly raw: Float64Array;
  readonly ceiled: Float64Array;
  /** Standard error of the number, ≥ 0. */
  readonly error: Float64Array;
  /** 1 where it gave no number; then raw, ceiled and error are NaN. */
  readonly failed: Uint8Array;
  /** Milliseconds since 1970, UTC. */
  readonly startedAt: Float64Array;
  readonly endedAt: Float64Array;
  /** 1 where it was stated later that it does not count. */
  readonly retracted: Uint8Array;
}

/** Later observations beside earlier ones: what both have stands at the same index, what was added comes after that. */
export interface ObservationChange {
  readonly before: Observations;
  readonly after: Observations;
  /** Indices of those that both have and that say something else now. */
  readonly changed: readonly number[];
}
