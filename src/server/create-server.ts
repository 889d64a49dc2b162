import { randomUUID } from "node:crypto";
import { fastify, type FastifyBaseLogger, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Board } from "../board/board";
import { View } from "../board/view";
import type { Viewer } from "../board/viewer";
import type { Config } from "../config";
import { ExpectedError, invariant } from "../errors";
import type { Database } from "../federation/context";
import { baseUrl } from "./base-url";
import { errorAnswer, maskedMessage } from "./error-answer";
import { addGraphql } from "./graphql-route";
import { addHealth } from "./health-routes";
import { addLive } from "./live/add-live";
import type { LiveCounts } from "./live/counts";
import type { LiveLimits } from "./live/limits";
import { upgradingAt } from "./live/upgrading-at";
import { addPages, findPages } from "./page-routes";
import { readJson } from "./read-json";
import { RequestContext } from "./request-context";
import { addSamples } from "./sample-routes";
import { type Boards, chooseBoard } from "./sealed-headers";
import { startApollo } from "./start-apollo";
import { createAuthenticate } from "./viewer/authenticate";
import { isUnauthenticated, refuseUnauthenticated } from "./viewer/refuse-unauthenticated";

/** Largest body of a request, in bytes. */
const BODY_LIMIT = 256 * 1024;

/** Longest time for a request to arrive whole. */
const REQUEST_TIMEOUT_MILLISECONDS = 30_000;

/** A schema that is served. */
export interface Endpoint {
  /** Where: `/graphql`, or `/graphql/scores` for a subgraph that is served alone. */
  readonly path: string;
  readonly schema: GraphQLSchema;
  /** True for a subgraph, which a gateway asks: answers tell it their revision. Default false. */
  readonly isForGateway?: boolean;
}

export interface ServerOptions extends Boards {
  /** At most one of them has subscriptions. */
  readonly endpoints: readonly Endpoint[];
  /** The API in SDL, with descriptions: what `/schema.graphql` shows, beside the pages. Default: neither is served. */
  readonly api?: string;
  readonly config: Pick<Config, "host" | "port"> & Partial<Pick<Config, "oidc">>;
  readonly dataSource: Database;
  /** Calls a listener with each newer board, until what is given back is called: subscribers are told of them. Default: there is never one. */
  readonly onNewer?: (listener: (board: Board) => void) => () => void;
  /** Other limits of subscribers than `LIVE_LIMITS`. */
  readonly liveLimits?: Partial<LiveLimits>;
  /** Where subscribers are counted, for health and metrics. Default: nowhere that can be seen. */
  readonly liveCounts?: LiveCounts;
  readonly logger: FastifyBaseLogger;
  /** Folder of the built pages; null serves none. Default: where `npm run build` puts them. */
  readonly pages?: string | null;
}

/** Says what went wrong outside of any operation, such as a body that is too large. */
function answerFailure(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  if (isUnauthenticated(error)) return refuseUnauthenticated(error, reply);
  if (error instanceof ExpectedError && error.code === "UNAVAILABLE")
    return void reply.code(503).send(errorAnswer(error.code, error.message));
  const status = error instanceof ExpectedError ? 400 : (error.statusCode ?? 500);
  if (status < 500) {
    void reply.code(status).send(errorAnswer(status === 413 ? "TOO_MANY" : "BAD_REQUEST", error.message));
    return;
  }
  request.log.error({ err: error }, "A request failed.");
  void reply.code(500).send(errorAnswer("INTERNAL_SERVER_ERROR", maskedMessage(request.id)));
}

/** Ends the connections of requests that were still running when the server began to close: kept alive, they would hold it open. */
function closeFinished(server: FastifyInstance): void {
  let isClosing = false;
  server.addHook("preClose", async () => void (isClosing = true));
  server.addHook("onSend", async (_request, reply) => {
    if (isClosing) void reply.header("connection", "close");
  });
}

/**
 * Makes the HTTP server: GraphQL, health and samples, and beside the API its schema and the pages. Not listening yet; `close` lets running requests finish, answers
 * new ones with 503 and closes idle connections.
 */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { endpoints, api, config, dataSource, board, atLeast, recent, logger, pages = findPages() } = options;
  const live = endpoints.filter(({ schema }) => schema.getSubscriptionType());
  invariant(live.length <= 1, "one endpoint of a server has subscriptions");
  const server = fastify({
    loggerInstance: logger,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MILLISECONDS,
    forceCloseConnections: "idle",
    genReqId: () => randomUUID(),
    frameworkErrors: answerFailure,
    http: { IncomingMessage: upgradingAt(live.map(({ path }) => path)) },
  });
  server.setErrorHandler(answerFailure);
  server.setNotFoundHandler((_request, reply) => reply.code(404).send(errorAnswer("NOT_FOUND", "There is nothing here.")));
  server.addHook("onRequest", async (request, reply) => {
    void reply.header("x-request-id", request.id).header("x-content-type-options", "nosniff");
  });
  closeFinished(server);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "buffer" }, async (_request: FastifyRequest, body: Buffer) => readJson(body));

  const { authenticate, settled } = createAuthenticate({ dataSource, oidc: config.oidc ?? null, atLeast, logger });
  server.addHook("onClose", settled);
  const seenBy = (viewer: Viewer, about: Board) => ({
    view: new View(about, viewer, recent),
    viewAt: atLeast && (async (revision: number) => new View(await atLeast(revision), viewer, recent)),
  });
  for (const { path, schema, isForGateway = false } of endpoints) {
    const { apolloFor, stop } = await startApollo(schema, logger);
    server.addHook("onClose", stop);
    const answerEvents = schema.getSubscriptionType()
      ? addLive(server, {
          ...{ schema, config, logger, board, onNewer: options.onNewer, limits: options.liveLimits, counts: options.liveCounts },
          authenticate,
          createContext: ({ board: about = board(), viewer, request, ...rest }) =>
            new RequestContext({ view: new View(about, viewer, recent), dataSource, ...rest }, request),
        })
      : null;
    addGraphql(
      server,
      apolloFor,
      async (request, viewer, signal) => {
        const { board: about, isPinned } = await chooseBoard(request.headers, viewer, options);
        const asked = { dataSource, baseUrl: baseUrl(request, config), signal, isPinned };
        return new RequestContext({ ...seenBy(viewer, about), ...asked }, request);
      },
      { path, isForGateway, authenticate, answerEvents },
    );
  }
  addHealth(server, dataSource, () => new View(board(), null).revision);
  addSamples(server, dataSource);
  if (api !== undefined) {
    server.get("/schema.graphql", (_request, reply) => reply.type("text/plain; charset=utf-8").send(api));
    await addPages(server, pages);
  }
  return server;
}
