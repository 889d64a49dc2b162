import { invariant } from "../errors";
import { beginners, type Snapshot } from "./as-of";
import { beats } from "./beats";
import { type Column } from "./column";
import { type Observations } from "./observations";
import { countUntil, orderByEnd } from "./order-by-end";
import { atOnce, OBSERVATIONS_A_STEP, type Steps } from "./steps";
import { type Tree } from "./tree";
import { type Versions } from "./versions";
import { columnWith } from "./winners";

/** Places in the order, by node: those of node n are `places` from `first[n]` up to `first[n + 1]`, ascending. */
interface PlacesByNode {
  readonly places: Int32Array;
  readonly first: Int32Array;
}

/**
 * A domain's observations in the order of their ends, for going forward in time. What it says of an instant is, to the last bit,
 * what `snapshotAsOf` says; but it only looks at what ended since the snapshot that it goes on from, and shares every column that this
 * left as it was. Retracted observations and unknown ends are in it at no time (§2.1, §8).
 */
export class Timeline {
  /** Before everything. */
  readonly start: Snapshot;
  /** The end of the newest observation by a public model, in milliseconds: where a trend ends by default (§8). Null if there is none. */
  readonly newestEnd: number | null;
  readonly #order: Int32Array;
  readonly #ends: Float64Array;
  /** Whether an observation can begin a version. */
  readonly #begins: (index: number) => boolean;
  /** Made when they are first needed. */
  #places: PlacesByNode | null = null;

  /** `isPublic`: 1 for each public model. `ordered`: the observations in order, where that was made before. */
  constructor(
    readonly tree: Tree,
    versions: Versions,
    readonly observations: Observations,
    readonly isPublic: Uint8Array,
    { order, ends } = orderByEnd(observations),
  ) {
    const { model } = observations;
    this.#order = order;
    this.#ends = ends;
    this.#begins = beginners(versions, observations, isPublic);
    const newest = order.findLastIndex((index) => isPublic[model[index]] === 1);
    this.newestEnd = newest < 0 ? null : ends[newest];
    const nothing = Array.from({ length: tree.size }, () => null);
    this.start = {
      ...{ at: -Infinity, columns: nothing, winners: nothing },
      ...{ currentVersion: new Int32Array(tree.size), population: new Uint8Array(isPublic.length) },
    };
  }

  /** The end of the model's first observation, in milliseconds: where its trend begins by default (§8). Null if there is none. */
  firstEnd(model: number): number | null {
    const place = this.#order.findIndex((index) => this.observations.model[index] === model);
    return place < 0 ? null : this.#ends[place];
  }

  /** What counts as of each of the instants, in milliseconds, which must not fall; made one by one, as they are asked for. */
  *snapshots(instants: Iterable<number>): Generator<Snapshot, void> {
    for (const snapshot of this.passing(instants)) if (snapshot) yield snapshot;
  }

  /** The same in steps: where it yields nothing, others can have their turn. */
  *passing(instants: Iterable<number>): Generator<Snapshot | void, void> {
    let snapshot = this.start;
    for (const instant of instants) yield (snapshot = yield* this.advancing(snapshot, instant));
  }

  /** What counts as of `instant`, from an earlier snapshot of this timeline, which is left as it is. */
  advance(from: Snapshot, instant: number): Snapshot {
    return atOnce(this.advancing(from, instant));
  }

  /** The same in steps. */
  *advancing(from: Snapshot, instant: number): Steps<Snapshot> {
    invariant(from.at <= instant, "a timeline goes forward");
    const end = countUntil(this.#ends, instant);
    const population = from.population.slice();
    const currentVersion = from.currentVersion.slice();
    const fresh = new Map<number, number[]>();
    const begin = countUntil(this.#ends, from.at);
    for (let place = begin; place < end; place += OBSERVATIONS_A_STEP) {
      this.#pass(place, Math.min(end, place + OBSERVATIONS_A_STEP), { population, currentVersion, fresh });
      yield;
    }
    const winners = from.winners.slice();
    const columns = from.columns.slice();
    for (const [leaf, indices] of fresh) {
      const isSame = currentVersion[leaf] === from.currentVersion[leaf];
      const before = isSame ? { winners: from.winners[leaf], column: from.columns[leaf] } : { winners: null, column: null };
      const entering = isSame || begin === 0 ? indices : this.#until(yield* this.#placing(), leaf, end);
      const after = this.#enter(before, entering, leaf, currentVersion[leaf]);
      winners[leaf] = after.winners;
      columns[leaf] = after.column;
      yield;
    }
    return {
      ...{ at: instant, columns, winners },
      currentVersion: isEqual(currentVersion, from.currentVersion) ? from.currentVersion : currentVersion,
      population: isEqual(population, from.population) ? from.population : population,
    };
  }

  /** Goes through the order from a place up to another: who joins, which versions begin, and the observations of each leaf. */
  #pass(from: number, to: number, { population, currentVersion, fresh }: Passed): void {
    const { model, node, version } = this.observations;
    for (let place = from; place < to; place++) {
      const index = this.#order[place];
      const leaf = node[index];
      const ofLeaf = fresh.get(leaf);
      if (ofLeaf) ofLeaf.push(index);
      else fresh.set(leaf, [index]);
      if (this.isPublic[model[index]]) population[model[index]] = 1;
      if (version[index] > currentVersion[leaf] && this.#begins(index)) currentVersion[leaf] = version[index];
    }
  }

  *#placing(): Steps<PlacesByNode> {
    if (this.#places) return this.#places;
    const { node } = this.observations;
    const order = this.#order;
    const places = new Int32Array(order.length);
    const first = new Int32Array(this.tree.size + 1);
    for (let place = 0; place < order.length; place++) first[node[order[place]] + 1]++;
    yield;
    for (let n = 0; n < this.tree.size; n++) first[n + 1] += first[n];
    const next = first.slice();
    for (let place = 0; place < order.length; place++) places[next[node[order[place]]]++] = place;
    yield;
    return (this.#places ??= { places, first });
  }

  /** All observations of a leaf before a place in the order: a new version finds what models that are not public had measured. */
  #until({ places, first }: PlacesByNode, leaf: number, end: number): number[] {
    const indices: number[] = [];
    for (let i = first[leaf]; i < first[leaf + 1] && places[i] < end; i++) indices.push(this.#order[places[i]]);
    return indices;
  }

  /** A leaf's winners and column after more observations; the same ones if none of them counts. */
  #enter(before: LeafCells, indices: readonly number[], leaf: number, version: number): LeafCells {
    const { observations } = this;
    const isRaw = this.tree.isRaw[leaf] === 1;
    const winners = before.winners?.slice() ?? new Int32Array(this.isPublic.length).fill(-1);
    const changed: number[] = [];
    for (const index of indices) {
      if (observations.version[index] !== version) continue;
      const model = observations.model[index];
      if (winners[model] >= 0 && !beats(observations, index, winners[model], isRaw)) continue;
      winners[model] = index;
      changed.push(model);
    }
    if (changed.length === 0) return before;
    return { winners, column: columnWith(before.column, observations, winners, changed, isRaw) };
  }
}

/** Of one leaf; null while it has no version. */
interface LeafCells {
  readonly winners: Int32Array | null;
  readonly column: Column | null;
}

/** What going through the order fills. */
interface Passed {
  readonly population: Uint8Array;
  readonly currentVersion: Int32Array;
  /** Indices of observations, by leaf. */
  readonly fresh: Map<number, number[]>;
}

const isEqual = (a: Int32Array | Uint8Array, b: Int32Array | Uint8Array): boolean => a.every((each, index) => each === b[index]);
