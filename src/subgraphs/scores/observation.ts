import { Directive, Field, Float, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { Fact } from "../../database/fact";
import { Node } from "../../federation/node";
import { DateTime } from "../../federation/scalars";

/** One measured result of one model on one version of one leaf. */
@Entity()
@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  description: "One measured result of one model on one version of one leaf. Which of several counts: the highest raw score.",
})
export class Observation extends Fact implements Node {
  @Column({ type: "integer" })
  modelPk!: number;

  @Column({ type: "integer" })
  versionPk!: number;

  @Column({ type: "integer", nullable: true })
  submissionPk!: number | null;

  @Field(() => Float, { nullable: true, description: "Score before it is divided by the ceiling. Null if unknown or failed." })
  @Column({ type: "float8", nullable: true })
  raw!: number | null;

  @Field(() => Float, { nullable: true, description: "Score divided by the ceiling, unclamped. Null if unknown or failed." })
  @Column({ type: "float8", nullable: true })
  ceiled!: number | null;

  @Field(() => Float, { nullable: true, description: "Standard error of the score, 0 or above. Null if unknown or failed." })
  @Column({ type: "float8", nullable: true })
  error!: number | null;

  @Field({ name: "failed", description: "Whether the model was run and gave no number." })
  @Column({ type: "boolean", default: false })
  isFailed!: boolean;

  @Field(() => DateTime, { nullable: true, description: "When the run started. Null if unknown." })
  @Column({ type: "timestamptz", precision: 3, nullable: true })
  startedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When the run ended. Null if unknown: it then counts now and as of no instant." })
  @Column({ type: "timestamptz", precision: 3, nullable: true })
  endedAt!: Date | null;

  /** Seen by the model's owner and admins only (§10). */
  @Column({ type: "text", nullable: true })
  comment!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it was declared not to count. Null if it counts." })
  @Column({ type: "timestamptz", precision: 3, nullable: true })
  retractedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Why it does not count. Null if it counts or no reason was given." })
  @Column({ type: "text", nullable: true })
  retractionReason!: string | null;
}
