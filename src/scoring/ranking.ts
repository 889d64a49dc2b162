import { badInput, invariant } from "../errors";
import { normalQuantile } from "../statistics/normal-quantile";
import { FAILED, SCORED, type Column } from "./column";
import { EXACT, rankKey } from "./rounding";

/** The ends of the population's intervals at one confidence, each ascending: value ± z · error, rounded. */
interface Ends {
  readonly confidence: number;
  readonly z: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * How many of the ascending numbers have a key that is below `key`; `orEqual`: below it or equal to it. Keys of ascending numbers ascend, as
 * rounding keeps the order: they are computed where they are looked at, as a column of them would take as much room as the numbers.
 */
function countBelow(ascending: Float64Array, key: number, rankDecimals: number, orEqual = false): number {
  if (rankDecimals === EXACT) return search(ascending, key, orEqual);
  // Keys change half a unit away from them, or a little off: up to there numbers are compared, and only those in between are rounded.
  const edge = key + (orEqual ? 0.5 : -0.5) / 10 ** rankDecimals;
  let place = search(ascending, edge - 1e-11 - Math.abs(edge) * 1e-14, false);
  for (; place < ascending.length; place++) {
    const other = rankKey(ascending[place], rankDecimals);
    if (!(other < key || (orEqual && other === key))) break;
  }
  return place;
}

/** How many of the ascending numbers are below `x`; `orEqual`: below it or equal to it. */
function search(ascending: Float64Array, x: number, orEqual: boolean): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] < x || (orEqual && ascending[middle] === x)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of them have a key that is above `key`. */
const countAbove = (ascending: Float64Array, key: number, rankDecimals: number): number =>
  ascending.length - countBelow(ascending, key, rankDecimals, true);

/**
 * The ranks of one node (§5): the population's values, sorted, and binary searches in them. A model outside the population is
 * answered as if it joined, and changes nobody else's answer. A cell that is not SCORED has no rank: null.
 */
export class Ranking {
  /** SCORED, FAILED and NOT_RUN models of the population. */
  readonly count: number;
  readonly failed: number;
  readonly notRun: number;
  /** The population's exact values, ascending. */
  readonly sorted: Float64Array;
  #ends: Ends | null = null;

  /**
   * `population`: 1 for each model that is counted. `rankDecimals`: 0 to 9, or EXACT. `narrower`: the ranking of the same column before
   * models were added that are NOT_RUN, of which what was sorted is taken over.
   */
  constructor(
    readonly column: Column,
    readonly population: Uint8Array,
    readonly rankDecimals: number,
    narrower?: Ranking,
  ) {
    const { values, states } = column;
    invariant(population.length === states.length, "a population has one entry a model");
    if (narrower) {
      ({ count: this.count, failed: this.failed, sorted: this.sorted } = narrower);
      this.notRun = population.subarray(narrower.population.length).reduce((sum, counted) => sum + counted, narrower.notRun);
      return;
    }
    const sorted = new Float64Array(states.length);
    let count = 0;
    let failed = 0;
    let size = 0;
    for (let model = 0; model < states.length; model++) {
      if (!population[model]) continue;
      size++;
      if (states[model] === SCORED) sorted[count++] = values[model];
      else if (states[model] === FAILED) failed++;
    }
    this.count = count;
    this.failed = failed;
    this.notRun = size - count - failed;
    this.sorted = sorted.slice(0, count).sort();
  }

  /** 1 + the number of population models whose value, rounded, is strictly greater. */
  rank(model: number): number | null {
    return this.#isScored(model) ? 1 + this.#above(model) : null;
  }

  /** The number of other population models with an equal key. */
  tiedWith(model: number): number | null {
    if (!this.#isScored(model)) return null;
    return this.count - this.#below(model) - this.#above(model) - this.population[model];
  }

  /** The share, 0 to 1, of the other population models SCORED here that rank strictly worse; null if there is none. */
  percentile(model: number): number | null {
    if (!this.#isScored(model)) return null;
    const others = this.count - this.population[model];
    return others === 0 ? null : this.#below(model) / others;
  }

  /**
   * The ranks that the model could have, from everybody's marginal intervals value ± z · error, ends rounded as values are; no
   * error counts as 0. `confidence` is that of each interval, not the coverage of the rank; it throws unless it is above 0 and below 1.
   */
  interval(model: number, confidence = 0.95): { best: number; worst: number } | null {
    if (!(confidence > 0 && confidence < 1)) throw badInput(`A confidence is above 0 and below 1, not ${confidence}.`);
    if (!this.#isScored(model)) return null;
    const { z, lower, upper } = this.#endsAt(confidence);
    // With an error its own upper end is above its own lower end, but it is none of the others.
    const itself = this.population[model] && this.#end(model, z) > this.#end(model, -z) ? 1 : 0;
    return { best: 1 + countAbove(lower, this.#end(model, z), EXACT), worst: 1 + countAbove(upper, this.#end(model, -z), EXACT) - itself };
  }

  /** The population models of rank 1, by slot. */
  holders(): number[] {
    const models: number[] = [];
    if (this.count === 0) return models;
    const top = rankKey(this.sorted[this.count - 1], this.rankDecimals);
    for (let model = 0; model < this.population.length; model++) {
      if (this.population[model] && this.#isScored(model) && this.#key(model) === top) models.push(model);
    }
    return models;
  }

  #isScored(model: number): boolean {
    return this.column.states[model] === SCORED;
  }

  #key(model: number): number {
    return rankKey(this.column.values[model], this.rankDecimals);
  }

  /** How many of the population are strictly worse, and strictly better. */
  #below(model: number): number {
    return countBelow(this.sorted, this.#key(model), this.rankDecimals);
  }

  #above(model: number): number {
    return countAbove(this.sorted, this.#key(model), this.rankDecimals);
  }

  #end(model: number, z: number): number {
    const { values, errors } = this.column;
    const error = errors === null || Number.isNaN(errors[model]) ? 0 : errors[model];
    return rankKey(values[model] + z * error, this.rankDecimals);
  }

  /** Kept for the last confidence asked about. */
  #endsAt(confidence: number): Ends {
    if (this.#ends?.confidence === confidence) return this.#ends;
    // (1 − c)/2 is exact where (1 + c)/2 would round to 1.
    const z = Math.abs(normalQuantile((1 - confidence) / 2));
    const lower = new Float64Array(this.count);
    const upper = new Float64Array(this.count);
    let place = 0;
    for (let model = 0; model < this.population.length; model++) {
      if (!this.population[model] || !this.#isScored(model)) continue;
      lower[place] = this.#end(model, -z);
      upper[place++] = this.#end(model, z);
    }
    return (this.#ends = { confidence, z, lower: lower.sort(), upper: upper.sort() });
  }
}
