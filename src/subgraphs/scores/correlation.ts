import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Correlation as Found } from "../../statistics/correlate";
import type { Basis } from "./basis";
import { Benchmark, benchmarkOf, Model } from "./foreign";

export enum CorrelationMethod {
  PEARSON = "PEARSON",
  SPEARMAN = "SPEARMAN",
  KENDALL = "KENDALL",
}

registerEnumType(CorrelationMethod, {
  name: "CorrelationMethod",
  description: "How two benchmarks are correlated.",
  valuesConfig: {
    PEARSON: { description: "Of the values; p by Student's t." },
    SPEARMAN: { description: "Of the ranks, ties averaged; p by Student's t." },
    KENDALL: { description: "Kendall's tau-b; p by the normal distribution, with the variance corrected for ties." },
  },
});

@ObjectType({
  description:
    "How two benchmarks go together over the models of the population that are scored on both. Numbers are null under 3 models or where one benchmark has one value only.",
})
export class Correlation {
  @Field(() => Benchmark, { description: "The one." })
  x!: Benchmark;

  @Field(() => Benchmark, { description: "The other." })
  y!: Benchmark;

  @Field(() => CorrelationMethod, { description: "How it was computed." })
  method!: CorrelationMethod;

  @Field(() => Float, { nullable: true, description: "The coefficient, −1 to 1." })
  r!: number | null;

  @Field(() => Int, { description: "The number of models that are scored on both." })
  count!: number;

  @Field(() => Float, { nullable: true, description: "The two-sided p of no correlation." })
  pValue!: number | null;

  @Field(() => Float, { nullable: true, description: "The slope of the least-squares line of y on x, whatever the method." })
  slope!: number | null;

  @Field(() => Float, { nullable: true, description: "Where that line meets x = 0." })
  intercept!: number | null;
}

@ObjectType({ description: "One model's values on two benchmarks." })
export class ScatterPoint {
  @Field(() => Model, { description: "The model." })
  model!: Model;

  @Field(() => Float, { description: "Its value on the one." })
  x!: number;

  @Field(() => Float, { description: "Its value on the other." })
  y!: number;
}

/** A correlation that the core found, with what it is of. */
export function correlationOf({ board: { catalog } }: Basis, x: number, y: number, method: CorrelationMethod, found: Found): Correlation {
  return { x: benchmarkOf(catalog, x), y: benchmarkOf(catalog, y), method, ...found };
}
