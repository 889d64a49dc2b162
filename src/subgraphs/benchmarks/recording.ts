import { Field, Float, Int, ObjectType } from "type-graphql";
import { Column } from "typeorm";

/** Columns `recording_*` of a benchmark version. Everything is null where nothing is known. */
@ObjectType({ description: "The neural or behavioural data that models are compared with." })
export class Recording {
  @Field(() => Int, { nullable: true, description: "Number of recording sites, such as neurons or voxels. Null if unknown." })
  @Column({ type: "integer", nullable: true })
  sites!: number | null;

  @Field(() => String, { nullable: true, description: "Brain region, such as `V4`. Null if unknown or none." })
  @Column({ type: "text", nullable: true })
  region!: string | null;

  @Field(() => String, { nullable: true, description: "Side of the brain: left, right or both. Null if unknown." })
  @Column({ type: "text", nullable: true })
  hemisphere!: string | null;

  @Field(() => String, { nullable: true, description: "Species of the subjects, such as `macaque`. Null if unknown." })
  @Column({ type: "text", nullable: true })
  species!: string | null;

  @Field(() => Int, { nullable: true, description: "Number of subjects. Null if unknown." })
  @Column({ type: "integer", nullable: true })
  subjects!: number | null;

  @Field(() => String, { nullable: true, description: "How it was recorded, such as `electrophysiology`. Null if unknown." })
  @Column({ type: "text", nullable: true })
  kind!: string | null;

  @Field(() => String, { nullable: true, description: "What the subjects did, such as `passive fixation`. Null if unknown." })
  @Column({ type: "text", nullable: true })
  task!: string | null;

  @Field(() => Float, { nullable: true, description: "Time that a stimulus was shown, in milliseconds. Null if unknown." })
  @Column({ type: "float8", nullable: true })
  durationMilliseconds!: number | null;

  @Field(() => String, { nullable: true, description: "What was done to the recorded data. Null if unknown." })
  @Column({ type: "text", nullable: true })
  preprocessing!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether anybody can get the data. Null if unknown." })
  @Column({ type: "boolean", nullable: true })
  isPublic!: boolean | null;

  @Field(() => String, { nullable: true, description: "Remarks. Null if there are none." })
  @Column({ type: "text", nullable: true })
  notes!: string | null;
}
