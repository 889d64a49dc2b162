import { Directive, Field, ObjectType } from "type-graphql";
import { Node } from "../../federation/node";

/** What everybody may know of an account that owns a model that they see (§10). */
@ObjectType({ implements: Node, description: "Who contributed models, by the name that they show." })
@Directive('@key(fields: "id")')
export class Contributor extends Node {
  @Field({ description: "Name for people." })
  displayName!: string;
}
