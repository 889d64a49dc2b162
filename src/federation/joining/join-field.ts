import {
  defaultFieldResolver,
  getNamedType,
  isAbstractType,
  isObjectType,
  type FieldNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
} from "graphql";
import { invariant } from "../../errors";
import type { Context } from "../context";
import { stub, withRequired } from "../entity";
import { after } from "../promised";
import { requirement } from "../requirement";
import type { BuiltSubgraph } from "../subgraph";
import { exchange } from "./exchange";
import { placeOf, type Place, type Places } from "./places";
import { readRequired } from "./read-required";

type Resolve = GraphQLFieldResolver<object, Context>;

/** One subgraph's answer to a field. */
export interface Provider {
  readonly subgraph: BuiltSubgraph;
  /** Where the field's own type stands in that subgraph; undefined if it is no entity. */
  readonly place: Place | undefined;
  readonly field: GraphQLField<object, Context>;
}

/** The parent as the provider's subgraph knows it; null if that says there is none. */
function rootFor({ entity }: Place, parent: object, context: Context): object | null | Promise<object | null> {
  if (parent instanceof entity.type) return parent;
  if (entity.isOwned) return null; // A reference that its owner did not know: see exchange.
  const { id } = parent as { id: string };
  return entity.load ? entity.load(id, context) : stub(entity, id);
}

/** Reads what a field requires and hands it over on the parent. */
function requiring(inner: Resolve, place: Place, required: readonly FieldNode[]): Resolve {
  return (parent, args, context, info) =>
    after(rootFor(place, parent, context), (root) => {
      if (root === null) return null;
      const type = info.schema.getType(place.typeName) as GraphQLObjectType;
      return after(readRequired(type, parent, required, context, info), (values) => inner(withRequired(root, values), args, context, info));
    });
}

/** Calls a resolver with the parent as its own subgraph knows it. */
function rooted(inner: Resolve, place: Place): Resolve {
  const { type } = place.entity;
  return (parent, args, context, info) =>
    parent instanceof type
      ? inner(parent, args, context, info)
      : after(rootFor(place, parent, context), (root) => root && (inner(root, args, context, info) as unknown));
}

/** True if a subgraph's field can give an entity that another subgraph owns. */
function mayBeForeign({ subgraph, field }: Provider): boolean {
  const named = getNamedType(field.type);
  const types = isAbstractType(named) ? subgraph.schema.getPossibleTypes(named) : isObjectType(named) ? [named] : [];
  return types.some(({ name }) => subgraph.entities[name]?.isOwned === false);
}

function resolverOf(provider: Provider, places: Places): Resolve {
  const { place, field } = provider;
  const required = requirement(field as GraphQLField<unknown, unknown>);
  const own: Resolve = field.resolve ?? defaultFieldResolver;
  invariant(place || !required, `${field.name} requires other fields but its type is no entity.`);
  const inner = place ? (required ? requiring(own, place, required) : rooted(own, place)) : own;
  if (!mayBeForeign(provider)) return inner;
  return (parent, args, context, info) => exchange(places, inner(parent, args, context, info), context, info);
}

/** True if whatever object stands there holds the answer as a property, so that no resolver is needed. */
const isProperty = (providers: readonly Provider[]): boolean =>
  providers.every((provider) => !provider.field.resolve && !mayBeForeign(provider)) &&
  (!providers[0].place || providers.some(({ place }) => place?.entity.isOwned));

/**
 * The joined resolver of a field out of those of the subgraphs that answer it; undefined where the plain property is the answer.
 * Fields of entities may be answered by several: the class of the parent tells which. Of what is no entity they may all just hold it,
 * but not compute it twice: that throws.
 */
export function joinField(typeName: string, providers: readonly Provider[], places: Places): Resolve | undefined {
  if (isProperty(providers)) return undefined;
  const [first] = providers;
  if (providers.length === 1) return resolverOf(first, places);
  if (!first.place) {
    const computed = providers.some(({ field }) => field.resolve);
    invariant(
      !computed,
      `${typeName}.${first.field.name} is computed in two subgraphs: ${providers.map((p) => p.subgraph.name).join(", ")}.`,
    );
    return resolverOf(providers.find(mayBeForeign) ?? first, places);
  }
  const resolvers = new Map(providers.map((provider) => [provider.subgraph.name, resolverOf(provider, places)]));
  const owner = providers.find(({ place }) => place?.entity.isOwned) ?? first;
  const otherwise = resolverOf(owner, places);
  return (parent, args, context, info) => {
    const place = placeOf(places, parent);
    const resolve = (place && resolvers.get(place.subgraph)) ?? otherwise;
    return resolve(parent, args, context, info);
  };
}
