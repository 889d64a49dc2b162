import { Directive, Field, Float, Int, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { Fact } from "../../database/fact";
import { Node } from "../../federation/node";
import { Metric } from "./metric";
import { Recording } from "./recording";
import { Stimuli, type StoredSample } from "./stimuli";

/** A numbered edition of a leaf. */
@Entity()
@Directive('@key(fields: "id")')
@ObjectType({ implements: Node, description: "A numbered edition of a leaf, with its own ceiling, stimuli, recording and metric." })
export class BenchmarkVersion extends Fact implements Node {
  /** A leaf. */
  @Column({ type: "integer" })
  benchmarkPk!: number;

  @Directive("@shareable")
  @Field(() => Int, { description: "Number of the edition, from 1. The highest one counts." })
  @Column({ type: "integer" })
  number!: number;

  @Field(() => Float, {
    nullable: true,
    description: "How well the data could be predicted at best: a raw score divided by it is the ceiled score. Null if unknown.",
  })
  @Column({ type: "float8", nullable: true })
  ceiling!: number | null;

  @Field(() => Float, { nullable: true, description: "Standard error of the ceiling. Null if unknown." })
  @Column({ type: "float8", nullable: true })
  ceilingError!: number | null;

  @Column(() => Stimuli)
  stimuli!: Stimuli;

  /** Sample stimuli, in the order of the data set; at most 100. */
  @Column({ type: "jsonb", default: [] })
  samples!: StoredSample[];

  @Column(() => Recording)
  recording!: Recording;

  @Column(() => Metric)
  metric!: Metric;
}
