import { isAbstractType, type GraphQLAbstractType, type GraphQLTypeResolver } from "graphql";
import type { Context } from "../context";
import type { BuiltSubgraph } from "../subgraph";
import { placeOf, type Places } from "./places";

type ResolveType = GraphQLTypeResolver<object, Context>;

/** How the joined schema tells the type of a value: by its class if it is an entity, else as the first subgraph does that can. */
export function joinAbstract(typeName: string, subgraphs: readonly BuiltSubgraph[], places: Places): ResolveType {
  const candidates = subgraphs.flatMap(({ schema }) => {
    const type = schema.getType(typeName);
    return isAbstractType(type) && type.resolveType
      ? [{ type: type as GraphQLAbstractType, resolve: type.resolveType as ResolveType }]
      : [];
  });
  return (value, context, info, type) => {
    const place = placeOf(places, value);
    if (place) return place.typeName;
    for (const candidate of candidates.slice(0, -1)) {
      try {
        return candidate.resolve(value, context, info, candidate.type);
      } catch {
        // Not a class of that subgraph: type-graphql says so by throwing. The last one's refusal is the field's error.
      }
    }
    return candidates.at(-1)?.resolve(value, context, info, type);
  };
}
