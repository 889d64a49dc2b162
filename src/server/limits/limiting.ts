import type { ApolloServerPlugin } from "@apollo/server";
import { invariant } from "../../errors";
import type { OperationWork } from "./operation-work";
import { refusalError } from "./refusal-error";

/** Holds operations to the limits of their endpoint before they are executed: their texts, and what these ask for. */
export const limiting: ApolloServerPlugin<{ readonly work: OperationWork | null }> = {
  requestDidStart: async () => ({
    async didResolveSource({ source, queryHash, contextValue: { work } }) {
      invariant(work, "what is asked by HTTP is limited");
      work.checked = work.gate.documents.check(source, queryHash);
    },
    async didResolveOperation({ request: { operationName, variables }, contextValue: { work } }) {
      try {
        await work?.begin(operationName, variables);
      } catch (error) {
        throw refusalError(error);
      }
    },
  }),
};
