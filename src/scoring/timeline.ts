import { invariant } from "../errors";
import { beginners, type Snapshot } from "./as-of";
import { beats } from "./beats";
import { type Column } from "./column";
import { type Observations } from "./observations";
import { countUntil, orderByEnd } from "./order-by-end";
import { type Tree } from "./tree";
import { type Versions } from "./versions";
import { columnWith } from "./winners";

/** Observations that are gone through in one stretch of the way to a far instant. */
const STRETCH = 30_000;

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
  /** Places in #order by node: those of node n stand at [#first[n], #first[n + 1]), ascending. */
  readonly #places: Int32Array;
  readonly #first: Int32Array;

  /** `isPublic`: 1 for each public model. `ordered`: the observations in order, where that was made before. */
  constructor(
    readonly tree: Tree,
    versions: Versions,
    readonly observations: Observations,
    readonly isPublic: Uint8Array,
    { order, ends } = orderByEnd(observations),
  ) {
    const { node, model } = observations;
    this.#order = order;
    this.#ends = ends;
    this.#begins = beginners(versions, observations, isPublic);
    this.#places = new Int32Array(order.length);
    this.#first = new Int32Array(tree.size + 1);
    for (let place = 0; place < order.length; place++) this.#first[node[order[place]] + 1]++;
    for (let n = 0; n < tree.size; n++) this.#first[n + 1] += this.#first[n];
    const next = this.#first.slice();
    for (let place = 0; place < order.length; place++) this.#places[next[node[order[place]]]++] = place;
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
  *snapshots(instants: Iterable<number>, from: Snapshot = this.start): Generator<Snapshot, void> {
    let snapshot = from;
    for (const instant of instants) yield (snapshot = this.advance(snapshot, instant));
  }

  /** What counts as of `instant`, from the start, a stretch at a time: it yields after each, so that others can have their turn. */
  *approach(instant: number, stretch = STRETCH): Generator<void, Snapshot> {
    let snapshot = this.start;
    const end = countUntil(this.#ends, instant);
    for (let place = stretch; place < end; place += stretch) {
      snapshot = this.advance(snapshot, this.#ends[place]);
      yield;
    }
    return this.advance(snapshot, instant);
  }

  /** What counts as of `instant`, from an earlier snapshot of this timeline, which is left as it is. */
  advance(from: Snapshot, instant: number): Snapshot {
    invariant(from.at <= instant, "a timeline goes forward");
    const { model, node, version } = this.observations;
    const end = countUntil(this.#ends, instant);
    const population = from.population.slice();
    const currentVersion = from.currentVersion.slice();
    const fresh = new Map<number, number[]>();
    let hasJoined = false;
    let hasBegun = false;
    for (let place = countUntil(this.#ends, from.at); place < end; place++) {
      const index = this.#order[place];
      const leaf = node[index];
      const ofLeaf = fresh.get(leaf);
      if (ofLeaf) ofLeaf.push(index);
      else fresh.set(leaf, [index]);
      if (this.isPublic[model[index]] && !population[model[index]]) {
        population[model[index]] = 1;
        hasJoined = true;
      }
      if (version[index] > currentVersion[leaf] && this.#begins(index)) {
        currentVersion[leaf] = version[index];
        hasBegun = true;
      }
    }
    const winners = from.winners.slice();
    const columns = from.columns.slice();
    for (const [leaf, indices] of fresh) {
      const isSame = currentVersion[leaf] === from.currentVersion[leaf];
      const before = isSame ? { winners: from.winners[leaf], column: from.columns[leaf] } : { winners: null, column: null };
      const after = this.#enter(before, isSame ? indices : this.#until(leaf, end), leaf, currentVersion[leaf]);
      winners[leaf] = after.winners;
      columns[leaf] = after.column;
    }
    return {
      ...{ at: instant, columns, winners },
      currentVersion: hasBegun ? currentVersion : from.currentVersion,
      population: hasJoined ? population : from.population,
    };
  }

  /** All observations of a leaf before a place in the order: a new version finds what models that are not public had measured. */
  #until(leaf: number, end: number): number[] {
    const indices: number[] = [];
    for (let i = this.#first[leaf]; i < this.#first[leaf + 1] && this.#places[i] < end; i++) indices.push(this.#order[this.#places[i]]);
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
