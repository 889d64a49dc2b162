import { type ObservationChange, type Observations } from "./observations";

/** The registered versions of a domain's leaves, as parallel arrays, in any order. */
export interface Versions {
  readonly length: number;
  /** The leaf's node. */
  readonly node: Int32Array;
  /** 1 or more; a leaf has each number once. */
  readonly number: Int32Array;
}

/** When versions were current, in milliseconds since 1970, one entry a version; NaN where there is no such instant. */
export interface Validity {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/** The version that counts now: per node, the number of the highest registered one, observed or not; 0 for none (§8). */
export function currentVersions(nodeCount: number, versions: Versions): Int32Array {
  const current = new Int32Array(nodeCount);
  for (let i = 0; i < versions.length; i++) {
    const node = versions.node[i];
    current[node] = Math.max(current[node], versions.number[i]);
  }
  return current;
}

/**
 * When each version was current (§8): from the end of its first observation by a public model, retracted ones and unknown ends
 * aside, to the earliest such instant of a higher version. One that a higher version preceded, or met, was never current.
 * `isPublic`: 1 for each public model.
 */
export function validity(versions: Versions, observations: Observations, isPublic: Uint8Array): Validity {
  const place = new Map<number, Map<number, number>>();
  const byNode = new Map<number, number[]>();
  for (let i = 0; i < versions.length; i++) {
    const node = versions.node[i];
    if (!place.has(node)) place.set(node, new Map());
    place.get(node)!.set(versions.number[i], i);
    byNode.set(node, [...(byNode.get(node) ?? []), i]);
  }
  const from = new Float64Array(versions.length).fill(NaN);
  const { length, model, node, version, endedAt, retracted } = observations;
  for (let o = 0; o < length; o++) {
    const i = isPublic[model[o]] && !retracted[o] ? place.get(node[o])?.get(version[o]) : undefined;
    if (i !== undefined && !(endedAt[o] >= from[i]) && !Number.isNaN(endedAt[o])) from[i] = endedAt[o];
  }
  const to = new Float64Array(versions.length).fill(NaN);
  for (const ofNode of byNode.values()) {
    let next = NaN;
    for (const i of ofNode.sort((a, b) => versions.number[b] - versions.number[a])) {
      const first = from[i];
      to[i] = next;
      if (next <= first || Number.isNaN(first)) from[i] = to[i] = NaN;
      else next = first;
    }
  }
  return { from, to };
}

/**
 * Whether a change of observations certainly leaves `validity` as it is: nothing in it could begin a version, before or now, as early as it
 * began. `isPublic`: the same before and after.
 */
export function keepsValidity(
  versions: Versions,
  { from }: Validity,
  { before, after, changed }: ObservationChange,
  isPublic: Uint8Array,
): boolean {
  const isIdle = ({ model, node, version, endedAt, retracted }: Observations, index: number): boolean => {
    if (!isPublic[model[index]] || retracted[index] || Number.isNaN(endedAt[index])) return true;
    for (let i = 0; i < versions.length; i++) {
      if (versions.node[i] === node[index] && versions.number[i] === version[index]) return endedAt[index] > from[i];
    }
    return true;
  };
  for (const index of changed) if (!isIdle(before, index) || !isIdle(after, index)) return false;
  for (let index = before.length; index < after.length; index++) if (!isIdle(after, index)) return false;
  return true;
}
