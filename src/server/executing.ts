import type { ApolloServerOptionsWithGateway, BaseContext } from "@apollo/server";
import type { GraphQLError, GraphQLSchema } from "graphql";
import { createExecutor, type Executor } from "../federation/execution/executor";
import { refusalError } from "./limits/refusal-error";
import type { RequestContext } from "./request-context";
import { spannedOperation } from "./tracing/spanned-operation";

/** Lets Apollo Server execute by an executor of ours: what it has for that is made for gateways. */
export const executing = (
  schema: GraphQLSchema,
  executor: Executor,
  interpreter: Executor = createExecutor(schema, () => null),
): ApolloServerOptionsWithGateway<BaseContext>["gateway"] => ({
  onSchemaLoadOrUpdate(callback) {
    callback({ apiSchema: schema, coreSupergraphSdl: "" });
    return () => undefined;
  },
  load: async () => ({
    executor: async ({ document, context, operation, request: { variables, operationName } }) => {
      const { work, progress } = context as RequestContext;
      if (work?.late) return { errors: [refusalError(work.late) as GraphQLError] };
      const execution = { document, contextValue: context, variableValues: variables, operationName };
      const executing = spannedOperation(document, operationName, () => (progress.isUnplanned ? interpreter : executor)(execution));
      // Half a mutation is none: what it does in the database is bounded there.
      if (!work || operation?.operation !== "query") return executing;
      return work.within(executing, (error) => ({ errors: [refusalError(error) as GraphQLError] }));
    },
  }),
  stop: async () => undefined,
});
