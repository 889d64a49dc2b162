import { type World, type WorldBenchmark, type WorldObservation } from "../reference/world";

/** A tree as it is drawn: parents hold their children, in their order; what holds nothing is a leaf. */
export interface Branch {
  readonly [identifier: string]: Branch;
}

/** Tells the facts of a test as a story. Leaves have version 1 unless told otherwise. */
export class Seed {
  #benchmarks: WorldBenchmark[] = [];
  #versions = new Map<string, readonly number[]>();
  #models: { name: string; isPublic: boolean }[] = [];
  #observations: WorldObservation[] = [];
  #conditions: Partial<World> = {};

  /** Adds roots with what is below them. */
  tree(branch: Branch, parent: string | null = null): this {
    for (const [identifier, below] of Object.entries(branch)) {
      const order = this.#benchmarks.filter((b) => b.parent === parent).length;
      const isLeaf = Object.keys(below).length === 0;
      this.#benchmarks.push({
        ...{ identifier, parent, order, isVisible: true, isRaw: false, rankDecimals: 3 },
        rootPosition: parent === null ? order : null,
      });
      if (isLeaf) this.#versions.set(identifier, [1]);
      this.tree(below, identifier);
    }
    return this;
  }

  /** Says more of a benchmark. */
  benchmark(identifier: string, more: Partial<WorldBenchmark>): this {
    this.#benchmarks = this.#benchmarks.map((b) => (b.identifier === identifier ? { ...b, ...more } : b));
    return this;
  }

  /** The registered versions of a leaf, in the place of version 1. */
  versions(benchmark: string, ...numbers: number[]): this {
    this.#versions.set(benchmark, numbers);
    return this;
  }

  /** Adds public models. */
  models(...names: string[]): this {
    this.#models.push(...names.map((name) => ({ name, isPublic: true })));
    return this;
  }

  /** Adds models that are not public. */
  outsiders(...names: string[]): this {
    this.#models.push(...names.map((name) => ({ name, isPublic: false })));
    return this;
  }

  /** Adds an observation of version 1: a number that is both raw and ceiled, a failure, or what is told. */
  score(model: string, benchmark: string, outcome: number | "failed" | Partial<WorldObservation>): this {
    const told = outcome === "failed" ? { failed: true } : typeof outcome === "number" ? { raw: outcome, ceiled: outcome } : outcome;
    this.#observations.push({
      ...{ model, benchmark, version: 1, raw: null, ceiled: null, error: null, failed: false },
      ...{ startedAt: null, endedAt: this.#observations.length, retracted: false },
      ...told,
    });
    return this;
  }

  /** The scores of several models on one leaf. */
  scores(benchmark: string, outcomes: Readonly<Record<string, number | "failed" | Partial<WorldObservation>>>): this {
    for (const [model, outcome] of Object.entries(outcomes)) this.score(model, benchmark, outcome);
    return this;
  }

  under(conditions: Partial<Pick<World, "among" | "only" | "weights" | "missing" | "asOf">>): this {
    this.#conditions = { ...this.#conditions, ...conditions };
    return this;
  }

  world(): World {
    return {
      benchmarks: this.#benchmarks,
      versions: [...this.#versions].flatMap(([benchmark, numbers]) => numbers.map((number) => ({ benchmark, number }))),
      models: this.#models,
      observations: this.#observations,
      ...{ among: null, only: null, weights: {}, missing: "ZERO", asOf: null },
      ...this.#conditions,
    };
  }
}

export const seed = (): Seed => new Seed();
