import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Viewer } from "../board/viewer";
import { ExpectedError } from "../errors";
import type { AnonymousAnswers } from "./answers/anonymous-answers";
import { askApollo } from "./ask-apollo";
import { errorAnswer } from "./error-answer";
import { goneSignal } from "./gone-signal";
import { acceptsEvents } from "./live/accepts-events";
import { askedBy } from "./live/read-asked";
import type { RequestContext } from "./request-context";
import { routeGraphql } from "./route-graphql";
import { nameSealed, VARYING } from "./sealed-headers";
import type { StartedApollo } from "./start-apollo";
import type { Authenticate } from "./viewer/authenticate";

/** What answers differ by. */
const VARY = ["accept", "accept-encoding", "authorization", ...VARYING];

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
    const { status, headers, text } = await askApollo(await apolloFor(request), request, context);
    nameSealed(reply, request, context, isForGateway);
    // An answer whose facts changed on the way is of no single revision.
    if (asked && context.progress.isWhole && context.view === view && status === 200)
      return asked.keepAndSend(reply, view.revision, headers.get("content-type")!, text);
    for (const [name, value] of headers) reply.header(name, value);
    if (request.method === "GET" && !headers.has("cache-control")) reply.header("cache-control", "no-store");
    if (viewer !== null) reply.header("cache-control", "private, no-store");
    await reply.code(status).send(text);
  }

  routeGraphql(server, {
    path,
    varying: VARY,
    greet: async (request) => void viewers.set(request, await authenticate(request.headers.authorization)),
    // A gateway asks for many entities at once, whoever asks the gateway.
    maySendMuch: (request) => isForGateway || viewers.get(request) != null,
    answer,
  });
}
