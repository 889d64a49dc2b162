import { type DocumentNode, type FieldNode, Kind, print, type SelectionNode } from "graphql";
import type { GatewayContext } from "./gateway-context";

/** One request of a plan to a subgraph. */
export interface SubgraphRequest {
  readonly subgraph: string;
  readonly url: string;
  /** True if it is one of the platform's own: those are told who asks, and of which revision. */
  readonly isOurs: boolean;
  readonly document: DocumentNode;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly kind: "query" | "mutation" | "subscription";
  readonly context: GatewayContext;
}

/** One of the fields that a request asks for. */
interface Asked {
  /** The name that it has in the answer. */
  readonly key: string;
  /** What it asks about; null if it is not `_entities`. */
  readonly entities: readonly { readonly __typename?: string }[] | null;
  readonly selections: readonly SelectionNode[];
  /** True if no condition can leave it out. */
  readonly isCertain: boolean;
}

const texts = new WeakMap<DocumentNode, string>();

/** The text of a document. Plans are kept, and so are their texts. */
export function textOf(document: DocumentNode): string {
  const text = texts.get(document) ?? print(document);
  texts.set(document, text);
  return text;
}

const keyOf = ({ alias, name }: FieldNode): string => alias?.value ?? name.value;

const isUnconditional = ({ directives }: SelectionNode): boolean => !directives?.length;

const askedBelow = (node: FieldNode): Pick<Asked, "selections" | "isCertain"> => ({
  selections: node.selectionSet?.selections ?? [],
  isCertain: isUnconditional(node),
});

/** The fields that a request asks for. */
export function askedFields({ document, variables }: SubgraphRequest): Asked[] {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return (operation?.selectionSet.selections ?? []).flatMap((node) => {
    if (node.kind !== Kind.FIELD) return [];
    const given = node.name.value === "_entities" ? node.arguments?.[0]?.value : undefined;
    const of = given?.kind === Kind.VARIABLE ? variables?.[given.name.value] : undefined;
    return [{ key: keyOf(node), entities: Array.isArray(of) ? of : null, ...askedBelow(node) }];
  });
}

/** The names of the fields of an entity that are asked for. */
function fieldsOf(selections: readonly SelectionNode[], typeName: string | undefined): string[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return node.name.value === "__typename" ? [] : [keyOf(node)];
    if (node.kind !== Kind.INLINE_FRAGMENT) return [];
    const isMeant = node.typeCondition === undefined || node.typeCondition.name.value === typeName;
    return isMeant ? fieldsOf(node.selectionSet.selections, typeName) : [];
  });
}

const certainOf = (selections: readonly SelectionNode[]): SelectionNode[] =>
  selections
    .filter(isUnconditional)
    .map((node) =>
      node.kind === Kind.INLINE_FRAGMENT
        ? { ...node, selectionSet: { ...node.selectionSet, selections: certainOf(node.selectionSet.selections) } }
        : node,
    );

/** The names of the fields that no condition can leave out of an entity. */
export const certainFields = (selections: readonly SelectionNode[], typeName: string | undefined): string[] =>
  fieldsOf(certainOf(selections), typeName);

/** Where the answer to a request has holes if there is none: each field, of each entity that it asks about. */
export const holesOf = (request: SubgraphRequest): (string | number)[][] =>
  askedFields(request).flatMap(({ key, entities, selections }) =>
    entities === null
      ? [[key]]
      : entities.flatMap(({ __typename }, index) => fieldsOf(selections, __typename).map((name) => [key, index, name])),
  );
