import { averageOf } from "./aggregate";
import { type Missing } from "./average";
import { type Column } from "./column";
import { type Scope } from "./scope";

/** Columns as they were aggregated before, and what in. */
export interface Aggregated {
  readonly scope: Scope;
  readonly columns: readonly (Column | null)[];
}

/**
 * The columns of `node` and everything below it (§3), as `aggregate` gives them; null elsewhere. A parent whose scope and children's
 * columns are those of `before`, aggregated under the same `missing`, keeps its column.
 */
export function renew(
  scope: Scope,
  leaves: readonly (Column | null)[],
  node: number,
  modelCount: number,
  missing: Missing = "ZERO",
  before?: Aggregated,
): Aggregated {
  const { size, end, isLeaf } = scope.tree;
  const columns: (Column | null)[] = new Array(size).fill(null);
  const isSame = (child: number): boolean => columns[child] === before!.columns[child];
  for (let at = end[node] - 1; at >= node; at--) {
    if (!scope.inTree[at]) continue;
    if (isLeaf[at]) columns[at] = leaves[at];
    else if (before?.scope === scope && before.columns[at] && scope.children(at).every(isSame)) columns[at] = before.columns[at];
    else columns[at] = averageOf(scope, columns, at, modelCount, missing);
  }
  return { scope, columns };
}
