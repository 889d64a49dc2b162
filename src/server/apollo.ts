import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloServerPluginInlineTrace } from "@apollo/server/plugin/inlineTrace";
import type { FastifyBaseLogger } from "fastify";
import type { GraphQLSchema } from "graphql";
import { createExecutor } from "../federation/execution/executor";
import { createWriter, type Writer } from "../federation/execution/writer";
import { executing } from "./executing";
import { checkedStore } from "./limits/checked-store";
import type { Gate } from "./limits/gate";
import { limiting } from "./limits/limiting";
import { logUnexpected, maskUnexpected, withoutSuggestions } from "./mask-errors";
import { nameRevision } from "./name-revision";
import type { RequestContext } from "./request-context";
import { stringifyResult, WrittenData } from "./written-data";

export interface ApolloOptions {
  /** What lets operations in. */
  readonly gate: Gate;
  /** True if answers carry a trace where a header asks for one; that wraps every field, once and for good. Default: false. */
  readonly isTracing?: boolean;
  /** Executes what can be planned. Default: one that nobody counts for. */
  readonly write?: Writer;
}

/** Data that a plan wrote go to the answer as they are. */
const asWritten = (text: string): Record<string, unknown> => new WrittenData(text) as unknown as Record<string, unknown>;

/** The GraphQL side of the server. Not started. */
export const createApollo = (
  schema: GraphQLSchema,
  logger: FastifyBaseLogger,
  { gate, isTracing = false, write }: ApolloOptions,
): ApolloServer<RequestContext> =>
  new ApolloServer<RequestContext>({
    // Traces are of what graphql-js resolves: a plan would leave nothing to tell.
    gateway: executing(schema, createExecutor(schema, isTracing ? () => null : (write ?? createWriter(schema)), asWritten)),
    documentStore: checkedStore(gate.documents),
    parseOptions: { maxTokens: gate.options.limits.tokens },
    logger,
    introspection: gate.options.introspection ?? true,
    stringifyResult,
    includeStacktraceInErrorResponses: false,
    // Our own rule stands in cross-site.ts: Apollo's asks programs for headers that only browsers need.
    csrfPrevention: false,
    allowBatchedHttpRequests: false,
    // Texts of queries that clients have sent once, and name by their hashes after that; bounded in bytes by Apollo's own cache.
    persistedQueries: {},
    stopOnTerminationSignals: false,
    formatError: gate.options.introspection === false ? withoutSuggestions : maskUnexpected,
    plugins: [
      logUnexpected,
      nameRevision,
      limiting,
      // It wraps every field, at 1.6 times the time of a query.
      ApolloServerPluginCacheControlDisabled(),
      isTracing ? ApolloServerPluginInlineTrace() : ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
