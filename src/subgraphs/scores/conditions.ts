import { Field, Float, InputType, registerEnumType } from "type-graphql";
import { DateTime } from "../../federation/scalars";
import { BenchmarkFilter } from "./benchmark-filter";
import { ModelFilter } from "./model-filter";

/** What the argument `under` is, wherever it stands. */
export const UNDER = "The conditions that everything here is computed under. Default: everything counts, as it is now.";

export enum MissingPolicy {
  ZERO = "ZERO",
  SKIP_NOT_RUN = "SKIP_NOT_RUN",
  SKIP_ALL = "SKIP_ALL",
}

registerEnumType(MissingPolicy, {
  name: "MissingPolicy",
  description: "What children without a value do to their parent's average.",
  valuesConfig: {
    ZERO: { description: "Failed and never-run children count as 0." },
    SKIP_NOT_RUN: { description: "Never-run children are left out of the average; failed ones count as 0." },
    SKIP_ALL: { description: "Failed and never-run children are left out of the average." },
  },
});

@InputType({ description: "The weight of a benchmark among its siblings." })
export class BenchmarkWeight {
  @Field(() => String, { description: "The benchmark's identifier. Not a root's: it has no siblings." })
  benchmark!: string;

  @Field(() => Float, { description: "Above 0 to 1e6; every other benchmark has 1. 0 takes it and all below it out of the tree." })
  weight!: number;
}

@InputType({ description: "The choices that values, ranks and statistics are computed under. They combine freely." })
export class Conditions {
  @Field(() => DateTime, {
    nullable: true,
    description:
      "Only what had been measured by this instant: observations and versions. Tree, visibility, publicity and metadata stay today's. A date means its last instant in UTC.",
  })
  asOf?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: "The facts as recorded when the release of this name was made. Not together with asOf.",
  })
  release?: string | null;

  @Field(() => ModelFilter, {
    nullable: true,
    description: "Ranks and statistics count these models only; everything is ranked anew among them.",
  })
  among?: ModelFilter | null;

  @Field(() => BenchmarkFilter, { nullable: true, description: "Only the leaves that match count." })
  only?: BenchmarkFilter | null;

  @Field(() => [BenchmarkWeight], { nullable: true, description: "Weights of benchmarks among their siblings, each at most once." })
  weights?: BenchmarkWeight[] | null;

  @Field(() => MissingPolicy, {
    nullable: true,
    defaultValue: MissingPolicy.ZERO,
    description: "What children without a value do to their parent.",
  })
  missing?: MissingPolicy | null;
}
