import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Viewer } from "../board/viewer";
import { ExpectedError } from "../errors";
import type { Answering, Asking } from "./asking";
import { answerPlanned } from "./answer-planned";
import type { AnonymousAnswers, Keep } from "./answers/anonymous-answers";
import { MediaTypes } from "./answers/media-types";
import { type Question, readQuestion } from "./answers/read-question";
import { type Answered, askApollo } from "./ask-apollo";
import { whenGone } from "./gone-signal";
import { acceptsEvents } from "./live/accepts-events";
import { askedBy } from "./live/read-asked";
import { OperationWork } from "./limits/operation-work";
import { type Budgets, UNLIMITED } from "./limits/budgets";
import { ANY_REQUEST, nameBudget } from "./limits/name-budget";
import type { Gate } from "./limits/gate";
import { answerRefusal } from "./open-http";
import type { RequestContext } from "./request-context";
import { noteOf } from "./request-note";
import { routeGraphql } from "./route-graphql";
import { nameSealed, VARYING } from "./sealed-headers";
import { type StartedApollo, TRACE_HEADER } from "./start-apollo";
import type { Authenticate } from "./viewer/authenticate";

/** What answers differ by. */
export const VARY = ["accept", "accept-encoding", "authorization", ...VARYING];

export interface GraphqlOptions {
  /** Such as `/graphql`. */
  readonly path: string;
  /** True if a gateway asks here: answers tell it their revision. */
  readonly isForGateway: boolean;
  readonly authenticate: Authenticate;
  /** What lets operations in, and what askers may use; null: as much as they like. */
  readonly gate: Gate;
  readonly budgets: Budgets | null;
  /** Keeps answers to anonymous queries; null keeps none. */
  readonly anonymous: AnonymousAnswers | null;
  /** Answers a request by a stream of events; null where nothing can be subscribed to. */
  readonly answerEvents: ((request: FastifyRequest, reply: FastifyReply) => Promise<void>) | null;
}

/**
 * Answers a path by GET and POST, as the GraphQL-over-HTTP specification says; `answerEvents` does where events are asked for. Gives back
 * what answers all else.
 */
export function addGraphql(
  server: FastifyInstance,
  { apolloFor, write }: Pick<StartedApollo, "apolloFor" | "write">,
  createContext: (request: Asking, viewer: Viewer, work: OperationWork) => Promise<RequestContext>,
  { path, isForGateway, authenticate, gate, budgets, anonymous, answerEvents }: GraphqlOptions,
): (request: Asking, reply: Answering) => Promise<void> {
  const mediaTypes = new MediaTypes();

  async function answerFor(
    request: Asking,
    context: RequestContext,
    question: Question | null,
    mediaType: string | undefined,
  ): Promise<Answered> {
    const isTraced = request.headers[TRACE_HEADER] !== undefined;
    const planned = question && mediaType !== undefined && !isTraced ? await answerPlanned(write, question, context) : null;
    if (planned !== null) return { status: 200, headers: new Map([["content-type", mediaType!]]), text: planned };
    const answered = await askApollo(await apolloFor(request), request, context);
    if (answered.status === 200 && context.progress.isWhole)
      mediaTypes.learn(request.headers.accept, answered.headers.get("content-type")!);
    return answered;
  }

  async function answer(request: Asking, reply: Answering): Promise<void> {
    const note = noteOf(request);
    const { viewer = null } = note;
    const budget = budgets?.of(request.raw, viewer) ?? UNLIMITED;
    const work = new OperationWork({ gate, budget, whenGone: (listener) => whenGone(reply, listener) });
    const question = readQuestion(request);
    note.asked = { question, work };
    const mediaType = mediaTypes.of(request.headers.accept);
    async function compute(keep: Keep | null): Promise<void> {
      const context = await createContext(request, viewer, work);
      const { view } = context;
      const { status, headers, text } = await answerFor(request, context, question, mediaType);
      nameBudget(reply, budget);
      nameSealed(reply, request, context, isForGateway);
      // An answer whose facts changed on the way is of no single revision.
      if (keep && context.progress.isWhole && context.view === view && status === 200)
        return keep(view.revision, headers.get("content-type")!, text);
      for (const [name, value] of headers) reply.header(name, value);
      if (request.method === "GET" && !headers.has("cache-control")) reply.header("cache-control", "no-store");
      if (viewer !== null) reply.header("cache-control", "private, no-store");
      await reply.code(status).send(text);
    }
    try {
      budget.take(ANY_REQUEST);
      nameBudget(reply, budget);
      if (viewer === null && anonymous) await anonymous.answer({ request, reply, question, mediaType }, compute);
      else await compute(null);
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      nameBudget(reply, budget);
      answerRefusal(error, reply);
      // Until it is out: whoever returns before is taken to have nothing to say, and answers again.
      await reply;
    } finally {
      work.end();
    }
  }

  routeGraphql(server, {
    path,
    varying: VARY,
    bodyBytes: gate.options.limits.bodyBytes,
    async greet(request) {
      try {
        noteOf(request).viewer = await authenticate(request.headers.authorization);
      } catch (error) {
        budgets?.noteFailure(request.raw);
        throw error;
      }
    },
    // A gateway asks for many entities at once, whoever asks the gateway.
    maySendMuch: (request) => isForGateway || noteOf(request).viewer != null,
    answer: (request, reply) =>
      answerEvents && acceptsEvents(request.headers.accept, askedBy(request)) ? answerEvents(request, reply) : answer(request, reply),
  });
  return answer;
}
