import { type ApolloServer, HeaderMap } from "@apollo/server";
import { invariant } from "../errors";
import type { Asking } from "./asking";

/** An answer, whole. */
export interface Answered {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

const headersOf = ({ headers }: Asking): HeaderMap =>
  new HeaderMap(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")] as const));

/** Has a request answered as the GraphQL-over-HTTP specification says. */
export async function askApollo<Context extends { readonly progress: { readonly isOperation: boolean } }>(
  apollo: ApolloServer<Context>,
  request: Asking,
  context: Context,
): Promise<Answered> {
  const { method, body, url } = request;
  const search = url.includes("?") ? url.slice(url.indexOf("?")) : "";
  const response = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method, headers: headersOf(request), search, body },
    context: async () => context,
  });
  invariant(response.body.kind === "complete", "an answer in parts was made, but nothing offers @defer.");
  // Old clients take any other status for a failure of transport, so where application/json is spoken, an operation that was read
  // answers 200, whatever errors it names. In application/graphql-response+json the status tells.
  const isLenient = response.status === 400 && response.headers.get("content-type")?.startsWith("application/json");
  const status = isLenient && context.progress.isOperation ? 200 : (response.status ?? 200);
  return { status, headers: response.headers, text: response.body.string };
}
