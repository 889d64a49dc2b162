import { averageOf } from "./aggregate";
import { type Missing } from "./average";
import { type Column } from "./column";
import { type Scope } from "./scope";
import { type Steps } from "./steps";

/** Columns as they were aggregated before, and what in. */
export interface Aggregated {
  readonly scope: Scope;
  readonly columns: readonly (Column | null)[];
}

/**
 * The columns of `nodes` and everything below them (§3), as `aggregate` gives them, a parent a step; null elsewhere. A parent whose scope
 * and children's columns are those of `before`, aggregated under the same `missing`, keeps its column.
 */
export function* renewing(
  scope: Scope,
  leaves: readonly (Column | null)[],
  nodes: readonly number[],
  modelCount: number,
  { missing = "ZERO", before }: { missing?: Missing; before?: Aggregated } = {},
): Steps<Aggregated> {
  const { size, end, isLeaf } = scope.tree;
  const isWanted = new Uint8Array(size);
  for (const node of nodes) isWanted.fill(1, node, end[node]);
  const columns: (Column | null)[] = new Array(size).fill(null);
  const isSame = (child: number): boolean => columns[child] === before!.columns[child];
  for (let node = size - 1; node >= 0; node--) {
    if (!isWanted[node] || !scope.inTree[node]) continue;
    if (isLeaf[node]) columns[node] = leaves[node];
    else if (before?.scope === scope && before.columns[node] && scope.children(node).every(isSame)) columns[node] = before.columns[node];
    else {
      columns[node] = averageOf(scope, columns, node, modelCount, missing);
      yield;
    }
  }
  return { scope, columns };
}
