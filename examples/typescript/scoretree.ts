import { initGraphQLTada, type TadaDocumentNode } from "gql.tada";
import { print } from "graphql";
// Made by `gql.tada generate-output` from `/schema.graphql` of a server, or schema/api.graphql.
import type { introspection } from "../../web/graph/graphql-env";

/** Makes a document whose answer and variables are typed by the schema: a field that there is not is a fault of the program, not of its run. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { DateTime: string; URL: string };
}>();

interface Fault {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}

/** What the server refuses. `code` is stable: `BAD_USER_INPUT`, `NOT_FOUND`, … */
export class ScoretreeError extends Error {
  readonly code: string | undefined;

  constructor(readonly errors: readonly Fault[]) {
    super(errors.map(({ message }) => message).join("; "));
    this.name = "ScoretreeError";
    this.code = errors[0]?.extensions?.code;
  }
}

/** One page of a list, as connections give it. */
interface Page<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly Fault[];
}

/** A server. `url`: where it is, without a path. `key`: an API key, for what only its account sees. Default: none. */
export function openScoretree(url: string, key?: string) {
  const headers = { "content-type": "application/json", ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) };

  /** The answer to a query. Throws a ScoretreeError if a part of it could not be answered. */
  async function ask<Data, Variables extends object>(query: TadaDocumentNode<Data, Variables>, variables: Variables): Promise<Data> {
    const body = JSON.stringify({ query: print(query), variables });
    const response = await fetch(new URL("/graphql", url), { method: "POST", headers, body, redirect: "error" });
    const { data, errors } = (await response.json()) as Answer<Data>;
    if (errors) throw new ScoretreeError(errors);
    return data!;
  }

  /** All rows of a list, page after page, all of the revision that the first page was. `pageOf` finds the list in an answer. */
  async function* rows<Data, Variables extends { after?: string | null }, Row>(
    query: TadaDocumentNode<Data, Variables>,
    variables: Omit<Variables, "after">,
    pageOf: (data: Data) => Page<Row>,
  ): AsyncGenerator<Row> {
    for (let after: string | null = null, hasNextPage = true; hasNextPage;) {
      const page: Page<Row> = pageOf(await ask(query, { ...variables, after } as Variables));
      yield* page.nodes;
      ({ hasNextPage, endCursor: after } = page.pageInfo);
    }
  }

  return { ask, rows };
}
