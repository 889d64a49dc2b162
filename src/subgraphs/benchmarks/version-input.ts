import { Field, Float, InputType, Int } from "type-graphql";
import { Url } from "../../federation/scalars";

@InputType({ description: "One stimulus to show as an example." })
export class StimulusSampleInput {
  @Field(() => Int, { description: "Its place among the examples, from 1; each once in a list." })
  position!: number;

  @Field(() => Url, { description: "Where the picture, film or sound is." })
  url!: string;
}

@InputType({ description: "What was shown to the subjects and is shown to the models." })
export class StimuliInput {
  @Field(() => Int, { nullable: true, description: "Number of stimuli, 0 or more." })
  count?: number | null;

  @Field(() => String, { nullable: true, description: "What they are, such as `images`." })
  kind?: string | null;

  @Field(() => String, { nullable: true, description: "What they are more closely, such as `gratings`." })
  subtype?: string | null;

  @Field(() => Float, { nullable: true, description: "Size of all stimuli in megabytes, 0 or more." })
  sizeMegabytes?: number | null;

  @Field(() => String, { nullable: true, description: "Remarks." })
  notes?: string | null;

  @Field(() => [StimulusSampleInput], { nullable: true, description: "Examples, at most 100." })
  samples?: StimulusSampleInput[] | null;
}

@InputType({ description: "The neural or behavioural data that models are compared with." })
export class RecordingInput {
  @Field(() => Int, { nullable: true, description: "Number of recording sites, such as neurons or voxels, 0 or more." })
  sites?: number | null;

  @Field(() => String, { nullable: true, description: "Brain region, such as `V4`." })
  region?: string | null;

  @Field(() => String, { nullable: true, description: "Side of the brain: left, right or both." })
  hemisphere?: string | null;

  @Field(() => String, { nullable: true, description: "Species of the subjects, such as `macaque`." })
  species?: string | null;

  @Field(() => Int, { nullable: true, description: "Number of subjects, 0 or more." })
  subjects?: number | null;

  @Field(() => String, { nullable: true, description: "How it was recorded, such as `electrophysiology`." })
  kind?: string | null;

  @Field(() => String, { nullable: true, description: "What the subjects did, such as `passive fixation`." })
  task?: string | null;

  @Field(() => Float, { nullable: true, description: "Time that a stimulus was shown, in milliseconds, 0 or more." })
  durationMilliseconds?: number | null;

  @Field(() => String, { nullable: true, description: "What was done to the recorded data." })
  preprocessing?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether anybody can get the data." })
  isPublic?: boolean | null;

  @Field(() => String, { nullable: true, description: "Remarks." })
  notes?: string | null;
}

@InputType({ description: "How a model's responses are compared with the recorded data." })
export class MetricInput {
  @Field(() => String, { nullable: true, description: "Name, such as `pls`." })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "Where the metric is described." })
  citation?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether anybody can get the metric's code." })
  isPublic?: boolean | null;

  @Field(() => String, { nullable: true, description: "Remarks." })
  notes?: string | null;
}

@InputType({ description: "A numbered edition of a leaf to register." })
export class BenchmarkVersionInput {
  @Field(() => Int, { description: "Its number: 1 or more, above every registered one." })
  number!: number;

  @Field(() => Float, {
    nullable: true,
    description: "How well the data could be predicted at best: a raw score divided by it is the ceiled score. At most 1e12 in size.",
  })
  ceiling?: number | null;

  @Field(() => Float, { nullable: true, description: "Standard error of the ceiling, from 0 to 1e12." })
  ceilingError?: number | null;

  @Field(() => StimuliInput, { nullable: true, description: "What was shown." })
  stimuli?: StimuliInput | null;

  @Field(() => RecordingInput, { nullable: true, description: "The data that models are compared with." })
  recording?: RecordingInput | null;

  @Field(() => MetricInput, { nullable: true, description: "How models are compared with the data." })
  metric?: MetricInput | null;
}

@InputType({ description: "A version to add to a leaf." })
export class AddBenchmarkVersionInput {
  @Field(() => String, { description: "The domain's slug." })
  domain!: string;

  @Field(() => String, { description: "The leaf's identifier." })
  benchmark!: string;

  @Field(() => BenchmarkVersionInput, { description: "The version." })
  version!: BenchmarkVersionInput;
}
