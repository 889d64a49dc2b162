import { Field, ObjectType } from "type-graphql";
import { Column } from "typeorm";

/** Columns `metric_*` of a benchmark version. Everything is null where nothing is known. */
@ObjectType({ description: "How a model's responses are compared with the recorded data." })
export class Metric {
  @Field(() => String, { nullable: true, description: "Name, such as `pls`. Null if unknown." })
  @Column({ type: "text", nullable: true })
  name!: string | null;

  @Field(() => String, { nullable: true, description: "Where the metric is described. Null if unknown." })
  @Column({ type: "text", nullable: true })
  citation!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether anybody can get the metric's code. Null if unknown." })
  @Column({ type: "boolean", nullable: true })
  isPublic!: boolean | null;

  @Field(() => String, { nullable: true, description: "Remarks. Null if there are none." })
  @Column({ type: "text", nullable: true })
  notes!: string | null;
}
