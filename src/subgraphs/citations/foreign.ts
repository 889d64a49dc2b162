import { Directive, Field, ObjectType } from "type-graphql";
import { Node } from "../../federation/node";
import { Reference } from "./reference";

/** Owned by benchmarks. */
@ObjectType({ implements: Node })
@Directive('@key(fields: "id")')
export class Domain extends Node {}

/** Owned by benchmarks. */
@ObjectType({ implements: Node })
@Directive('@key(fields: "id")')
export class Benchmark extends Node {}

/** Owned by models. */
@ObjectType({ implements: Node })
@Directive('@key(fields: "id")')
export class Model extends Node {
  @Field(() => [Reference])
  @Directive("@external")
  citedReferences!: Reference[];
}
