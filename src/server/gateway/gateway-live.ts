import { type ExecutionArgs, type ExecutionResult, getOperationAST, getVariableValues, GraphQLError } from "graphql";
import type { LiveCounts } from "../live/counts";
import { endable } from "../live/endable";
import type { LiveLimits } from "../live/limits";
import type { Subscriber } from "../live/live";
import { type Answers, Places, type Subscriptions } from "../live/places";
import { maskErrors } from "../mask-errors";
import { completeAnswer } from "./complete-answer";
import { GatewayContext } from "./gateway-context";
import type { Graph } from "./graph";
import { wantedBy } from "./pinned-revision";

const badVariables = (errors: readonly GraphQLError[]): GraphQLError[] =>
  errors.map((error) => new GraphQLError(error.message, { ...error, extensions: { code: "BAD_USER_INPUT" } }));

/** Passes on to subscribers what the subgraphs tell, each event completed. */
export class GatewayLive extends Places implements Subscriptions {
  constructor(
    private readonly graph: () => Graph,
    limits: LiveLimits,
    counts: LiveCounts,
  ) {
    super(limits, counts);
  }

  subscribe(args: ExecutionArgs, subscriber: Subscriber): Answers {
    const gone = new AbortController();
    return endable(this.answers(args, subscriber, gone.signal), gone);
  }

  private async *answers(args: ExecutionArgs, subscriber: Subscriber, signal: AbortSignal): Answers {
    const { document, operationName, variableValues } = args;
    const { request, outlet } = subscriber;
    const graph = this.graph();
    const fail = (errors: readonly GraphQLError[]) => ({ errors: maskErrors(errors, request) });
    const node = getOperationAST(document, operationName)!;
    const { errors } = getVariableValues(graph.schema, node.variableDefinitions ?? [], variableValues ?? {});
    if (errors) return yield fail(badVariables(errors));
    const wanted = wantedBy(subscriber.headers());
    const context = new GatewayContext({ request, authorization: subscriber.authorization(), signal, ...wanted });
    const gathered = await graph.gather({ document, operationName, variables: variableValues, context });
    if (!(Symbol.asyncIterator in gathered)) return yield fail((gathered as ExecutionResult).errors ?? []);
    this.counts.subscriptions++;
    try {
      for await (const event of gathered) {
        const answer = await this.complete(args, event, context);
        if (signal.aborted) return;
        this.counts.eventsTotal++;
        const wasRead = outlet.send();
        try {
          yield answer;
        } finally {
          wasRead();
        }
      }
    } finally {
      this.counts.subscriptions--;
    }
  }

  private async complete(
    { schema, document, operationName, variableValues }: ExecutionArgs,
    event: ExecutionResult,
    context: GatewayContext,
  ) {
    const complete = (result: ExecutionResult) => completeAnswer({ schema, document, operationName, variableValues }, result);
    if (!event.data) {
      const { ending } = context;
      const placed = ending.some(({ path }) => path) ? (await complete({ data: {}, errors: ending })).errors : null;
      return { errors: maskErrors(placed ?? ending, context.request) };
    }
    const { errors, data } = await complete(event);
    const extensions = { revision: context.pinned.shown };
    return errors ? { errors: maskErrors(errors, context.request), data, extensions } : { data, extensions };
  }
}
