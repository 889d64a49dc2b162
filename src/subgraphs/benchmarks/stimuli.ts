import { Field, Float, Int, ObjectType } from "type-graphql";
import { Column } from "typeorm";

/** A stimulus to show, and where it is: an absolute URL, or the path of a sample file of the domain. */
export interface StoredSample {
  readonly position: number;
  readonly url: string;
}

/** Columns `stimuli_*` of a benchmark version. Everything is null where nothing is known. */
@ObjectType({ description: "What was shown to the subjects and is shown to the models." })
export class Stimuli {
  @Field(() => Int, { nullable: true, description: "Number of stimuli. Null if unknown." })
  @Column({ type: "integer", nullable: true })
  count!: number | null;

  @Field(() => String, { nullable: true, description: "What they are, such as `images`. Null if unknown." })
  @Column({ type: "text", nullable: true })
  kind!: string | null;

  @Field(() => String, { nullable: true, description: "What they are more closely, such as `gratings`. Null if unknown." })
  @Column({ type: "text", nullable: true })
  subtype!: string | null;

  @Field(() => Float, { nullable: true, description: "Size of all stimuli in megabytes. Null if unknown." })
  @Column({ type: "float8", nullable: true })
  sizeMegabytes!: number | null;

  @Field(() => String, { nullable: true, description: "Remarks. Null if there are none." })
  @Column({ type: "text", nullable: true })
  notes!: string | null;
}
