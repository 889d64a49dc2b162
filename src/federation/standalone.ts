import { buildSubgraphSchema } from "@apollo/subgraph";
import { addResolversToSchema } from "@graphql-tools/schema";
import { isObjectType, parse, type GraphQLSchema } from "graphql";
import { askAgain } from "./ask-again";
import type { Context } from "./context";
import { resolveReference, withRequired, type Entity } from "./entity";
import { requirement } from "./requirement";
import { resolverMap } from "./resolver-map";
import type { BuiltSubgraph } from "./subgraph";

type Representation = Readonly<Record<string, unknown>>;

/** The names of the fields that any `@requires` of a type asks for: the only ones that a representation may bring besides its key. */
function requiredNames(schema: GraphQLSchema, typeName: string): readonly string[] {
  const type = schema.getType(typeName);
  const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
  return [...new Set(fields.flatMap((field) => requirement(field) ?? []).map((node) => node.name.value))];
}

function referenceResolver(entity: Entity, names: readonly string[]) {
  return async (representation: Representation, context: Context): Promise<object | null> => {
    const found = await askAgain(context, () => resolveReference(entity, representation, context));
    const brought = names.filter((name) => Object.hasOwn(representation, name));
    // On an object of its own in any case: Apollo's library writes the name of the type on what it gets.
    return found && withRequired(found, Object.fromEntries(brought.map((name) => [name, representation[name]])));
  };
}

/** The executable schema of a subgraph that is served alone, with `_service` and `_entities`, for a gateway to use. */
export function standalone({ schema, sdl, entities }: BuiltSubgraph): GraphQLSchema {
  const references = Object.fromEntries(
    Object.entries(entities).map(([name, entity]) => [
      name,
      { __resolveReference: referenceResolver(entity, requiredNames(schema, name)) },
    ]),
  );
  // Not all resolvers at once: buildSubgraphSchema leaves default values of enums as names where resolvers expect inner values.
  return addResolversToSchema({
    schema: buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: references as never }),
    resolvers: resolverMap(schema),
  });
}
