import type { ApolloServerPlugin } from "@apollo/server";
import type { DocumentNode } from "graphql";
import type { RequestContext } from "./request-context";

/** Fields whose value is of one request: what holds them is kept for no other. */
const OF_REQUEST = /\brateLimit\b/;

/** True if an answer to a document may hold what is of one request. */
export const isOfRequest = ({ loc }: Pick<DocumentNode, "loc">): boolean => OF_REQUEST.test(loc?.source.body ?? "");

/** Names in each answer the revision that it was computed from (§9): `extensions.revision`. */
export const nameRevision: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    async didResolveSource({ contextValue }) {
      contextValue.progress.isOperation = true;
    },
    async didResolveOperation({ operation, contextValue }) {
      contextValue.progress.isMutation = operation?.operation === "mutation";
    },
    async willSendResponse({ response: { body }, operation, document, contextValue }) {
      if (body.kind !== "single") return;
      contextValue.progress.isWhole =
        operation?.operation === "query" && !body.singleResult.errors && body.singleResult.data != null && !isOfRequest(document ?? {});
      body.singleResult.extensions = { ...body.singleResult.extensions, revision: contextValue.view.revision };
    },
  }),
};
