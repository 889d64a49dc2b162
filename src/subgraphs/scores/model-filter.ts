import { Field, InputType } from "type-graphql";
import { DateTimeRange, FloatRange, IntRange } from "./ranges";

@InputType({
  description:
    "Chooses models by their cell on one benchmark, under the conditions of the question: SCORED there, and in the ranges given.",
})
export class ScoredFilter {
  @Field(() => String, { description: "The benchmark's identifier." })
  benchmark!: string;

  @Field(() => FloatRange, { nullable: true, description: "The value, unrounded." })
  value?: FloatRange | null;

  @Field(() => FloatRange, { nullable: true, description: "The share of its counting leaves that are scored, 0 to 1." })
  coverage?: FloatRange | null;
}

@InputType({
  description:
    "Chooses models. All given fields must hold; within a list one is enough; an empty list matches nothing. What is unknown of a model makes its condition false.",
})
export class ModelFilter {
  @Field(() => [String], { nullable: true, description: "Names, exactly." })
  names?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: "Text that stands in the name or the contributor's name, in any case of letters, taken literally.",
  })
  search?: string | null;

  @Field(() => [String], { nullable: true, description: "Architectures, exactly, such as `DCNN`." })
  architecture?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Model families, exactly." })
  family?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Training datasets, exactly." })
  trainingDataset?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Tasks that models were trained for, exactly." })
  taskSpecialization?: string[] | null;

  @Field(() => FloatRange, { nullable: true, description: "Number of parameters." })
  parameterCount?: FloatRange | null;

  @Field(() => FloatRange, { nullable: true, description: "Size of the weights in megabytes." })
  sizeMegabytes?: FloatRange | null;

  @Field(() => DateTimeRange, { nullable: true, description: "When the model was submitted." })
  submitted?: DateTimeRange | null;

  @Field(() => Boolean, { nullable: true, description: "Whether the model can be run by others." })
  isRunnable?: boolean | null;

  @Field(() => [String], { nullable: true, description: "Competitions, exactly." })
  competition?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Groups, exactly." })
  group?: string[] | null;

  @Field(() => [ScoredFilter], { nullable: true, description: "Cells under the conditions of the question; one of these is enough." })
  scored?: ScoredFilter[] | null;

  @Field(() => [String], { nullable: true, description: "Contributors' display names, exactly." })
  contributor?: string[] | null;

  @Field(() => IntRange, { nullable: true, description: "Visual angle of the images that the model sees, in degrees." })
  visualDegrees?: IntRange | null;

  @Field(() => [ModelFilter], { nullable: true, description: "Every one of these must hold; an empty list always holds." })
  and?: ModelFilter[] | null;

  @Field(() => [ModelFilter], { nullable: true, description: "At least one of these must hold; an empty list never does." })
  or?: ModelFilter[] | null;

  @Field(() => ModelFilter, { nullable: true, description: "This must not hold." })
  not?: ModelFilter | null;
}
