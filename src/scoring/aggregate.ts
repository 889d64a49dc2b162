import { average, type Missing } from "./average";
import { type Column } from "./column";
import { type Scope } from "./scope";
import { atOnce, type Steps } from "./steps";

/**
 * The columns of every node in the tree (§3), one entry a node, null outside it; a parent a step. Leaves' columns are shared, not copied.
 * The result is the same to the last bit in every process: sums run in tree order, in doubles.
 */
export function* aggregateInSteps(
  scope: Scope,
  leaves: readonly (Column | null)[],
  modelCount: number,
  missing: Missing = "ZERO",
): Steps<(Column | null)[]> {
  const { size, isLeaf } = scope.tree;
  const columns: (Column | null)[] = new Array(size).fill(null);
  for (let node = size - 1; node >= 0; node--) {
    if (!scope.inTree[node]) continue;
    columns[node] = isLeaf[node] ? leaves[node] : averageOf(scope, columns, node, modelCount, missing);
    if (!isLeaf[node]) yield;
  }
  return columns;
}

/** The same at once. */
export const aggregate = (...of: Parameters<typeof aggregateInSteps>): (Column | null)[] => atOnce(aggregateInSteps(...of));

/**
 * The column of one parent in the tree, from `columns` of its children. For a board that takes over another's columns and
 * renews those between a changed leaf and its root, lowest first.
 */
export function averageOf(
  scope: Scope,
  columns: readonly (Column | null)[],
  node: number,
  modelCount: number,
  missing: Missing = "ZERO",
): Column {
  const children = scope.children(node);
  return average(
    children.map((child) => columns[child]!),
    children.map((child) => scope.weights[child]),
    modelCount,
    missing,
  );
}
