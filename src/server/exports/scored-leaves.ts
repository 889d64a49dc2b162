import { SCORED } from "../../scoring/column";
import type { Standings } from "../../scoring/standings";

/** How many of the counting leaves at or below a node each of some models is SCORED on (§3), leaf by leaf: one count a model, in their order. */
export function scoredLeaves({ scope, columns }: Standings, node: number, slots: readonly number[]): Int32Array {
  const counts = new Int32Array(slots.length);
  for (const leaf of scope.leaves(node)) {
    const { states } = columns[leaf]!;
    for (let at = 0; at < slots.length; at++) if (states[slots[at]] === SCORED) counts[at]++;
  }
  return counts;
}
