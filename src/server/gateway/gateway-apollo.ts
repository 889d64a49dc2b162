import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { FastifyBaseLogger } from "fastify";
import type { GraphQLError } from "graphql";
import { logUnexpected, maskUnexpected, withoutSuggestions } from "../mask-errors";
import { checkedStore } from "../limits/checked-store";
import type { CheckedDocuments } from "../limits/checked-documents";
import { limiting } from "../limits/limiting";
import { refusalError } from "../limits/refusal-error";
import { stringifyResult } from "../written-data";
import { answerOperation } from "./answer-operation";
import type { GatewayContext } from "./gateway-context";
import type { Graph } from "./graph";

/** Names in each answer the revision that the subgraphs answered from (§9). */
const nameRevision: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    async didResolveSource({ contextValue }) {
      contextValue.progress.isOperation = true;
    },
    async willSendResponse({ response: { body }, contextValue: { pinned } }) {
      if (body.kind === "single" && pinned.shown !== null)
        body.singleResult.extensions = { ...body.singleResult.extensions, revision: pinned.shown };
    },
  }),
};

/** The graph that is served now, and who is to be told of a newer one. */
export interface ServedGraph {
  current: Graph;
  readonly listeners: Set<(graph: Graph) => void>;
}

/** The GraphQL side of the gateway: reads, checks and answers operations, in the same words as the joined server. Not started. */
export const createGatewayApollo = (
  served: ServedGraph,
  { introspection, ...documents }: Pick<CheckedDocuments, "documentOf"> & { readonly introspection: boolean },
  logger: FastifyBaseLogger,
): ApolloServer<GatewayContext> =>
  new ApolloServer<GatewayContext>({
    gateway: {
      onSchemaLoadOrUpdate(callback) {
        const tell = ({ schema, supergraph }: Graph) => callback({ apiSchema: schema, coreSupergraphSdl: supergraph });
        tell(served.current);
        served.listeners.add(tell);
        return () => void served.listeners.delete(tell);
      },
      load: async () => ({
        executor: async ({ document, operation, request, context }) => {
          const { work, progress } = context as GatewayContext;
          if (work?.late) return { errors: [refusalError(work.late) as GraphQLError] };
          if (progress.answered) return progress.answered;
          const answering = answerOperation(served.current, {
            ...{ document, context: context as GatewayContext },
            ...{ operationName: request.operationName, variables: request.variables },
          });
          if (!work || operation?.operation !== "query") return answering;
          return work.within(answering, (error) => ({ errors: [refusalError(error) as GraphQLError] }));
        },
      }),
      stop: async () => undefined,
    },
    documentStore: checkedStore(documents),
    logger,
    introspection,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    formatError: introspection ? maskUnexpected : withoutSuggestions,
    stringifyResult,
    plugins: [
      logUnexpected as ApolloServerPlugin as ApolloServerPlugin<GatewayContext>,
      nameRevision,
      limiting,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
