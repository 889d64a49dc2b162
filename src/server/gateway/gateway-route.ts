import type { ApolloServer } from "@apollo/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ExpectedError } from "../../errors";
import { askApollo } from "../ask-apollo";
import { goneSignal } from "../gone-signal";
import type { Budgets } from "../limits/budgets";
import type { Gate } from "../limits/gate";
import { OperationWork } from "../limits/operation-work";
import { answerRefusal } from "../open-http";
import { ANY_REQUEST, nameBudget } from "../limits/name-budget";
import { acceptsEvents } from "../live/accepts-events";
import { askedBy } from "../live/read-asked";
import { routeGraphql } from "../route-graphql";
import { EXACT, LEAST, VARYING } from "../sealed-headers";
import { refuseUnauthenticated } from "../viewer/refuse-unauthenticated";
import { GatewayContext } from "./gateway-context";

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value.join(", ") : value);

/** Answers `/graphql` as the joined server does; `answerEvents` does where events are asked for. */
export function addGatewayRoute(
  server: FastifyInstance,
  apollo: ApolloServer<GatewayContext>,
  { gate, budgets }: { readonly gate: () => Gate; readonly budgets: Budgets },
  answerEvents: (request: FastifyRequest, reply: FastifyReply) => Promise<void>,
): void {
  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (acceptsEvents(request.headers.accept, askedBy(request))) return answerEvents(request, reply);
    const budget = budgets.of(request.raw, null);
    const work = new OperationWork({ gate: gate(), budget, gone: goneSignal(reply) });
    try {
      budget.take(ANY_REQUEST);
      await answerWithin(request, reply, work);
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      nameBudget(reply, budget);
      answerRefusal(error, reply);
    } finally {
      work.end();
    }
  }

  async function answerWithin(request: FastifyRequest, reply: FastifyReply, work: OperationWork): Promise<void> {
    const { headers } = request;
    const context = new GatewayContext({
      ...{ request, authorization: headers.authorization, signal: work.signal, work },
      ...{ exact: one(headers[EXACT]), least: one(headers[LEAST]) },
    });
    const answered = await askApollo(apollo, request, context);
    const { progress, pinned } = context;
    if (progress.refusal) return refuseUnauthenticated(progress.refusal, reply);
    nameBudget(reply, work.budget);
    for (const [name, value] of answered.headers) reply.header(name, value);
    if (headers.authorization !== undefined) reply.header("cache-control", "private, no-store");
    if (headers[EXACT] !== undefined && pinned.exact !== null) reply.header(EXACT, pinned.exact);
    if (pinned.written !== null) reply.header(LEAST, pinned.written);
    await reply.code(answered.status).send(answered.text);
  }

  routeGraphql(server, {
    path: "/graphql",
    varying: ["accept", "authorization", ...VARYING],
    bodyBytes: gate().options.limits.bodyBytes,
    // The subgraphs check the credential.
    maySendMuch: ({ headers }) => headers.authorization !== undefined,
    answer,
  });
}
