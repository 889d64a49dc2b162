import type { ApolloServerOptionsWithGateway, BaseContext } from "@apollo/server";
import type { GraphQLSchema } from "graphql";
import type { Executor } from "../federation/execution/executor";

/** Lets Apollo Server execute by an executor of ours: what it has for that is made for gateways. */
export const executing = (schema: GraphQLSchema, executor: Executor): ApolloServerOptionsWithGateway<BaseContext>["gateway"] => ({
  onSchemaLoadOrUpdate(callback) {
    callback({ apiSchema: schema, coreSupergraphSdl: "" });
    return () => undefined;
  },
  load: async () => ({
    executor: async ({ document, context, request: { variables, operationName } }) =>
      executor({ document, contextValue: context, variableValues: variables, operationName }),
  }),
  stop: async () => undefined,
});
