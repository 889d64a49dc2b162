import { Arg, Field, Float, Int, ObjectType } from "type-graphql";
import { badInput, notFound } from "../../errors";
import { limitList, limitNumber } from "../../federation/limit-list";
import { compareModels, type ModelComparison } from "../../scoring/compare-models";
import { differences } from "../../scoring/differences";
import { SCORED } from "../../scoring/column";
import type { Basis } from "./basis";
import { Benchmark, benchmarkOf, Model, modelOf } from "./foreign";
import { CONTRIBUTIONS_AT_MOST, Contribution, contributionsOf, Score } from "./score";

const MODELS_COMPARED = { least: 2, most: 10 };
const ROWS_AT_MOST = 500;

@ObjectType({ description: "Two models over the leaves on which both are scored." })
export class PairComparison {
  private readonly found: ModelComparison;

  constructor(
    private readonly basis: Basis,
    private readonly slotA: number,
    private readonly slotB: number,
    below: number,
  ) {
    this.found = compareModels(basis.findings, slotA, slotB, below);
  }

  @Field(() => Model, { description: "The one." })
  get a(): Model {
    return modelOf(this.basis.board, this.slotA);
  }

  @Field(() => Model, { description: "The other." })
  get b(): Model {
    return modelOf(this.basis.board, this.slotB);
  }

  @Field(() => Int, { description: "The leaves on which both are scored." })
  get sharedLeaves(): number {
    return this.found.sharedLeaves;
  }

  @Field(() => Int, { description: "The shared leaves on which the one is higher." })
  get aWins(): number {
    return this.found.aWins;
  }

  @Field(() => Int, { description: "The shared leaves on which the other is higher." })
  get bWins(): number {
    return this.found.bWins;
  }

  @Field(() => Int, { description: "The shared leaves on which both are equal, after rounding to the leaf's rankDecimals." })
  get ties(): number {
    return this.found.ties;
  }

  @Field(() => Float, {
    nullable: true,
    description: "Pearson's correlation over the shared leaves; null under 3 of them, or without variance.",
  })
  get pearson(): number | null {
    return this.found.pearson;
  }

  @Field(() => Float, {
    nullable: true,
    description: "Spearman's correlation over the shared leaves; null under 3 of them, or without variance.",
  })
  get spearman(): number | null {
    return this.found.spearman;
  }

  @Field(() => [Contribution], {
    description:
      "Why the one is above the other on a benchmark: what each leaf adds to the difference, largest in size first. All of them sum to it.",
  })
  differences(
    @Arg("benchmark", () => String, { nullable: true, description: "The benchmark's identifier. Default: the global root." })
    benchmark: string | null,
    @Arg("first", () => Int, { nullable: true, defaultValue: 20, description: "How many, at most 1000." }) first: number | null,
  ): Contribution[] {
    limitNumber("first", first, { most: CONTRIBUTIONS_AT_MOST });
    const { findings, board } = this.basis;
    const sides = [this.slotA, this.slotB].map((model) => ({ standings: findings, model }));
    return contributionsOf(board, differences(sides[0], sides[1], this.basis.nodeOrRoot(benchmark)), first);
  }
}

@ObjectType({ description: "One benchmark's cells of the models that are compared." })
export class ComparisonRow {
  @Field(() => Benchmark, { description: "The benchmark." })
  benchmark!: Benchmark;

  @Field(() => [Score], { description: "One cell a model, in the order of `models`." })
  scores!: Score[];
}

@ObjectType({ description: "Models side by side." })
export class Comparison {
  constructor(
    private readonly basis: Basis,
    private readonly slots: readonly number[],
    private readonly nodes: readonly number[],
    private readonly below: number,
  ) {}

  @Field(() => [Model], { description: "The models, as asked." })
  get models(): Model[] {
    return this.slots.map((slot) => modelOf(this.basis.board, slot));
  }

  @Field(() => Int, { description: "The leaves on which all of them are scored." })
  get sharedLeaves(): number {
    const { findings } = this.basis;
    if (this.below < 0) return 0;
    return findings.scope.leaves(this.below).filter((leaf) => this.slots.every((slot) => findings.state(leaf, slot) === SCORED)).length;
  }

  @Field(() => [PairComparison], { description: "Every two of them, in the order of `models`." })
  get pairs(): PairComparison[] {
    if (this.below < 0) return [];
    return this.slots.flatMap((a, place) => this.slots.slice(place + 1).map((b) => new PairComparison(this.basis, a, b, this.below)));
  }

  @Field(() => [ComparisonRow], { description: "The benchmarks of the tree, or those asked for, with everybody's cells." })
  get rows(): ComparisonRow[] {
    return this.nodes.map((node) => ({
      benchmark: benchmarkOf(this.basis.board.catalog, node),
      scores: this.slots.map((slot) => new Score(this.basis, node, slot)),
    }));
  }
}

/** Compares models of a basis, as `Standings.compare` asks. */
export function compare(basis: Basis, names: readonly string[], benchmarks: readonly string[] | null, below: string | null): Comparison {
  limitList("models", names, MODELS_COMPARED);
  limitList("benchmarks", benchmarks, { most: ROWS_AT_MOST });
  const slots = names.map((name) => {
    const slot = basis.slotOfName(name);
    if (slot < 0) throw notFound("model", name);
    return slot;
  });
  if (new Set(slots).size < slots.length) throw badInput("`models` names a model twice.");
  const top = basis.nodeOrRoot(below);
  const { tree } = basis.board.catalog;
  const isBelow = (node: number) => below == null || (node >= top && node < tree.end[top]);
  const asked = benchmarks?.map((identifier) => basis.node(identifier)).filter((node) => basis.findings.has(node));
  return new Comparison(basis, slots, asked ?? basis.listed().filter(isBelow), top);
}
