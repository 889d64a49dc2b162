import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { allInSlices } from "../../board/in-slices";
import { notFound } from "../../errors";
import type { Context } from "../../federation/context";
import { limitList } from "../../federation/limit-list";
import { after, type MaybePromise } from "../../federation/promised";
import { compareCodePoints } from "../../scoring/compare-code-points";
import { correlations, nodeSample, nodeSamples } from "../../scoring/correlations";
import { correlate } from "../../statistics/correlate";
import type { Basis } from "./basis";
import { basisUnder } from "./basis-under";
import { compare, Comparison } from "./comparison";
import { Conditions, UNDER } from "./conditions";
import { Correlation, CorrelationMethod, correlationOf, ScatterPoint } from "./correlation";
import { Benchmark, modelOf } from "./foreign";
import { Standings } from "./standings";

const BENCHMARKS_CORRELATED = { least: 1, most: 40 };

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
    const samples = await allInSlices(nodeSamples(basis.findings, nodes), signal);
    const found = await allInSlices(correlations(samples, by), signal);
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
