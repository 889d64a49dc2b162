import { averageOf } from "./aggregate";
import { type Column } from "./column";
import { type ObservationChange } from "./observations";
import { renewingWinners } from "./renew-winners";
import { Standings } from "./standings";
import { columnWith } from "./winners";

/** Later observations and models, of the same tree with the same versions. */
export interface StandingsChange {
  readonly observations: ObservationChange;
  /** Per node, the number of the version that counts; 0 for none. */
  readonly currentVersion: Int32Array;
  /** As `StandingsParts` has them; further models stand behind those that were there. */
  readonly population: Uint8Array;
  readonly names: readonly string[];
}

/**
 * Standings after a change: to the last bit what `leafColumns` and `aggregate` make of all observations (§2, §3), in steps. Only the columns
 * from a leaf with a new winner to its root are made anew; of every other one, what was made of it is shared, and the column itself unless there
 * are further models. `before`: under no conditions.
 */
export function* renewingStandings(
  before: Standings,
  { observations, currentVersion, population, names }: StandingsChange,
): Generator<void, Standings> {
  const { scope } = before;
  const { tree } = scope;
  const modelCount = names.length;
  const columns = before.columns.slice();
  const earlier = before.winners.slice();
  for (let node = 0; node < tree.size && modelCount > before.modelCount; node++) {
    const [column, best] = [columns[node], earlier[node]];
    columns[node] = column && widened(column, modelCount);
    earlier[node] = best && grown(best, modelCount, -1);
    yield;
  }
  const { winners, touched } = yield* renewingWinners(tree, currentVersion, earlier, observations);
  yield;
  const isStale = new Uint8Array(tree.size);
  for (const [leaf, models] of touched) {
    const column = columns[leaf];
    // A leaf outside the tree has winners, but no cells.
    if (!column) continue;
    columns[leaf] = columnWith(column, observations.after, winners[leaf]!, [...models], tree.isRaw[leaf] === 1);
    for (let node = leaf; node >= 0; node = tree.parent[node]) isStale[node] = 1;
    yield;
  }
  for (let node = tree.size - 1; node >= 0; node--) {
    if (!isStale[node] || tree.isLeaf[node]) continue;
    columns[node] = averageOf(scope, columns, node, modelCount);
    yield;
  }
  return new Standings({ scope, columns, winners, population, names }, { standings: before, isSame: (node) => !isStale[node] });
}

/** A column of more models, of which nothing is known. */
const widened = ({ values, states, errors }: Column, modelCount: number): Column => ({
  values: grown(values, modelCount, NaN),
  states: grown(states, modelCount, 0),
  errors: errors && grown(errors, modelCount, NaN),
});

function grown<T extends Float64Array | Int32Array | Uint8Array>(column: T, length: number, rest: number): T {
  const longer = new (column.constructor as new (length: number) => T)(length);
  longer.set(column);
  longer.fill(rest, column.length);
  return longer;
}
