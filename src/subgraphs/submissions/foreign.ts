import { Directive, ObjectType } from "type-graphql";
import { Node } from "../../federation/node";

/** Owned by scores. */
@ObjectType({ implements: Node })
@Directive('@key(fields: "id")')
export class Observation extends Node {}
