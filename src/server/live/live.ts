import type { IncomingHttpHeaders } from "node:http";
import { setImmediate as breathe } from "node:timers/promises";
import { createSourceEventStream, execute, type ExecutionArgs, GraphQLError } from "graphql";
import type { Board } from "../../board/board";
import type { Follower, Rounds } from "../../board/rounds";
import type { Viewer } from "../../board/viewer";
import { ExpectedError } from "../../errors";
import type { LiveEvent } from "../../federation/live-event";
import { maskErrors } from "../mask-errors";
import type { RequestContext } from "../request-context";
import { endable } from "./endable";
import type { LiveCounts } from "./counts";
import type { LiveLimits } from "./limits";
import type { Outlet } from "./outlet";
import { fingerprint, SharedAnswers } from "./shared-answers";
import { type Answers, Places, type Subscriptions } from "./places";

/** One connection of a client who subscribes. */
export interface Subscriber {
  readonly request: RequestContext["request"];
  /** The address that it came to, without a slash at its end. */
  readonly baseUrl: string;
  readonly outlet: Outlet;
  /** The headers that it came with. */
  headers(): IncomingHttpHeaders;
  /** What its `Authorization` said. */
  authorization(): string | undefined;
  /** Who it is, looked up anew. Throws once its key is good no longer. */
  viewer(): Promise<Viewer>;
}

/** What a context of a subscription or of one of its events is made of. */
export interface LiveContextOptions extends Pick<Subscriber, "request" | "baseUrl"> {
  /** The board that it is told from. Default: the newest. */
  readonly board?: Board;
  readonly viewer: Viewer;
  /** Tells when who asks has gone. Default: never. */
  readonly signal?: AbortSignal;
  readonly follow?: () => Follower;
}

export interface LiveOptions {
  readonly rounds: Rounds;
  readonly limits: LiveLimits;
  readonly counts: LiveCounts;
  readonly createContext: (options: LiveContextOptions) => RequestContext;
  /** Waits until a subscription that came with these headers may begin. Throws what is wrong with them. Default: at once. */
  readonly reach?: (headers: IncomingHttpHeaders) => Promise<void>;
  /** The sealed revision of a board, which events tell a gateway. Default: they tell none. */
  readonly seal?: (board: Board) => string;
}

/** Subscriptions of all connections of a process. */
export class Live extends Places implements Subscriptions {
  private readonly shared = new SharedAnswers();
  private lastTurn: Promise<void> = Promise.resolve();

  constructor(private readonly options: LiveOptions) {
    super(options.limits, options.counts);
  }

  /** Begins a subscription. What is wrong with it is its only answer. */
  subscribe(args: ExecutionArgs, subscriber: Subscriber): Answers {
    const gone = new AbortController();
    return endable(this.answers(args, subscriber, gone.signal), gone);
  }

  private async *answers(args: ExecutionArgs, subscriber: Subscriber, signal: AbortSignal): Answers {
    const { counts } = this;
    const fail = (errors: readonly GraphQLError[]) => ({ errors: maskErrors(errors, subscriber.request) });
    try {
      const source = await this.begin(args, subscriber, signal);
      if (!(Symbol.asyncIterator in source)) return yield fail(source.errors?.map(withCode) ?? []);
      counts.subscriptions++;
      try {
        yield* this.events(args, source as AsyncIterable<LiveEvent>, subscriber, signal);
      } finally {
        counts.subscriptions--;
      }
    } catch (error) {
      if (!signal.aborted) yield fail([asGraphQL(error)]);
    }
  }

  private async *events(args: ExecutionArgs, source: AsyncIterable<LiveEvent>, subscriber: Subscriber, signal: AbortSignal): Answers {
    const asked = fingerprint(args, subscriber.baseUrl);
    for await (const event of source) {
      await this.ownTurn();
      const answer = await this.answer(args, asked, event, subscriber, signal);
      if (signal.aborted) return;
      this.counts.eventsTotal++;
      const wasRead = subscriber.outlet.send();
      try {
        yield answer;
      } finally {
        wasRead();
      }
    }
  }

  /** Waits for a turn of the event loop of its own: however many are told something at once, others are answered in between. */
  private ownTurn(): Promise<void> {
    return (this.lastTurn = this.lastTurn.then(() => breathe()));
  }

  private async begin(args: ExecutionArgs, subscriber: Subscriber, signal: AbortSignal) {
    const { rounds, createContext } = this.options;
    const { request, baseUrl, outlet } = subscriber;
    const follow = () => rounds.follow({ signal, turn: () => outlet.turn(), onLost: () => outlet.drop() });
    const viewer = await subscriber.viewer();
    await this.options.reach?.(subscriber.headers());
    return createSourceEventStream({ ...args, contextValue: createContext({ request, baseUrl, viewer, signal, follow }) });
  }

  /** Answers one event on its board, for who its client is by then. */
  private async answer(args: ExecutionArgs, asked: string, event: LiveEvent, subscriber: Subscriber, signal: AbortSignal) {
    const viewer = await subscriber.viewer();
    if (viewer) return this.execute(args, event, viewer, subscriber, signal);
    // Whoever of them goes, it goes on for the others.
    return this.shared.find(event.step, asked, () => this.execute(args, event, null, subscriber));
  }

  private async execute(args: ExecutionArgs, event: LiveEvent, viewer: Viewer, { request, baseUrl }: Subscriber, signal?: AbortSignal) {
    const contextValue = this.options.createContext({ board: event.step.to, viewer, request, baseUrl, signal });
    const { errors, ...result } = await execute({ ...args, rootValue: event, contextValue });
    const sealed = this.options.seal && { sealedRevision: this.options.seal(event.step.to) };
    const extensions = { ...result.extensions, revision: contextValue.view.revision, ...sealed };
    return errors ? { errors: maskErrors(errors, request), ...result, extensions } : { ...result, extensions };
  }
}

/** Variables that do not fit are the client's mistake: graphql-js leaves their code to us. */
const withCode = (error: GraphQLError): GraphQLError =>
  error.path || error.extensions.code ? error : new GraphQLError(error.message, { ...error, extensions: { code: "BAD_USER_INPUT" } });

/** An error as graphql-js tells one of a resolver; the code of an expected one is in it. */
const asGraphQL = (error: unknown): GraphQLError =>
  error instanceof ExpectedError
    ? new GraphQLError(error.message, { extensions: error.extensions })
    : new GraphQLError("A subscription failed.", { originalError: error as Error, path: [] });
