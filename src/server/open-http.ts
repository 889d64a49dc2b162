import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { fastify, LogController, type FastifyBaseLogger, type FastifyError, type FastifyInstance, type FastifyRequest } from "fastify";
import { isOutOfReach } from "../database/is-out-of-reach";
import { ExpectedError } from "../errors";
import { addObserving } from "./add-observing";
import type { Answering, Asking } from "./asking";
import type { RepeatedRequests } from "./answers/repeated-requests";
import { errorAnswer, maskedMessage } from "./error-answer";
import { retryAfter, statusOf } from "./limits/refusal-error";
import { OUT_OF_REACH } from "./mask-errors";
import { upgradingAt } from "./live/upgrading-at";
import { isLeaving } from "./leaving";
import type { RequestMetrics } from "./metrics/request-metrics";
import { readJson } from "./read-json";
import { addBrowsers, type Browsers, tellBrowser } from "./tell-browsers";
import { isUnauthenticated, refuseUnauthenticated } from "./viewer/refuse-unauthenticated";

/** Largest body of a request, in bytes. */
export const BODY_LIMIT = 256 * 1024;

/** How long a connection stays open without a request: longer than usual proxies keep theirs, so that none is closed while one is sent. */
const KEEP_ALIVE_MILLISECONDS = 72_000;

/** Longest time for a request to arrive whole. */
const REQUEST_TIMEOUT_MILLISECONDS = 30_000;

/** Answers a request that is refused before anything is read of it. */
export function answerRefusal(error: ExpectedError, reply: Answering): void {
  const { code, ...details } = error.extensions;
  const seconds = retryAfter(error);
  if (seconds !== null) void reply.header("retry-after", seconds);
  void reply.code(details.limit === "bodyBytes" ? 413 : statusOf(error)).send(errorAnswer(code, error.message, details));
}

/** Says what went wrong outside of any operation, such as a body that is too large. */
export function answerFailure(error: FastifyError, request: Pick<Asking, "id" | "log">, reply: Answering): void {
  if (isUnauthenticated(error)) return refuseUnauthenticated(error, reply);
  if (error instanceof ExpectedError && ["UNAVAILABLE", "RATE_LIMITED", "TOO_MANY"].includes(error.code))
    return answerRefusal(error, reply);
  if (isOutOfReach(error)) {
    request.log.warn({ err: error }, "The database could not be asked.");
    return void reply.code(503).send(errorAnswer("UNAVAILABLE", OUT_OF_REACH));
  }
  const status = error instanceof ExpectedError ? 400 : (error.statusCode ?? 500);
  if (status < 500) {
    void reply.code(status).send(errorAnswer(status === 413 ? "TOO_MANY" : "BAD_REQUEST", error.message));
    return;
  }
  request.log.error({ err: error }, "A request failed.");
  void reply.code(500).send(errorAnswer("INTERNAL_SERVER_ERROR", maskedMessage(request.id)));
}

/**
 * Ends the connections of requests that run when the server leaves: kept alive, they would hold it open, and clients send more over them.
 * Gives back what tells whether connections are to end.
 */
function closeFinished(server: FastifyInstance): () => boolean {
  let isClosing = false;
  const isEnding = () => isClosing || isLeaving(server);
  server.addHook("preClose", async () => void (isClosing = true));
  server.addHook("onSend", async (_request, reply) => {
    if (isEnding()) void reply.header("connection", "close");
  });
  return isEnding;
}

/** What a gateway calls its requests. */
const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The id that a gateway gave to a request, under which it is in the log of both; else a new one. */
function idOf({ headers: { "x-request-id": id } }: Pick<IncomingMessage, "headers">): string {
  return typeof id === "string" && ID.test(id) ? id : randomUUID();
}

export interface HttpOptions {
  /** What answers tell browsers. */
  readonly browsers: Browsers;
  /** Sees each request first. Default: nobody does. */
  readonly repeated?: RepeatedRequests;
  /** Where requests are counted. Default: nowhere. */
  readonly metrics?: RequestMetrics;
  /** True for a subgraph: requests keep the ids that their gateway gave them. Default false. */
  readonly takesIds?: boolean;
}

/**
 * An HTTP server without any route, that reads JSON and says in JSON what went wrong. `socketPaths`: where WebSockets are opened. `close`
 * lets running requests finish and closes idle connections.
 */
export function openHttp(
  logger: FastifyBaseLogger,
  socketPaths: readonly string[],
  { browsers, repeated, metrics, takesIds = false }: HttpOptions,
): FastifyInstance {
  let isEnding = () => false;
  const server = fastify({
    loggerInstance: logger,
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: "idle",
    // What comes over an open connection while others finish is answered: nobody is told to go by a failure.
    return503OnClosing: false,
    // What is told of requests is told in one line, by `addObserving`.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: takesIds ? idOf : () => randomUUID(),
    frameworkErrors(error, request, reply) {
      // No hook sees what has no address.
      tellBrowser(browsers, request, reply);
      answerFailure(error, request, reply);
    },
    serverFactory: (listener) => {
      const options = {
        IncomingMessage: upgradingAt(socketPaths),
        requestTimeout: REQUEST_TIMEOUT_MILLISECONDS,
        keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
      };
      return createServer(options, repeated ? repeated.before(listener, () => isEnding()) : listener);
    },
  });
  server.setErrorHandler(answerFailure);
  server.setNotFoundHandler((_request, reply) => reply.code(404).send(errorAnswer("NOT_FOUND", "There is nothing here.")));
  server.addHook("onRequest", async (request, reply) => void reply.header("x-request-id", request.id));
  addBrowsers(server, browsers);
  addObserving(server, metrics);
  isEnding = closeFinished(server);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "buffer" }, async (_request: FastifyRequest, body: Buffer) => readJson(body));
  return server;
}
