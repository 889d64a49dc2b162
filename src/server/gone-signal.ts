import type { FastifyReply } from "fastify";

/** Tells when the client has gone before it was answered. */
export function goneSignal({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once("close", () => raw.writableFinished || controller.abort());
  return controller.signal;
}
