import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { Fact } from "../../database/fact";
import { DateTime } from "../../federation/scalars";

/** Scores that one account handed in together. */
@Entity()
@Directive('@key(fields: "id")')
@ObjectType({ description: "Scores that one account handed in together. Seen by that account and admins only." })
export class Submission extends Fact {
  @Field(() => ID, { description: "Opaque and stable." })
  override id!: string;

  @Column({ type: "integer" })
  accountPk!: number;

  @Field({ description: "Name that the account gave it; unique within the account." })
  @Column({ type: "text" })
  key!: string;

  @Field(() => DateTime, { description: "When it was handed in." })
  @Column({ type: "timestamptz", precision: 3 })
  submittedAt!: Date;

  /** Tells whether another submission under the same key says the same; null for one that was imported. */
  @Column({ type: "bytea", nullable: true })
  contentHash!: Buffer | null;
}
