import { Directive, Field, ID, ObjectType } from "type-graphql";
import { DateTime } from "../../../federation/scalars";

/** What programs of an account prove themselves by. Never the secret itself, nor its hash. */
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    "What programs of an account send to be known by: `Authorization: Bearer <secret>`. The secret is told once, when the key is created. " +
    "Seen by its account and admins only.",
})
export class ApiKey {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field({ description: "What it is for, in its account's words." })
  name!: string;

  @Field({ description: "How its secret begins: tells which key one has found. No secret." })
  prefix!: string;

  @Field(() => DateTime, { description: "When it was created." })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "When it was last used, to the minute. Null if it never was." })
  lastUsedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "From when on it is good no longer. Null if there is no such time." })
  expiresAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it was revoked: since then it is good no longer. Null if it was not." })
  revokedAt!: Date | null;
}
