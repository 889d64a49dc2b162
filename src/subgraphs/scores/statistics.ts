import { Arg, Field, Float, Int, ObjectType } from "type-graphql";
import { limitNumber } from "../../federation/limit-list";
import type { Basis } from "./basis";
import { Model, modelOf } from "./foreign";

/** At most so many models of rank 1 are named. */
const BEST_NAMED = 10;
const BINS_AT_MOST = 200;

@ObjectType({ description: "One bin of a histogram: values from `min` up to, not including, `max`; the last bin includes it." })
export class HistogramBin {
  @Field(() => Float, { description: "Where the bin begins." })
  min!: number;

  @Field(() => Float, { description: "Where the bin ends." })
  max!: number;

  @Field(() => Int, { description: "How many values lie in it." })
  count!: number;
}

@ObjectType({
  description:
    "The statistics of one benchmark over the population's scored cells. Zeros are values; failed and never-run cells are counted apart. Numbers are null where there are no values.",
})
export class Statistics {
  @Field(() => Int, { description: "Models of the population with a value." })
  readonly count: number;

  @Field(() => Int, { description: "Models of the population that were run and gave no number." })
  readonly failed: number;

  @Field(() => Int, { description: "Models of the population that were never run." })
  readonly notRun: number;

  @Field(() => Float, { nullable: true, description: "The lowest value." })
  readonly min: number | null;

  @Field(() => Float, { nullable: true, description: "The highest value." })
  readonly max: number | null;

  @Field(() => Float, { nullable: true, description: "The arithmetic mean." })
  readonly mean: number | null;

  @Field(() => Float, { nullable: true, description: "The median: of an even number of values the mean of the middle two." })
  readonly median: number | null;

  @Field(() => Float, { nullable: true, description: "The first quartile, by linear interpolation (type 7)." })
  readonly lowerQuartile: number | null;

  @Field(() => Float, { nullable: true, description: "The third quartile, by linear interpolation (type 7)." })
  readonly upperQuartile: number | null;

  @Field(() => Float, { nullable: true, description: "The sample standard deviation; null for fewer than two values." })
  readonly standardDeviation: number | null;

  constructor(
    private readonly basis: Basis,
    private readonly node: number,
  ) {
    const summary = basis.findings.statistics(node);
    this.count = summary.count;
    this.failed = summary.failed;
    this.notRun = summary.notRun;
    this.min = summary.min;
    this.max = summary.max;
    this.mean = summary.mean;
    this.median = summary.median;
    this.lowerQuartile = summary.lowerQuartile;
    this.upperQuartile = summary.upperQuartile;
    this.standardDeviation = summary.standardDeviation;
    Object.freeze(this);
  }

  @Field(() => [Model], { description: "The models of rank 1, in the order of the leaderboard; at most 10 of them." })
  best(): Model[] {
    const { findings, board } = this.basis;
    const shown = findings.best(this.node).filter((slot) => this.basis.shows(slot));
    return Array.from(shown.subarray(0, BEST_NAMED), (slot) => modelOf(board, slot));
  }

  @Field(() => [HistogramBin], {
    description:
      "How the values are spread over equal bins from 0 to 1, under a raw root from the lowest to the highest value. One bin if all are equal there, none without values.",
  })
  histogram(
    @Arg("bins", () => Int, { defaultValue: 20, nullable: true, description: "Number of bins, 1 to 200." }) bins: number | null,
  ): HistogramBin[] {
    limitNumber("bins", bins, { least: 1, most: BINS_AT_MOST });
    return this.basis.findings.histogram(this.node, bins ?? undefined);
  }
}
