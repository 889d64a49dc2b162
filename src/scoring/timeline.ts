import { invariant } from "../errors";
import { beginners, type Snapshot } from "./as-of";
import { beats } from "./beats";
import { type Column } from "./column";
import { type Observations } from "./observations";
import { type Tree } from "./tree";
import { type Versions } from "./versions";
import { columnOf } from "./winners";

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
  readonly #begins: Uint8Array;
  /** Places in #order by node: those of node n stand at [#first[n], #first[n + 1]), ascending. */
  readonly #places: Int32Array;
  readonly #first: Int32Array;

  /** `isPublic`: 1 for each public model. */
  constructor(
    readonly tree: Tree,
    versions: Versions,
    readonly observations: Observations,
    readonly isPublic: Uint8Array,
  ) {
    const { endedAt, retracted, node, model } = observations;
    const known = Array.from({ length: observations.length }, (_, index) => index);
    this.#order = Int32Array.from(known.filter((index) => !retracted[index] && !Number.isNaN(endedAt[index])));
    this.#order.sort((a, b) => endedAt[a] - endedAt[b] || a - b);
    this.#ends = Float64Array.from(this.#order, (index) => endedAt[index]);
    const begins = beginners(versions, observations, isPublic);
    this.#begins = Uint8Array.from(this.#order, (index) => Number(begins(index)));
    this.#first = new Int32Array(tree.size + 1);
    for (const index of this.#order) this.#first[node[index] + 1]++;
    for (let n = 0; n < tree.size; n++) this.#first[n + 1] += this.#first[n];
    const next = this.#first.slice();
    this.#places = new Int32Array(this.#order.length);
    this.#order.forEach((index, place) => (this.#places[next[node[index]]++] = place));
    const newest = this.#order.findLastIndex((index) => isPublic[model[index]] === 1);
    this.newestEnd = newest < 0 ? null : this.#ends[newest];
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

  /** What counts as of `instant`, from an earlier snapshot of this timeline, which is left as it is. */
  advance(from: Snapshot, instant: number): Snapshot {
    invariant(from.at <= instant, "a timeline goes forward");
    const { model, node, version } = this.observations;
    const begin = this.#placeAfter(from.at);
    const end = this.#placeAfter(instant);
    const population = from.population.slice();
    const currentVersion = from.currentVersion.slice();
    let joined = 0;
    let renewed = 0;
    for (let place = begin; place < end; place++) {
      const index = this.#order[place];
      if (this.isPublic[model[index]] && !population[model[index]]) joined = population[model[index]] = 1;
      if (!this.#begins[place] || version[index] <= currentVersion[node[index]]) continue;
      currentVersion[node[index]] = version[index];
      renewed = 1;
    }
    const winners = from.winners.slice();
    for (let place = begin; place < end; place++) {
      const index = this.#order[place];
      const leaf = node[index];
      const isSame = currentVersion[leaf] === from.currentVersion[leaf];
      if (winners[leaf] === from.winners[leaf] && !isSame) winners[leaf] = this.#winnersOf(leaf, currentVersion[leaf], end);
      if (!isSame || version[index] !== currentVersion[leaf]) continue;
      if (winners[leaf] === from.winners[leaf]) winners[leaf] = winners[leaf]!.slice();
      this.#enter(winners[leaf]!, index);
    }
    const columns = from.columns.map((column, leaf): Column | null =>
      winners[leaf] === from.winners[leaf] ? column : columnOf(this.observations, winners[leaf]!, this.tree.isRaw[leaf] === 1),
    );
    return {
      ...{ at: instant, columns, winners },
      currentVersion: renewed ? currentVersion : from.currentVersion,
      population: joined ? population : from.population,
    };
  }

  /** The winners of one version of a leaf among what stands before `end`, a model's that is not public included. */
  #winnersOf(leaf: number, version: number, end: number): Int32Array {
    const winners = new Int32Array(this.isPublic.length).fill(-1);
    for (let i = this.#first[leaf]; i < this.#first[leaf + 1] && this.#places[i] < end; i++) {
      const index = this.#order[this.#places[i]];
      if (this.observations.version[index] === version) this.#enter(winners, index);
    }
    return winners;
  }

  #enter(winners: Int32Array, index: number): void {
    const { model, node } = this.observations;
    const rival = winners[model[index]];
    if (rival < 0 || beats(this.observations, index, rival, this.tree.isRaw[node[index]] === 1)) winners[model[index]] = index;
  }

  /** How many observations had ended by the instant. */
  #placeAfter(instant: number): number {
    let low = 0;
    let high = this.#ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ends[middle] <= instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
