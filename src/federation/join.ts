import { makeExecutableSchema } from "@graphql-tools/schema";
import type { IResolvers } from "@graphql-tools/utils";
import {
  isAbstractType,
  isEnumType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  parse,
  type GraphQLField,
  type GraphQLSchema,
} from "graphql";
import { invariant } from "../errors";
import type { Context } from "./context";
import { joinAbstract } from "./joining/join-abstract";
import { joinField, type Provider } from "./joining/join-field";
import { failLater } from "./joining/fail-later";
import { findPlaces, type Places } from "./joining/places";
import { asLasting, isMarkedLasting } from "./lasting";
import { isExternal } from "./requirement";
import type { BuiltSubgraph } from "./subgraph";

type TypeResolvers = Record<string, unknown>;

/** The inner values of an enum. Throws if two subgraphs have different ones: values would change their meaning on the way. */
function joinEnum(typeName: string, subgraphs: readonly BuiltSubgraph[]): TypeResolvers {
  const values: TypeResolvers = {};
  for (const { schema } of subgraphs) {
    const type = schema.getType(typeName);
    for (const { name, value } of isEnumType(type) ? type.getValues() : []) {
      invariant(!(name in values) || values[name] === value, `${typeName}.${name} has two inner values: ${values[name]} and ${value}.`);
      values[name] = value;
    }
  }
  return values;
}

function joinObject(typeName: string, subgraphs: readonly BuiltSubgraph[], places: Places): TypeResolvers {
  const providers = new Map<string, Provider[]>();
  for (const subgraph of subgraphs) {
    const type = subgraph.schema.getType(typeName);
    if (!isObjectType(type)) continue;
    const entity = subgraph.entities[typeName];
    for (const field of Object.values(type.getFields()) as GraphQLField<object, Context>[]) {
      if (isExternal(field as GraphQLField<unknown, unknown>) || (entity && field.name === "id")) continue;
      const found = providers.get(field.name) ?? [];
      providers.set(field.name, [...found, { subgraph, place: entity && places.get(entity.type), field }]);
    }
  }
  const resolvers: TypeResolvers = {};
  for (const [name, found] of providers) {
    const resolve = joinField(typeName, found, places);
    const subscribe = found.find(({ field }) => field.subscribe)?.field.subscribe;
    // In an object each: graphql-tools binds bare functions, and what is known of a function is not known of one that is bound.
    if (subscribe) resolvers[name] = { subscribe, resolve };
    else if (resolve) resolvers[name] = { resolve: found.every(({ field }) => isMarkedLasting(field)) ? asLasting(failLater(resolve)) : failLater(resolve) }; // prettier-ignore
  }
  return resolvers;
}

/**
 * One executable schema out of the subgraphs' own: typed by the composed API's SDL, so that clients see the same schema as behind a
 * gateway, and answered by the subgraphs' resolvers without a planner or HTTP between them. An entity that a subgraph only refers to
 * is exchanged for its owner's as soon as the owner is needed. Throws on what cannot be joined without a doubt.
 */
export function joinSubgraphs(subgraphs: readonly BuiltSubgraph[], api: string): GraphQLSchema {
  const places = findPlaces(subgraphs);
  const resolvers: Record<string, unknown> = {};
  for (const { schema } of subgraphs) {
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith("__") || type.name in resolvers) continue;
      if (isObjectType(type)) resolvers[type.name] = joinObject(type.name, subgraphs, places);
      else if (isAbstractType(type)) resolvers[type.name] = { __resolveType: joinAbstract(type.name, subgraphs, places) };
      else if (isEnumType(type)) resolvers[type.name] = joinEnum(type.name, subgraphs);
      else if (isScalarType(type) && !isSpecifiedScalarType(type)) resolvers[type.name] = type;
    }
  }
  return makeExecutableSchema({
    typeDefs: parse(api),
    resolvers: resolvers as IResolvers<unknown, Context>,
    resolverValidationOptions: { requireResolversToMatchSchema: "ignore" },
  });
}
