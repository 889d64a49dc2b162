import { correlate } from "../statistics/correlate";
import { sampleOf } from "../statistics/sample";
import { SCORED } from "./column";
import { rankKey } from "./rounding";
import { type Standings } from "./standings";

/** Two models over the leaves on which both are SCORED (§6). */
export interface ModelComparison {
  readonly sharedLeaves: number;
  readonly aWins: number;
  readonly bWins: number;
  readonly ties: number;
  /** Over the shared leaves; null under 3 of them, or where one model has the same value on all. */
  readonly pearson: number | null;
  readonly spearman: number | null;
}

/**
 * Compares models `a` and `b` over the leaves in the tree at or below `node`, by default the global root, on which both are SCORED
 * (§6). A leaf is won by the higher value after rounding to its `rankDecimals`, and tied where those are equal.
 */
export function compareModels(standings: Standings, a: number, b: number, node = standings.scope.tree.roots[0]): ModelComparison {
  const { scope, columns } = standings;
  const shared = scope.leaves(node).filter((leaf) => [a, b].every((model) => columns[leaf]!.states[model] === SCORED));
  const x = Float64Array.from(shared, (leaf) => columns[leaf]!.values[a]);
  const y = Float64Array.from(shared, (leaf) => columns[leaf]!.values[b]);
  const signs = shared.map((leaf, i) => {
    const decimals = scope.tree.rankDecimals[leaf];
    return Math.sign(rankKey(x[i], decimals) - rankKey(y[i], decimals));
  });
  const count = (wanted: number): number => signs.filter((sign) => sign === wanted).length;
  const [ofA, ofB] = [sampleOf(x), sampleOf(y)];
  return {
    ...{ sharedLeaves: shared.length, aWins: count(1), bWins: count(-1), ties: count(0) },
    ...{ pearson: correlate(ofA, ofB, "PEARSON").r, spearman: correlate(ofA, ofB, "SPEARMAN").r },
  };
}
