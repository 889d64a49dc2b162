import { Directive, ObjectType } from "type-graphql";
import { Node } from "../../federation/node";

/** Owned by citations. */
@ObjectType({ implements: Node })
@Directive('@key(fields: "id")')
export class Reference extends Node {}
