import type { GraphiQLProps } from "graphiql";
import { getOperationAST } from "graphql";
import { createClient } from "graphql-sse";

const ADDRESS = "/graphql";

type Send = GraphiQLProps["fetcher"];

/** Sends a query, and the headers of the editor, to the server that this page came from. A subscription has one answer after the other. */
export const send: Send = async (asked, { headers, documentAST } = {}) => {
  const operation = documentAST && getOperationAST(documentAST, asked.operationName);
  if (operation?.operation === "subscription")
    return createClient({ url: ADDRESS, headers }).iterate({ ...asked, operationName: asked.operationName ?? undefined });
  const response = await fetch(ADDRESS, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json, application/json", ...headers },
    body: JSON.stringify(asked),
  });
  return (await response.json()) as object;
};
