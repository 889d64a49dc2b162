import type { ServerResponse } from "node:http";
import { finished } from "node:stream";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { RequestMetrics } from "./metrics/request-metrics";
import { logAnswered } from "./logger";
import { noteCodes, noteOf, operationName } from "./request-note";

/** The status that is noted of a request whose client has gone before it was answered. */
const GONE = 499;

/** Notes the errors in what is sent, if it is told of errors outside of operations. */
export function noteErrors(request: object, payload: unknown): void {
  const errors = (payload as { errors?: unknown } | null)?.errors;
  if (Array.isArray(errors)) noteCodes(request, errors as object[]);
}

/** A request that has ended. */
interface Ended {
  /** What its note is of. */
  readonly request: object;
  readonly log: FastifyBaseLogger;
  /** Its id, where `log` has none of it. */
  readonly reqId?: string;
  readonly method: string;
  /** As the server knows it; null if there is none. */
  readonly route: string | null;
  readonly milliseconds: number;
  readonly response: ServerResponse;
}

/** Counts a request and writes its line to the log. */
export function observeEnded(
  { request, log, reqId, method, route, milliseconds, response }: Ended,
  metrics: RequestMetrics | undefined,
): void {
  const { asked, viewer, codes } = noteOf(request);
  const answered = {
    ...{ method, route, status: response.writableFinished ? response.statusCode : GONE, seconds: milliseconds / 1000 },
    ...(asked && { operation: { name: operationName(asked) } }),
    ...(codes && { codes }),
  };
  metrics?.observe(answered);
  logAnswered(log, { ...answered, account: viewer?.accountPk }, reqId);
}

/** Writes a line to the log of each request once it is answered, or its client has gone, and counts it. */
export function addObserving(server: FastifyInstance, metrics: RequestMetrics | undefined): void {
  server.addHook("onRequest", async (request, reply) => {
    const end = metrics?.begin(request.routeOptions.url ?? null);
    finished(reply.raw, () => {
      end?.();
      const { log, method, routeOptions } = request;
      observeEnded(
        { request, log, method, route: routeOptions.url ?? null, milliseconds: reply.elapsedTime, response: reply.raw },
        metrics,
      );
    });
  });
  server.addHook("preSerialization", async (request, _reply, payload) => {
    noteErrors(request, payload);
    return payload;
  });
}
