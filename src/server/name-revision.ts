import type { ApolloServerPlugin } from "@apollo/server";
import type { RequestContext } from "./request-context";

/** Names in each answer the revision that it was computed from (§9): `extensions.revision`. */
export const nameRevision: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    async didResolveSource({ contextValue }) {
      contextValue.progress.isOperation = true;
    },
    async didResolveOperation({ operation, contextValue }) {
      contextValue.progress.isMutation = operation?.operation === "mutation";
    },
    async willSendResponse({ response: { body }, contextValue }) {
      if (body.kind !== "single") return;
      body.singleResult.extensions = { ...body.singleResult.extensions, revision: contextValue.view.revision };
    },
  }),
};
