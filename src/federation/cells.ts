import { GraphQLList, GraphQLNonNull, isListType, isObjectType, type GraphQLOutputType, type GraphQLSchema } from "graphql";
import { Extensions } from "type-graphql";

const CELLS = "nullableCells";

/**
 * Marks a field of rows of cells, `@Field(() => [[Float]])`, as one whose cells may be null: `[[Float]!]!`. type-graphql can say that of
 * all levels of a nested list or of none.
 */
export const NullableCells = (): PropertyDecorator & MethodDecorator => Extensions({ [CELLS]: true });

/** The type without the non-null of its innermost items. */
function withNullableCells(type: GraphQLOutputType): GraphQLOutputType {
  if (type instanceof GraphQLNonNull) return isListType(type.ofType) ? new GraphQLNonNull(withNullableCells(type.ofType)) : type.ofType;
  return isListType(type) ? new GraphQLList(withNullableCells(type.ofType)) : type;
}

/** Gives the marked fields of a schema their type. */
export function allowNullableCells(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap()))
    for (const field of isObjectType(type) ? Object.values(type.getFields()) : [])
      if (field.extensions[CELLS]) field.type = withNullableCells(field.type);
}
