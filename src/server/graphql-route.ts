import { HeaderMap } from "@apollo/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Readable } from "node:stream";
import type { Viewer } from "../board/viewer";
import { ExpectedError, invariant } from "../errors";
import type { AnonymousAnswers } from "./answers/anonymous-answers";
import { isCrossSite } from "./cross-site";
import { errorAnswer } from "./error-answer";
import { limitBody } from "./limit-body";
import { acceptsEvents } from "./live/accepts-events";
import { askedBy } from "./live/read-asked";
import type { RequestContext } from "./request-context";
import { nameSealed, VARYING } from "./sealed-headers";
import type { StartedApollo } from "./start-apollo";
import type { Authenticate } from "./viewer/authenticate";

/** Largest body of a request by an account, in bytes: 10,000 scores of 800 bytes each fit in. */
const ACCOUNT_BODY_LIMIT = 8 * 1024 * 1024;

/** Largest body of anybody else's. */
const BODY_LIMIT = 256 * 1024;

/** What answers differ by. */
const VARY = ["accept", "accept-encoding", "authorization", ...VARYING].join(", ");

const headersOf = ({ headers }: FastifyRequest): HeaderMap =>
  new HeaderMap(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")] as const));

/** Tells when the client has gone before it was answered. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once("close", () => raw.writableFinished || controller.abort());
  return controller.signal;
}

export interface GraphqlOptions {
  /** Such as `/graphql`. */
  readonly path: string;
  /** True if a gateway asks here: answers tell it their revision. */
  readonly isForGateway: boolean;
  readonly authenticate: Authenticate;
  /** Keeps answers to anonymous queries; null keeps none. */
  readonly anonymous: AnonymousAnswers | null;
  /** Answers a request by a stream of events; null where nothing can be subscribed to. */
  readonly answerEvents: ((request: FastifyRequest, reply: FastifyReply) => Promise<void>) | null;
}

/** Answers a path by GET and POST, as the GraphQL-over-HTTP specification says; `answerEvents` does where events are asked for. */
export function addGraphql(
  server: FastifyInstance,
  apolloFor: StartedApollo["apolloFor"],
  createContext: (request: FastifyRequest, viewer: Viewer, signal: AbortSignal) => Promise<RequestContext>,
  { path, isForGateway, authenticate, anonymous, answerEvents }: GraphqlOptions,
): void {
  const viewers = new WeakMap<FastifyRequest, Viewer>();
  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (answerEvents && acceptsEvents(request.headers.accept, askedBy(request))) return answerEvents(request, reply);
    const { method, body, url } = request;
    const search = url.includes("?") ? url.slice(url.indexOf("?")) : "";
    const viewer = viewers.get(request) ?? null;
    const asked = viewer === null && anonymous ? anonymous.asked(request) : null;
    if (asked && (await asked.sendAgain(reply))) return;
    let context: RequestContext;
    try {
      context = await createContext(request, viewer, goneSignal(reply));
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      return void reply.code(error.code === "UNAVAILABLE" ? 503 : 400).send(errorAnswer(error.code, error.message));
    }
    const { view } = context;
    const apollo = await apolloFor(request);
    const response = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method, headers: headersOf(request), search, body },
      context: async () => context,
    });
    nameSealed(reply, request, context, isForGateway);
    invariant(response.body.kind === "complete", "an answer in parts was made, but nothing offers @defer.");
    // An answer whose facts changed on the way is of no single revision.
    if (asked && context.progress.isWhole && context.view === view && (response.status ?? 200) === 200)
      return asked.keepAndSend(reply, view.revision, response.headers.get("content-type")!, response.body.string);
    for (const [name, value] of response.headers) reply.header(name, value);
    if (method === "GET" && !response.headers.has("cache-control")) reply.header("cache-control", "no-store");
    if (viewer !== null) reply.header("cache-control", "private, no-store");
    // Old clients take any other status for a failure of transport, so where application/json is spoken, an operation that was read
    // answers 200, whatever errors it names. In application/graphql-response+json the status tells.
    const isLenient = response.status === 400 && response.headers.get("content-type")?.startsWith("application/json");
    reply.code(isLenient && context.progress.isOperation ? 200 : (response.status ?? 200));
    await reply.send(response.body.string);
  }

  server.route({
    method: ["GET", "POST"],
    url: path,
    bodyLimit: ACCOUNT_BODY_LIMIT,
    // Before the body is read. What caches keep of an answer is for who sent the same header.
    async onRequest(request, reply) {
      void reply.header("vary", VARY);
      viewers.set(request, await authenticate(request.headers.authorization));
    },
    async preParsing(request, _reply, body) {
      // A gateway asks for many entities at once, whoever asks the gateway.
      return isForGateway || viewers.get(request) ? body : limitBody(body as Readable, BODY_LIMIT, request.headers["content-length"]);
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
