import { type ApolloServer, HeaderMap } from "@apollo/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { invariant } from "../errors";
import { isCrossSite } from "./cross-site";
import { errorAnswer } from "./error-answer";
import { acceptsEvents } from "./live/accepts-events";
import { askedBy } from "./live/read-asked";
import type { RequestContext } from "./request-context";

const headersOf = ({ headers }: FastifyRequest): HeaderMap =>
  new HeaderMap(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")] as const));

/** Tells when the client has gone before it was answered. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once("close", () => raw.writableFinished || controller.abort());
  return controller.signal;
}

/** Answers `/graphql` by GET and POST, as the GraphQL-over-HTTP specification says; `answerEvents` does where events are asked for. */
export function addGraphql(
  server: FastifyInstance,
  apollo: ApolloServer<RequestContext>,
  createContext: (request: FastifyRequest, signal: AbortSignal) => RequestContext,
  answerEvents: (request: FastifyRequest, reply: FastifyReply) => Promise<void>,
): void {
  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (acceptsEvents(request.headers.accept, askedBy(request))) return answerEvents(request, reply);
    const { method, body, url } = request;
    const search = url.includes("?") ? url.slice(url.indexOf("?")) : "";
    let context: RequestContext | null = null;
    const response = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method, headers: headersOf(request), search, body },
      context: async () => (context = createContext(request, goneSignal(reply))),
    });
    for (const [name, value] of response.headers) reply.header(name, value);
    // Old clients take any other status for a failure of transport, so where application/json is spoken, an operation that was read
    // answers 200, whatever errors it names. In application/graphql-response+json the status tells.
    const isLenient = response.status === 400 && response.headers.get("content-type")?.startsWith("application/json");
    reply.code(isLenient && (context as RequestContext | null)?.progress.isOperation ? 200 : (response.status ?? 200));
    invariant(response.body.kind === "complete", "an answer in parts was made, but nothing offers @defer.");
    await reply.send(response.body.string);
  }

  server.route({
    method: ["GET", "POST"],
    url: "/graphql",
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
