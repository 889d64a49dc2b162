import { type DocumentNode, Kind, print } from "graphql";
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

/** One of the fields that a request asks for: by the name that it has in the answer. */
interface Asked {
  readonly key: string;
  /** How many entities it asks for; null if it is not `_entities`. */
  readonly entities: number | null;
}

const texts = new WeakMap<DocumentNode, string>();

/** The text of a document. Plans are kept, and so are their texts. */
export function textOf(document: DocumentNode): string {
  const text = texts.get(document) ?? print(document);
  texts.set(document, text);
  return text;
}

/** The fields that a request asks for. */
export function askedFields({ document, variables }: SubgraphRequest): Asked[] {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return (operation?.selectionSet.selections ?? []).flatMap((node) => {
    if (node.kind !== Kind.FIELD) return [];
    const given = node.name.value === "_entities" ? node.arguments?.[0]?.value : undefined;
    const of = given?.kind === Kind.VARIABLE ? variables?.[given.name.value] : undefined;
    return [{ key: node.alias?.value ?? node.name.value, entities: Array.isArray(of) ? of.length : null }];
  });
}

/** Where the answer to a request has a hole if there is none: each entity that it asks for, or each field. */
export const holesOf = (request: SubgraphRequest): (string | number)[][] =>
  askedFields(request).flatMap(({ key, entities }) =>
    entities === null ? [[key]] : Array.from({ length: entities }, (_, index) => [key, index]),
  );
