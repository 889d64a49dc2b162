import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Node } from "../../federation/node";

/** Owned by benchmarks. */
@ObjectType({ implements: Node })
@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
export class Domain extends Node {
  @Field(() => String)
  slug!: string;

  @Field(() => String, { nullable: true })
  @Directive("@external")
  usage!: string | null;
}

/** Owned by submissions. */
@ObjectType({ implements: Node })
@Directive('@key(fields: "id")')
export class Contributor extends Node {}

/** Owned by submissions. */
@ObjectType()
@Directive('@key(fields: "id")')
export class Account {
  @Field(() => ID)
  id!: string;
}

/** Owned by citations. */
@ObjectType({ implements: Node })
@Directive('@key(fields: "id")')
export class Reference extends Node {}
