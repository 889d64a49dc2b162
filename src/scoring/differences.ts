import { type Contribution } from "./contributions";
import { type Standings } from "./standings";

/** A model under some conditions, or at some moment. */
export interface Side {
  readonly standings: Standings;
  readonly model: number;
}

/**
 * Why the value of `a` at a node is above that of `b` (§3): for each leaf of either tree that is SCORED on either side, its
 * contribution to `a` less its contribution to `b`. They sum to value(a) − value(b), a side that is not SCORED, or outside its
 * tree, counting 0. Largest in size first, equal ones in tree order; those that are the same on both sides come last, as 0. The two standings
 * have trees of the same nodes; their conditions can differ.
 */
export function differences(a: Side, b: Side, node: number): Contribution[] {
  const gains = new Map<number, number>();
  for (const { node: leaf, value } of a.standings.contributions(node, a.model)) gains.set(leaf, value);
  for (const { node: leaf, value } of b.standings.contributions(node, b.model)) gains.set(leaf, (gains.get(leaf) ?? 0) - value);
  return Array.from(gains, ([leaf, value]) => ({ node: leaf, value })).sort(
    (x, y) => Math.abs(y.value) - Math.abs(x.value) || x.node - y.node,
  );
}
