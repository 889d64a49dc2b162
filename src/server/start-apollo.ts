import type { ApolloServer } from "@apollo/server";
import { mapSchema } from "@graphql-tools/utils";
import type { FastifyBaseLogger, FastifyRequest } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { ExecutionCounts } from "../federation/execution/counts";
import { createWriter, type Writer } from "../federation/execution/writer";
import { createApollo } from "./apollo";
import type { Gate } from "./limits/gate";
import type { RequestContext } from "./request-context";

type Apollo = ApolloServer<RequestContext>;

/** The GraphQL side of the server, started. */
export interface StartedApollo {
  /** What answers this request. */
  apolloFor(request: Pick<FastifyRequest, "headers">): Apollo | Promise<Apollo>;
  /** Executes what can be planned without it. */
  readonly write: Writer;
  stop(): Promise<void>;
}

/** True for the schema of a subgraph that is served alone. */
const isSubgraph = (schema: GraphQLSchema): boolean => "_service" in (schema.getQueryType()?.getFields() ?? {});

/** By this header a gateway asks a subgraph for a trace: https://www.apollographql.com/docs/federation/metrics. */
export const TRACE_HEADER = "apollo-federation-include-trace";

const asksForTrace = ({ headers }: Pick<FastifyRequest, "headers">): boolean => headers[TRACE_HEADER] === "ftv1";

/**
 * Starts what answers requests. A subgraph's answers carry a trace where a header asks for it. Apollo wraps every field of a schema
 * for good when it traces for the first time, so one header would make all later requests slower: what traces has a copy of
 * the schema, made when it is first asked for.
 */
export async function startApollo(
  schema: GraphQLSchema,
  logger: FastifyBaseLogger,
  { gate, counts }: { readonly gate: Gate; readonly counts?: ExecutionCounts },
): Promise<StartedApollo> {
  const write = createWriter(schema, { counts });
  const apollo = createApollo(schema, logger, { gate, write });
  await apollo.start();
  let tracing: Promise<Apollo> | null = null;
  async function startTracing(): Promise<Apollo> {
    const server = createApollo(mapSchema(schema, {}), logger, { gate, isTracing: true });
    await server.start();
    return server;
  }
  const canTrace = isSubgraph(schema);
  return {
    write,
    apolloFor: (request) => (canTrace && asksForTrace(request) ? (tracing ??= startTracing()) : apollo),
    async stop() {
      await apollo.stop();
      await (await tracing)?.stop();
    },
  };
}
