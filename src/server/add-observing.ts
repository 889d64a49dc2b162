import { finished } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { RequestMetrics } from "./metrics/request-metrics";
import { logAnswered } from "./logger";
import { noteCodes, noteOf, operationName } from "./request-note";

/** The status that is noted of a request whose client has gone before it was answered. */
const GONE = 499;

/** The errors in what is sent, if it is told of errors outside of operations. */
const errorsIn = (payload: unknown): readonly object[] => {
  const errors = (payload as { errors?: unknown } | null)?.errors;
  return Array.isArray(errors) ? (errors as object[]) : [];
};

function observe(request: FastifyRequest, reply: FastifyReply, metrics: RequestMetrics | undefined): void {
  const { asked, viewer, codes } = noteOf(request);
  const answered = {
    ...{ method: request.method, route: request.routeOptions.url ?? null },
    status: reply.raw.writableFinished ? reply.raw.statusCode : GONE,
    seconds: reply.elapsedTime / 1000,
    ...(asked && { operation: { name: operationName(asked) } }),
    ...(codes && { codes }),
  };
  metrics?.observe(answered);
  logAnswered(request.log, { ...answered, account: viewer?.accountPk });
}

/** Writes a line to the log of each request once it is answered, or its client has gone, and counts it. */
export function addObserving(server: FastifyInstance, metrics: RequestMetrics | undefined): void {
  server.addHook("onRequest", async (request, reply) => {
    const end = metrics?.begin(request.routeOptions.url ?? null);
    finished(reply.raw, () => {
      end?.();
      observe(request, reply, metrics);
    });
  });
  server.addHook("preSerialization", async (request, _reply, payload) => {
    noteCodes(request, errorsIn(payload));
    return payload;
  });
}
