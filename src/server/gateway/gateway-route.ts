import { type ApolloServer, HeaderMap } from "@apollo/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Readable } from "node:stream";
import { invariant } from "../../errors";
import { isCrossSite } from "../cross-site";
import { errorAnswer } from "../error-answer";
import { limitBody } from "../limit-body";
import { acceptsEvents } from "../live/accepts-events";
import { askedBy } from "../live/read-asked";
import { refuseUnauthenticated } from "../viewer/refuse-unauthenticated";
import { GatewayContext } from "./gateway-context";
import { EXACT, LEAST } from "./pinned-revision";

/** Largest body of a request that brings a credential, in bytes. The subgraphs check the credential. */
const ACCOUNT_BODY_LIMIT = 8 * 1024 * 1024;

/** Largest body of anybody else's. */
const BODY_LIMIT = 256 * 1024;

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value.join(", ") : value);

/** Tells when the client has gone before it was answered. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once("close", () => raw.writableFinished || controller.abort());
  return controller.signal;
}

/** Answers `/graphql` as the joined server does; `answerEvents` does where events are asked for. */
export function addGatewayRoute(
  server: FastifyInstance,
  apollo: ApolloServer<GatewayContext>,
  answerEvents: (request: FastifyRequest, reply: FastifyReply) => Promise<void>,
): void {
  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (acceptsEvents(request.headers.accept, askedBy(request))) return answerEvents(request, reply);
    const { method, body, url, headers } = request;
    const context = new GatewayContext({
      ...{ request, authorization: headers.authorization, signal: goneSignal(reply) },
      ...{ exact: one(headers[EXACT]), least: one(headers[LEAST]) },
    });
    const response = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        ...{ method, body, search: url.includes("?") ? url.slice(url.indexOf("?")) : "" },
        headers: new HeaderMap(Object.entries(headers).map(([name, value]) => [name, one(value) ?? ""] as const)),
      },
      context: async () => context,
    });
    const { progress, pinned } = context;
    if (progress.refusal) return refuseUnauthenticated(progress.refusal, reply);
    for (const [name, value] of response.headers) reply.header(name, value);
    if (headers.authorization !== undefined) reply.header("cache-control", "private, no-store");
    if (headers[EXACT] !== undefined && pinned.exact !== null) reply.header(EXACT, pinned.exact);
    if (pinned.written !== null) reply.header(LEAST, pinned.written);
    // The same leniency as of the joined server: see graphql-route.ts.
    const isLenient = response.status === 400 && response.headers.get("content-type")?.startsWith("application/json");
    reply.code(isLenient && progress.isOperation ? 200 : (response.status ?? 200));
    invariant(response.body.kind === "complete", "an answer in parts was made, but nothing offers @defer.");
    await reply.send(response.body.string);
  }

  server.route({
    method: ["GET", "POST"],
    url: "/graphql",
    bodyLimit: ACCOUNT_BODY_LIMIT,
    async onRequest(_request, reply) {
      void reply.header("vary", ["accept", "authorization", EXACT, LEAST].join(", "));
    },
    async preParsing({ headers }, _reply, body) {
      return headers.authorization === undefined ? limitBody(body as Readable, BODY_LIMIT, headers["content-length"]) : body;
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
    url: "/graphql",
    handler: (_request, reply) => reply.code(405).header("allow", "GET, POST").send(errorAnswer("BAD_REQUEST", "Use GET or POST.")),
  });
}
