import { LOWEST_SUMMED, type Missing } from "./average";
import { SCORED, type Column } from "./column";
import { type Scope } from "./scope";

/** A leaf and what it adds to a node's value. */
export interface Contribution {
  readonly node: number;
  readonly value: number;
}

/**
 * What each SCORED leaf at or below `node` adds to the model's value there (§3): its value times the product, along the path, of
 * weight / sum of weights used for that model. They sum to the value. Largest in size first, equal ones in tree order; none unless
 * the cell is SCORED. `columns`: one a node, as aggregated under `missing`.
 */
export function contributions(
  scope: Scope,
  columns: readonly (Column | null)[],
  node: number,
  model: number,
  missing: Missing,
): Contribution[] {
  const lowest = LOWEST_SUMMED[missing];
  const result: Contribution[] = [];
  const descend = (at: number, share: number): void => {
    const { states, values } = columns[at]!;
    if (states[model] !== SCORED) return;
    if (scope.tree.isLeaf[at]) {
      result.push({ node: at, value: values[model] * share });
      return;
    }
    let total = 0;
    for (const child of scope.children(at)) if (columns[child]!.states[model] >= lowest) total += scope.weights[child];
    for (const child of scope.children(at)) descend(child, share * (scope.weights[child] / total));
  };
  if (scope.inTree[node]) descend(node, 1);
  return result.sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || a.node - b.node);
}
