import {
  defaultFieldResolver,
  getArgumentValues,
  getNamedType,
  isLeafType,
  isObjectType,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
} from "graphql";
import { invariant } from "../../errors";
import type { Context } from "../context";
import { after, isPromise } from "../promised";

type Values = Record<string, unknown>;

/** What was asked of one required value: leaves as they would travel to a subgraph, objects by their required fields. */
function shape(value: unknown, type: GraphQLOutputType, node: FieldNode, context: Context, info: GraphQLResolveInfo): unknown {
  if (value == null) return null;
  if (value instanceof Error) throw value;
  if (Array.isArray(value)) {
    const elements = value.map((element) => after(element, (known) => shape(known, type, node, context, info)));
    return elements.some(isPromise) ? Promise.all(elements) : elements;
  }
  const named = getNamedType(type);
  if (isLeafType(named)) return named.serialize(value);
  invariant(isObjectType(named) && node.selectionSet, `@requires must select object fields down to leaves: ${node.name.value}.`);
  return readRequired(named, value, node.selectionSet.selections as readonly FieldNode[], context, info);
}

/**
 * Reads the fields that `@requires` names through the joined schema's own resolvers, as a gateway would through the subgraphs'. At once
 * if all of them are.
 */
export function readRequired(
  type: GraphQLObjectType,
  parent: unknown,
  nodes: readonly FieldNode[],
  context: Context,
  info: GraphQLResolveInfo,
): Values | PromiseLike<Values> {
  const values: Values = {};
  const waits: PromiseLike<unknown>[] = [];
  for (const node of nodes) {
    const field = type.getFields()[node.name.value];
    const resolve = field.resolve ?? defaultFieldResolver;
    const asked = { ...info, fieldName: field.name, fieldNodes: [node], returnType: field.type, parentType: type };
    const value = resolve(parent, getArgumentValues(field, node), context, asked) as unknown;
    const kept = after(
      after(value, (known) => shape(known, field.type, node, context, info)),
      (shaped) => (values[field.name] = shaped),
    );
    if (isPromise(kept)) waits.push(kept);
  }
  return waits.length ? Promise.all(waits).then(() => values) : values;
}
