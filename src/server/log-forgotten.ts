import type { FastifyBaseLogger } from "fastify";

/**
 * Writes to the log what failed while nobody waited for it, instead of ending the process as Node does. When one part of an answer fails,
 * graphql-js forgets other parts that are still promised; no client may end the server by a query in which both fail. Returns a function
 * that takes this back.
 */
export function logForgotten(log: Pick<FastifyBaseLogger, "warn">): () => void {
  const listen = (error: unknown) => log.warn({ err: error }, "Something failed that nobody waited for.");
  process.on("unhandledRejection", listen);
  return () => void process.off("unhandledRejection", listen);
}
