import { invariant } from "../errors";

/** Values of one thing for many models, put in order once for all the pairs that it is in. */
export interface Sample {
  /** One a model, finite where it is known. */
  readonly values: Float64Array;
  /** 1 where the value is known. */
  readonly isKnown: Uint8Array;
  /** The models whose value is known, by ascending value. */
  readonly order: Int32Array;
}

/** `isKnown`: 1 for each value that counts, which must be finite; by default all do. */
export function sampleOf(values: Float64Array, isKnown: Uint8Array = new Uint8Array(values.length).fill(1)): Sample {
  invariant(values.length === isKnown.length, "a sample says of each value whether it is known");
  const known = Array.from(values.keys()).filter((model) => isKnown[model]);
  return { values, isKnown, order: Int32Array.from(known).sort((a, b) => values[a] - values[b]) };
}
