import { type Observations } from "./observations";
import { type Tree } from "./tree";
import { type Versions } from "./versions";
import { leafColumns, type LeafColumns } from "./winners";

/** What counts at a time: all that standings are made of but for the conditions. Never changed once it is made. */
export interface Snapshot extends LeafColumns {
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  /** Per node, the number of the version that counts; 0 for none. */
  readonly currentVersion: Int32Array;
  /** 1 for each model that is counted unless `among` says otherwise (§7). */
  readonly population: Uint8Array;
}

/**
 * The versions that count as of `instant`, in milliseconds (§8): per node, the number of the highest registered version whose first
 * observation, by any public model and with any outcome, had ended by then; 0 for none. Retracted observations and unknown ends begin
 * no version. `isPublic`: 1 for each public model.
 */
export function versionsAsOf(
  tree: Tree,
  versions: Versions,
  observations: Observations,
  isPublic: Uint8Array,
  instant: number,
): Int32Array {
  const current = new Int32Array(tree.size);
  const begins = beginners(versions, observations, isPublic);
  const { length, node, version, endedAt } = observations;
  for (let index = 0; index < length; index++) {
    if (endedAt[index] <= instant && version[index] > current[node[index]] && begins(index)) current[node[index]] = version[index];
  }
  return current;
}

/** Says of an observation, by its index, whether it can begin a version: by a public model, of a registered version, not retracted. */
export function beginners(versions: Versions, observations: Observations, isPublic: Uint8Array): (index: number) => boolean {
  const registered = new Map<number, Set<number>>();
  for (let i = 0; i < versions.length; i++) {
    const numbers = registered.get(versions.node[i]);
    if (numbers) numbers.add(versions.number[i]);
    else registered.set(versions.node[i], new Set([versions.number[i]]));
  }
  const { model, node, version, retracted } = observations;
  return (index) => isPublic[model[index]] === 1 && retracted[index] === 0 && registered.get(node[index])?.has(version[index]) === true;
}

/**
 * The population as of `instant`, in milliseconds (§7): 1 for each public model with an observation, of any outcome, that had ended by
 * then. A retraction holds for every instant, so retracted observations bring nobody in; nor do unknown ends.
 */
export function populationAsOf(observations: Observations, isPublic: Uint8Array, instant: number): Uint8Array {
  const population = new Uint8Array(isPublic.length);
  const { length, model, endedAt, retracted } = observations;
  for (let index = 0; index < length; index++) {
    if (endedAt[index] <= instant && isPublic[model[index]] && !retracted[index]) population[model[index]] = 1;
  }
  return population;
}

/** All that counts as of `instant`, from scratch. For many instants `Timeline` does less. */
export function snapshotAsOf(tree: Tree, versions: Versions, observations: Observations, isPublic: Uint8Array, instant: number): Snapshot {
  const currentVersion = versionsAsOf(tree, versions, observations, isPublic, instant);
  const { columns, winners } = leafColumns(tree, observations, isPublic.length, currentVersion, instant);
  return { at: instant, currentVersion, population: populationAsOf(observations, isPublic, instant), columns, winners };
}
