import type { Missing } from "../scoring/average";
import type { Standings } from "../scoring/standings";

/** The choices that a standings is computed under (§7), as a domain's board understands them: nodes and slots, no names. */
export interface Conditions {
  /** Equal for equal conditions on what is known: everything but `among`. Empty for none. */
  readonly valuesKey: string;
  /** Equal for equal `among`. Empty for none. */
  readonly amongKey: string;
  /** What had been measured by this instant counts, in milliseconds since 1970; null: everything. */
  readonly asOf: number | null;
  /** Whether a leaf counts, given the number of its version; null: every one. */
  readonly only: ((leaf: number, version: number) => boolean) | null;
  /** Per node, as `checkWeights` gives them; null: 1 each. */
  readonly weights: Float64Array | null;
  readonly missing: Missing;
  /** Which models are counted, given everybody's values under the other conditions; null: all of the population. */
  readonly among: ((values: Standings) => (slot: number) => boolean) | null;
}
