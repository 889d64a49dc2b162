import { Directive, Field, ID, ObjectType } from "type-graphql";
import type { Context } from "../../federation/context";
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

/** The domain of an id with the keys that this subgraph knows; null if there is none. */
export function findDomain(id: string, { view }: Context): Domain | null {
  const catalog = view.catalog.domainById(id);
  return catalog && Object.assign(new Domain(), { id, slug: catalog.domain.slug });
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
