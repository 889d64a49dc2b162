import type { ApolloServer } from "@apollo/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ExpectedError } from "../../errors";
import type { AnswerCounts } from "../answers/counts";
import { MediaTypes } from "../answers/media-types";
import { type Question, readQuestion } from "../answers/read-question";
import { type Answered, askApollo } from "../ask-apollo";
import { whenGone } from "../gone-signal";
import type { Budgets } from "../limits/budgets";
import type { Gate } from "../limits/gate";
import { OperationWork } from "../limits/operation-work";
import { answerRefusal } from "../open-http";
import { ANY_REQUEST, nameBudget } from "../limits/name-budget";
import { acceptsEvents } from "../live/accepts-events";
import { askedBy } from "../live/read-asked";
import { noteOf } from "../request-note";
import { routeGraphql } from "../route-graphql";
import { EXACT, LEAST, VARYING } from "../sealed-headers";
import { refuseUnauthenticated } from "../viewer/refuse-unauthenticated";
import { answerGathered } from "./answer-gathered";
import { type Compute, GatewayAnswers } from "./gateway-answers";
import { GatewayContext } from "./gateway-context";
import type { Graph } from "./graph";

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value.join(", ") : value);

export interface GatewayRouteOptions {
  readonly graph: () => Graph;
  /** Of the graph that is served by then. */
  readonly gate: () => Gate;
  readonly budgets: Budgets;
  /** Where it is counted how anonymous queries are answered. */
  readonly counts: AnswerCounts;
  /** The newest public revision; null if that cannot be told. */
  readonly askRevision: () => Promise<string | null>;
}

/** Answers `/graphql` as the joined server does; `answerEvents` does where events are asked for. */
export function addGatewayRoute(
  server: FastifyInstance,
  apollo: ApolloServer<GatewayContext>,
  { graph, gate, budgets, counts, askRevision }: GatewayRouteOptions,
  answerEvents: (request: FastifyRequest, reply: FastifyReply) => Promise<void>,
): void {
  const mediaTypes = new MediaTypes();
  const answersOf = new WeakMap<Graph, GatewayAnswers>();

  async function answerFor(current: Graph, request: FastifyRequest, context: GatewayContext, question: Question | null): Promise<Answered> {
    const { accept } = request.headers;
    const mediaType = mediaTypes.of(accept);
    const gathered = question && mediaType !== undefined ? await answerGathered(current, question, context) : null;
    if (gathered !== null) return { status: 200, headers: new Map([["content-type", mediaType!]]), text: gathered };
    const answered = await askApollo(apollo, request, context);
    if (answered.status === 200) mediaTypes.learn(accept, answered.headers.get("content-type")!);
    return answered;
  }

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { headers } = request;
    if (acceptsEvents(headers.accept, askedBy(request))) return answerEvents(request, reply);
    const budget = budgets.of(request.raw, null);
    const current = graph();
    const work = new OperationWork({ gate: gate(), budget, whenGone: (listener) => whenGone(reply, listener) });
    const question = readQuestion(request);
    noteOf(request).asked = { question, work };
    const compute: Compute = async (keep) => {
      const context = new GatewayContext({
        ...{ request, authorization: headers.authorization, signal: work.signal, work },
        ...{ exact: one(headers[EXACT]), least: one(headers[LEAST]) },
      });
      const { progress, pinned } = context;
      const { status, headers: told, text } = await answerFor(current, request, context, question);
      if (progress.refusal) return refuseUnauthenticated(progress.refusal, reply);
      nameBudget(reply, budget);
      if (keep && progress.isWhole) return keep(pinned.shown!, told.get("content-type")!, text);
      for (const [name, value] of told) reply.header(name, value);
      if (request.method === "GET" && !told.has("cache-control")) reply.header("cache-control", "no-store");
      if (headers.authorization !== undefined) reply.header("cache-control", "private, no-store");
      if (headers[EXACT] !== undefined && pinned.exact !== null) reply.header(EXACT, pinned.exact);
      if (pinned.written !== null) reply.header(LEAST, pinned.written);
      await reply.code(status).send(text);
    };
    try {
      budget.take(ANY_REQUEST);
      nameBudget(reply, budget);
      let answers = answersOf.get(current);
      if (!answers) answersOf.set(current, (answers = new GatewayAnswers(askRevision, counts)));
      await answers.answer({ request, reply, question, mediaType: mediaTypes.of(headers.accept) }, compute);
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
    path: "/graphql",
    varying: ["accept", "accept-encoding", "authorization", ...VARYING],
    bodyBytes: gate().options.limits.bodyBytes,
    // The subgraphs check the credential.
    maySendMuch: ({ headers }) => headers.authorization !== undefined,
    answer,
  });
}
