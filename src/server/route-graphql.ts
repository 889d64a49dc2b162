import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Readable } from "node:stream";
import { isCrossSite } from "./cross-site";
import { errorAnswer } from "./error-answer";
import { limitBody } from "./limit-body";

/** Largest body of those who may send much, in bytes: 10,000 scores of 800 bytes each fit in. */
const LARGE_BODY_LIMIT = 8 * 1024 * 1024;

export interface GraphqlRoute {
  /** Such as `/graphql`. */
  readonly path: string;
  /** Names of the request headers that answers differ by: what caches keep of an answer is for who sent the same. */
  readonly varying: readonly string[];
  /** Before the body is read; what it throws is the answer. Default: nothing. */
  readonly greet?: (request: FastifyRequest) => Promise<void>;
  /** Largest body of those who may not send much, in bytes. */
  readonly bodyBytes: number;
  /** Who may send bodies of up to 8 MB. */
  readonly maySendMuch: (request: FastifyRequest) => boolean;
  readonly answer: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
}

/** Takes GraphQL requests at a path by GET and POST, with bodies that are not too large, and not from other sites' pages unasked. */
export function routeGraphql(server: FastifyInstance, { path, varying, greet, bodyBytes, maySendMuch, answer }: GraphqlRoute): void {
  const vary = varying.join(", ");
  server.route({
    method: ["GET", "POST"],
    url: path,
    bodyLimit: Math.max(LARGE_BODY_LIMIT, bodyBytes),
    async onRequest(request, reply) {
      void reply.header("vary", vary);
      await greet?.(request);
    },
    async preParsing(request, _reply, body) {
      return maySendMuch(request) ? body : limitBody(body as Readable, bodyBytes, request.headers["content-length"]);
    },
    async preHandler({ headers }, reply) {
      if (!isCrossSite(headers)) return;
      const words = "A browser sent this without asking first. Send JSON as application/json, or set the header apollo-require-preflight.";
      await reply.code(400).send(errorAnswer("CROSS_SITE", words));
    },
    handler: answer,
  });
  server.route({
    method: ["PUT", "PATCH", "DELETE"],
    url: path,
    handler: (_request, reply) => reply.code(405).header("allow", "GET, POST").send(errorAnswer("BAD_REQUEST", "Use GET or POST.")),
  });
}
