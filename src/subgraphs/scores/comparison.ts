import { Arg, Ctx, Field, FieldResolver, Float, Int, ObjectType, Resolver, Root } from "type-graphql";
import { allInSlices } from "../../board/in-slices";
import { badInput, notFound } from "../../errors";
import type { Context } from "../../federation/context";
import { limitList, limitNumber } from "../../federation/limit-list";
import { after, type MaybePromise } from "../../federation/promised";
import { compareModels, type ModelComparison } from "../../scoring/compare-models";
import { correlations, nodeSample } from "../../scoring/correlations";
import { differences } from "../../scoring/differences";
import { compareCodePoints } from "../../scoring/compare-code-points";
import { SCORED } from "../../scoring/column";
import { correlate } from "../../statistics/correlate";
import type { Basis } from "./basis";
import { basisUnder } from "./basis-under";
import { Conditions, UNDER } from "./conditions";
import { Correlation, CorrelationMethod, correlationOf, ScatterPoint } from "./correlation";
import { Benchmark, benchmarkOf, Model, modelOf } from "./foreign";
import { CONTRIBUTIONS_AT_MOST, Contribution, contributionsOf, Score } from "./score";
import { Standings } from "./standings";

const MODELS_COMPARED = { least: 2, most: 10 };
const BENCHMARKS_CORRELATED = { least: 1, most: 40 };
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

@Resolver(() => Standings)
export class ComparisonFields {
  @FieldResolver(() => Comparison, {
    description: "Models side by side over the tree, and each two over the leaves that both are scored on.",
  })
  compare(
    @Arg("models", () => [String], { description: "Names of 2 to 10 models." }) models: string[],
    @Arg("benchmarks", () => [String], {
      nullable: true,
      description: "Only these rows, in this order; what is outside the tree is left out.",
    })
    benchmarks: string[] | null,
    @Arg("below", () => String, {
      nullable: true,
      description: "Compares over the leaves at or below this benchmark. Default: the global root.",
    })
    below: string | null,
    @Root() { basis }: Standings,
  ): Comparison {
    return compare(basis, models, benchmarks, below);
  }

  @FieldResolver(() => Correlation, { description: "How two benchmarks go together over the population." })
  correlation(
    @Arg("x", () => String, { description: "The one's identifier." }) x: string,
    @Arg("y", () => String, { description: "The other's identifier." }) y: string,
    @Arg("method", () => CorrelationMethod, { nullable: true, defaultValue: CorrelationMethod.PEARSON, description: "How it is computed." })
    method: CorrelationMethod | null,
    @Root() { basis }: Standings,
  ): Correlation {
    return correlateNodes(basis, basis.node(x), basis.node(y), method ?? CorrelationMethod.PEARSON);
  }

  @FieldResolver(() => [[Correlation]], { description: "How each two of several benchmarks go together: row i is x, column j is y." })
  async correlations(
    @Arg("benchmarks", () => [String], { description: "Identifiers of at most 40 benchmarks." }) benchmarks: string[],
    @Arg("method", () => CorrelationMethod, {
      nullable: true,
      defaultValue: CorrelationMethod.PEARSON,
      description: "How they are computed.",
    })
    method: CorrelationMethod | null,
    @Root() { basis }: Standings,
    @Ctx() { signal }: Context,
  ): Promise<Correlation[][]> {
    limitList("benchmarks", benchmarks, BENCHMARKS_CORRELATED);
    const nodes = benchmarks.map((identifier) => basis.node(identifier));
    const by = method ?? CorrelationMethod.PEARSON;
    const found = await allInSlices(correlations(basis.findings, nodes, by), signal);
    return found.map((row, i) => row.map((one, j) => correlationOf(basis, nodes[i], nodes[j], by, one)));
  }

  @FieldResolver(() => [ScatterPoint], { description: "The population's models that are scored on both benchmarks, by name." })
  scatter(
    @Arg("x", () => String, { description: "The one's identifier." }) x: string,
    @Arg("y", () => String, { description: "The other's identifier." }) y: string,
    @Root() { basis }: Standings,
  ): ScatterPoint[] {
    const { findings, board } = basis;
    const [nodeX, nodeY] = [basis.node(x), basis.node(y)];
    return [...board.models.keys()]
      .filter((slot) => findings.population[slot])
      .sort((a, b) => compareCodePoints(board.models[a].name, board.models[b].name))
      .flatMap((slot) => {
        const [valueX, valueY] = [findings.value(nodeX, slot), findings.value(nodeY, slot)];
        return valueX === null || valueY === null ? [] : [{ model: modelOf(board, slot), x: valueX, y: valueY }];
      });
  }
}

function correlateNodes(basis: Basis, x: number, y: number, method: CorrelationMethod): Correlation {
  const { findings } = basis;
  return correlationOf(basis, x, y, method, correlate(nodeSample(findings, x), nodeSample(findings, y), method));
}

@Resolver(() => Benchmark)
export class BenchmarkCorrelation {
  @FieldResolver(() => Correlation, { description: "How it goes together with another benchmark over the population." })
  correlation(
    @Arg("with", () => String, { description: "The other's identifier." }) other: string,
    @Arg("method", () => CorrelationMethod, { nullable: true, defaultValue: CorrelationMethod.PEARSON, description: "How it is computed." })
    method: CorrelationMethod | null,
    @Arg("under", () => Conditions, { nullable: true, description: UNDER }) under: Conditions | null,
    @Root() { id }: Benchmark,
    @Ctx() context: Context,
  ): MaybePromise<Correlation> {
    const place = context.view.catalog.benchmarkById(id);
    if (!place) throw notFound("benchmark", id);
    const { domain } = place.catalog;
    const identifier = place.catalog.tree.identifiers[place.node];
    return after(basisUnder(context, domain.slug, under), (basis) =>
      correlateNodes(basis, basis.node(identifier), basis.node(other), method ?? CorrelationMethod.PEARSON),
    );
  }
}
