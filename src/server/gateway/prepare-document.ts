import {
  type DocumentNode,
  type FieldNode,
  type FloatValueNode,
  getNamedType,
  type GraphQLSchema,
  type IntValueNode,
  isAbstractType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };
const INTROSPECTING = ["__schema", "__type"];

/** A number beyond all doubles has no place in JSON, where it would come to nothing: the last double stands for it. */
function boundNumber<T extends FloatValueNode | IntValueNode>(node: T): T | undefined {
  const value = Number(node.value);
  return Number.isFinite(value) ? undefined : { ...node, kind: Kind.FLOAT, value: String(Math.sign(value) * Number.MAX_VALUE) };
}

/**
 * What is asked of the subgraphs for a document: `__typename` wherever a type is to be told, and nothing about the schema, which the
 * gateway knows itself.
 */
export function prepareDocument(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const info = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(info, {
      [Kind.FLOAT]: boundNumber,
      [Kind.INT]: boundNumber,
      [Kind.FIELD]: {
        enter({ name, alias, directives }) {
          if (!INTROSPECTING.includes(name.value)) return undefined;
          return { ...TYPE_NAME, alias: alias ?? { kind: Kind.NAME, value: name.value }, directives };
        },
        leave(node) {
          const type = info.getType();
          if (!node.selectionSet || !type || !isAbstractType(getNamedType(type))) return undefined;
          return { ...node, selectionSet: { ...node.selectionSet, selections: [TYPE_NAME, ...node.selectionSet.selections] } };
        },
      },
    }),
  );
}
