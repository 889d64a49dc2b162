import { Field, Float, ID, InputType, Int } from "type-graphql";
import { DateTime } from "../../federation/scalars";

@InputType({
  description:
    "One measured result. Without numbers and without `failed` it says that a run took place and nothing more: the cell then counts as not run.",
})
export class ScoreInput {
  @Field(() => String, {
    description:
      "The model's name, or its id. Of several models of one name your own is meant, then the public one. It must be yours, unless you are an admin.",
  })
  model!: string;

  @Field(() => String, { description: "The identifier of a leaf of the domain." })
  benchmark!: string;

  @Field(() => Int, { description: "Number of the leaf's version that it was measured on. A score on an old one does not count today." })
  version!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Score before it is divided by the ceiling: what counts under a raw root. From -1e12 to 1e12.",
  })
  raw?: number | null;

  @Field(() => Float, { nullable: true, description: "Score divided by the ceiling: what counts elsewhere. From -1e12 to 1e12." })
  ceiled?: number | null;

  @Field(() => Float, { nullable: true, description: "Standard error of the score that counts. From 0 to 1e12." })
  error?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: "Whether the model was run and gave no number. It then has no raw, ceiled and error.",
  })
  failed?: boolean | null;

  @Field(() => DateTime, { nullable: true, description: "When the run started; not after its end. Absent: unknown." })
  startedAt?: Date | null;

  @Field(() => DateTime, { description: "When the run ended; not in the future. A date means its last instant in UTC." })
  endedAt!: Date;

  @Field(() => String, { nullable: true, description: "What is to be noted about the run. Shown to the model's owner and admins only." })
  comment?: string | null;
}

@InputType({ description: "Scores that are handed in together: all of them or none." })
export class SubmitScoresInput {
  @Field(() => String, { description: "The domain's slug." })
  domain!: string;

  @Field(() => String, {
    description:
      "Your name for this submission: 1 to 200 characters, unique within your account. The same submission sent again under it is written once.",
  })
  submissionKey!: string;

  @Field(() => [ScoreInput], { description: "1 to 10,000 scores. Which of them stands where makes no other submission of it." })
  scores!: ScoreInput[];

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: "Checks everything and writes nothing: `submission` and `revision` are null then.",
  })
  dryRun?: boolean | null;
}

@InputType({ description: "Observations that are declared not to count." })
export class RetractScoresInput {
  @Field(() => [ID], { description: "1 to 10,000 ids of observations of your models. One that is retracted already is left as it is." })
  observations!: string[];

  @Field(() => String, { description: "Why they do not count, for everybody to read: 1 to 1,000 characters." })
  reason!: string;
}
