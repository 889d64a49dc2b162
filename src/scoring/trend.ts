import { type Snapshot } from "./as-of";
import { type Missing } from "./average";
import { NOT_RUN, SCORED, type State } from "./column";
import { Ranking } from "./ranking";
import { renewing, type Aggregated } from "./renew";
import { Scope } from "./scope";
import { type Tree } from "./tree";

/** One model at one node at a time (§8). */
export interface TrendPoint {
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  readonly state: State;
  /** Null unless SCORED, as is the rank. */
  readonly value: number | null;
  readonly rank: number | null;
  /** The number of population models SCORED there: those that the rank is counted among. */
  readonly of: number;
  readonly coverage: { readonly scored: number; readonly leaves: number };
  /** The leaves at or below the node that count and did not at the point before, in tree order. None at the first point. */
  readonly newLeaves: readonly number[];
  /** The leaves that counted at the point before with another version, and the one that counts now. None at the first point. */
  readonly newVersions: readonly { readonly node: number; readonly number: number }[];
}

/** What a trend is under (§7); all that is left out is as it is without conditions. */
export interface TrendConditions {
  /** Per node, as `checkWeights` gives them. */
  readonly weights?: Float64Array;
  readonly missing?: Missing;
  /** Whether a leaf counts with that version as its current one. */
  readonly matches?: (node: number, version: number) => boolean;
  /** The population at that time: 1 for each model counted. `aggregated`: columns of the node and of `lookedAt`, and everything below. */
  readonly among?: (snapshot: Snapshot, aggregated: Aggregated) => Uint8Array;
  /** Further nodes whose cells `among` looks at. */
  readonly lookedAt?: readonly number[];
}

/**
 * One model's way at one node, a point for each snapshot, made one by one as they are asked for. Each says what standings made from
 * scratch of that snapshot say, to the last bit; only what changed at or below the node is computed anew. It goes in steps, as `snapshots`
 * may do: where it yields nothing, others can have their turn.
 */
export function* trend(
  tree: Tree,
  snapshots: Iterable<Snapshot | void>,
  node: number,
  model: number,
  { weights, missing = "ZERO", matches = () => true, among = ({ population }) => population, lookedAt = [] }: TrendConditions = {},
): Generator<TrendPoint | void, void> {
  let before: { snapshot: Snapshot; aggregated: Aggregated } | null = null;
  for (const snapshot of snapshots) {
    yield;
    if (!snapshot) continue;
    const { currentVersion } = snapshot;
    const counts = (version: number, leaf: number): number => Number(version > 0 && matches(leaf, version));
    const scope: Scope =
      before?.snapshot.currentVersion === currentVersion
        ? before.aggregated.scope
        : new Scope(tree, Uint8Array.from(currentVersion, counts), weights);
    const aggregated: Aggregated = yield* renewing(scope, snapshot.columns, [node, ...lookedAt], snapshot.population.length, {
      missing,
      before: before?.aggregated,
    });
    const leaves = scope.leaves(node);
    const column = aggregated.columns[node];
    const ranking = column && new Ranking(column, among(snapshot, aggregated), tree.rankDecimals[node]);
    const state = (column?.states[model] ?? NOT_RUN) as State;
    const wasCounted = (leaf: number): boolean => before === null || before.aggregated.scope.inTree[leaf] === 1;
    const isRenewed = (leaf: number): boolean => before !== null && before.snapshot.currentVersion[leaf] !== currentVersion[leaf];
    yield {
      ...{ at: snapshot.at, state, value: state === SCORED ? column!.values[model] : null },
      ...{ rank: ranking?.rank(model) ?? null, of: ranking?.count ?? 0 },
      coverage: { scored: leaves.filter((leaf) => aggregated.columns[leaf]!.states[model] === SCORED).length, leaves: leaves.length },
      newLeaves: leaves.filter((leaf) => !wasCounted(leaf)),
      newVersions: leaves
        .filter((leaf) => wasCounted(leaf) && isRenewed(leaf))
        .map((leaf) => ({ node: leaf, number: currentVersion[leaf] })),
    };
    before = { snapshot, aggregated };
  }
}
