import { invariant } from "../errors";
import { histogram, type HistogramBin } from "../statistics/histogram";
import { summarize, type Summary } from "../statistics/summary";
import { type Missing } from "./average";
import { NOT_RUN, SCORED, type Column, type State } from "./column";
import { compareCodePoints } from "./compare-code-points";
import { contributions, type Contribution } from "./contributions";
import { leaderboard } from "./leaderboard";
import { Ranking } from "./ranking";
import { type Scope } from "./scope";

/** What standings are made of. */
export interface StandingsParts {
  readonly scope: Scope;
  /** One a node, as `aggregate` gives them; null outside the tree. */
  readonly columns: readonly (Column | null)[];
  /** One a node: the index of the observation that counts, one a model, −1 for none; null on parents. */
  readonly winners: readonly (Int32Array | null)[];
  /** 1 for each model that ranks and statistics count (§7). */
  readonly population: Uint8Array;
  /** One a model. */
  readonly names: readonly string[];
  /** What `columns` were aggregated under. Default ZERO. */
  readonly missing?: Missing;
}

/** Earlier standings of the same models, or of all but the last of them. */
export interface EarlierStandings {
  readonly standings: Standings;
  /** Whether a node's cells are those that were there, and NOT_RUN for further models. */
  readonly isSame: (node: number) => boolean;
}

/**
 * The whole tree with values and ranks for every model under one set of conditions (§1). Benchmarks are nodes of the tree, models
 * are slots, 0 to modelCount − 1. What is costly is made on first use and kept. A node outside the tree has no cells: ask `has`;
 * its states read as NOT_RUN, everything else of it as null or empty.
 */
export class Standings {
  readonly scope: Scope;
  readonly columns: readonly (Column | null)[];
  readonly winners: readonly (Int32Array | null)[];
  readonly population: Uint8Array;
  readonly names: readonly string[];
  readonly missing: Missing;
  readonly modelCount: number;
  readonly populationSize: number;
  readonly #rankings: (Ranking | undefined)[] = [];
  readonly #leaderboards: (Int32Array | undefined)[] = [];
  readonly #statistics: (Summary | undefined)[] = [];
  #nameOrder: Int32Array | undefined;

  /** `earlier`: from which what was made of the same cells and population is taken over. */
  constructor({ scope, columns, winners, population, names, missing = "ZERO" }: StandingsParts, earlier?: EarlierStandings) {
    invariant(columns.length === scope.tree.size, "standings have one column a node");
    invariant(population.length === names.length, "standings have one name and one entry of the population a model");
    this.scope = scope;
    this.columns = columns;
    this.winners = winners;
    this.population = population;
    this.names = names;
    this.missing = missing;
    this.modelCount = names.length;
    this.populationSize = population.reduce((sum, counted) => sum + counted, 0);
    if (earlier) this.#takeOver(earlier);
  }

  /** Whether the node is in the tree, so that it has cells. */
  has(node: number): boolean {
    return this.columns[node] != null;
  }

  state(node: number, model: number): State {
    return (this.columns[node]?.states[model] ?? NOT_RUN) as State;
  }

  /** Null unless SCORED. */
  value(node: number, model: number): number | null {
    const column = this.columns[node];
    return column?.states[model] === SCORED ? column.values[model] : null;
  }

  /** The standard error of the value; null where there is none. */
  error(node: number, model: number): number | null {
    const error = this.columns[node]?.errors?.[model] ?? NaN;
    return Number.isNaN(error) ? null : error;
  }

  /** The index of the observation that a leaf's cell comes from, failed ones included; −1 where there is none. */
  winner(node: number, model: number): number {
    return this.has(node) ? (this.winners[node]?.[model] ?? -1) : -1;
  }

  ranking(node: number): Ranking {
    return (this.#rankings[node] ??= this.#rank(node));
  }

  /** How many of the counting leaves at or below the node are SCORED, and how many there are (§3). */
  coverage(node: number, model: number): { scored: number; leaves: number } {
    const leaves = this.scope.leaves(node);
    let scored = 0;
    for (const leaf of leaves) if (this.columns[leaf]!.states[model] === SCORED) scored++;
    return { scored, leaves: leaves.length };
  }

  /** What each leaf adds to the value, largest in size first; they sum to the value (§3). */
  contributions(node: number, model: number): Contribution[] {
    return contributions(this.scope, this.columns, node, model, this.missing);
  }

  /** The models of the node's leaderboard, in its order: ranked ones, then FAILED ones (§5). */
  leaderboard(node: number): Int32Array {
    const { column, population } = this.ranking(node);
    return (this.#leaderboards[node] ??= leaderboard(column, population, this.#namePlaces()));
  }

  /** The models of rank 1, in the order of the leaderboard. */
  best(node: number): Int32Array {
    return this.leaderboard(node).slice(0, this.ranking(node).holders().length);
  }

  statistics(node: number): Summary {
    const { sorted, failed, notRun } = this.ranking(node);
    return (this.#statistics[node] ??= summarize(sorted, failed, notRun));
  }

  /** The values in equal bins over [0, 1], under a raw root from the lowest to the highest (§6). Throws unless there are 1 to 200. */
  histogram(node: number, bins = 20): HistogramBin[] {
    return histogram(this.ranking(node).sorted, bins, this.scope.tree.isRaw[node] ? null : [0, 1]);
  }

  #takeOver({ standings: before, isSame }: EarlierStandings): void {
    if (before.names === this.names) this.#nameOrder = before.#nameOrder;
    if (before.scope.tree !== this.scope.tree || !isBeginOf(before.population, this.population)) return;
    const isWider = before.modelCount < this.modelCount;
    for (let node = 0; node < this.columns.length; node++) {
      const [column, ranking] = [this.columns[node], before.#rankings[node]];
      if (!isSame(node)) continue;
      // A name is for life, so that the order of those that were there is too.
      this.#leaderboards[node] = before.#leaderboards[node];
      this.#rankings[node] = isWider && column && ranking ? new Ranking(column, this.population, ranking.rankDecimals, ranking) : ranking;
      if (before.populationSize === this.populationSize) this.#statistics[node] = before.#statistics[node];
    }
  }

  #rank(node: number): Ranking {
    const column = this.columns[node];
    if (column) return new Ranking(column, this.population, this.scope.tree.rankDecimals[node]);
    const nobody = { values: new Float64Array(0), states: new Uint8Array(0), errors: null };
    return new Ranking(nobody, new Uint8Array(0), this.scope.tree.rankDecimals[node]);
  }

  /** The place of each model's name in code point order. */
  #namePlaces(): Int32Array {
    if (this.#nameOrder) return this.#nameOrder;
    const places = new Int32Array(this.modelCount);
    const models = Array.from(this.names.keys()).sort((a, b) => compareCodePoints(this.names[a], this.names[b]) || a - b);
    models.forEach((model, place) => (places[model] = place));
    return (this.#nameOrder = places);
  }
}

const isBeginOf = (earlier: Uint8Array, later: Uint8Array): boolean =>
  earlier === later || (earlier.length < later.length && earlier.every((counted, model) => counted === later[model]));
