import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { Fact } from "../../database/fact";

/** What an account may do: a member writes for itself, an admin for everybody. */
export enum AccountRole {
  MEMBER = "MEMBER",
  ADMIN = "ADMIN",
}

registerEnumType(AccountRole, {
  name: "AccountRole",
  description: "What an account may do.",
  valuesConfig: {
    MEMBER: { description: "Registers models and submits scores for itself." },
    ADMIN: { description: "Sees everything and may change everything that can be changed." },
  },
});

/** Somebody who owns models and submits scores. */
@Entity()
@Directive('@key(fields: "id")')
@ObjectType({ description: "Somebody who owns models and submits scores, as that account itself and admins see it." })
export class Account extends Fact {
  @Field(() => ID, { description: "Opaque and stable." })
  override id!: string;

  @Field({ description: "Name of the account in data set folders; unique, never an e-mail address." })
  @Column({ type: "text", unique: true })
  key!: string;

  /** Outward id of the same account as a Contributor, which everybody may see. */
  @Column({ type: "text", unique: true })
  contributorId!: string;

  @Field(() => String, { nullable: true, description: "Name for people. Null if none was given." })
  @Column({ type: "text", nullable: true })
  displayName!: string | null;

  @Field(() => AccountRole, { description: "What the account may do." })
  @Column({ type: "text", default: AccountRole.MEMBER })
  role!: AccountRole;
}
