import type { ApolloServerOptionsWithGateway, BaseContext } from "@apollo/server";
import type { GraphQLError, GraphQLSchema } from "graphql";
import type { Executor } from "../federation/execution/executor";
import { refusalError } from "./limits/refusal-error";
import type { RequestContext } from "./request-context";

/** Lets Apollo Server execute by an executor of ours: what it has for that is made for gateways. */
export const executing = (schema: GraphQLSchema, executor: Executor): ApolloServerOptionsWithGateway<BaseContext>["gateway"] => ({
  onSchemaLoadOrUpdate(callback) {
    callback({ apiSchema: schema, coreSupergraphSdl: "" });
    return () => undefined;
  },
  load: async () => ({
    executor: async ({ document, context, operation, request: { variables, operationName } }) => {
      const executing = executor({ document, contextValue: context, variableValues: variables, operationName });
      const { work } = context as RequestContext;
      // Half a mutation is none: what it does in the database is bounded there.
      if (!work || operation?.operation !== "query") return executing;
      return work.within(executing, (error) => ({ errors: [refusalError(error) as GraphQLError] }));
    },
  }),
  stop: async () => undefined,
});
