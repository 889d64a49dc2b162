import { Field, InputType } from "type-graphql";
import { FloatRange, IntRange } from "./ranges";

@InputType({
  description:
    "Chooses benchmarks. All given fields must hold; within a list one is enough; an empty list matches nothing. What is unknown of a benchmark makes its condition false. Properties of data, stimuli and ceiling are those of the current version, which parents do not have.",
})
export class BenchmarkFilter {
  @Field(() => [String], { nullable: true, description: "Identifiers, exactly." })
  identifiers?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Identifiers of benchmarks: matches these and all below them." })
  below?: string[] | null;

  @Field(() => String, { nullable: true, description: "Text that stands in the identifier, in any case of letters, taken literally." })
  search?: string | null;

  @Field(() => Boolean, { nullable: true, description: "True: leaves only. False: parents only." })
  isLeaf?: boolean | null;

  @Field(() => [String], { nullable: true, description: "Regions recorded from, exactly, such as `V4`." })
  region?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Species recorded from, exactly." })
  species?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Tasks during recording, exactly." })
  task?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: "Whether the recorded data are public." })
  dataIsPublic?: boolean | null;

  @Field(() => IntRange, { nullable: true, description: "Number of stimuli." })
  stimulusCount?: IntRange | null;

  @Field(() => FloatRange, { nullable: true, description: "Ceiling of the version." })
  ceiling?: FloatRange | null;

  @Field(() => [BenchmarkFilter], { nullable: true, description: "Every one of these must hold; an empty list always holds." })
  and?: BenchmarkFilter[] | null;

  @Field(() => [BenchmarkFilter], { nullable: true, description: "At least one of these must hold; an empty list never does." })
  or?: BenchmarkFilter[] | null;

  @Field(() => BenchmarkFilter, { nullable: true, description: "This must not hold." })
  not?: BenchmarkFilter | null;
}
