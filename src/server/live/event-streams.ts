import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { FormattedExecutionResult } from "graphql";
import type { Viewer } from "../../board/viewer";
import { errorAnswer } from "../error-answer";
import type { Budget } from "../limits/budgets";
import type { Gate } from "../limits/gate";
import { maskErrors } from "../mask-errors";
import type { Authenticate } from "../viewer/authenticate";
import { noteOf } from "../request-note";
import type { Subscriber } from "./live";
import { Outlet } from "./outlet";
import type { Answers, Subscriptions } from "./places";
import { readAsked } from "./read-asked";
import { readSubscription } from "./read-subscription";

/** How long a client who is told to go may take to read that, in milliseconds. */
const FAREWELL = 2_000;

export interface EventStreamOptions {
  readonly live: Subscriptions;
  readonly gate: Gate;
  readonly budgetOf: (request: IncomingMessage, viewer: Viewer) => Budget;
  readonly authenticate: Authenticate;
  readonly baseUrl: (request: FastifyRequest) => string;
}

/** The last of them keeps proxies from holding back what comes bit by bit. */
const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  connection: "close",
  "x-accel-buffering": "no",
};

/** Answers a request for a subscription by a stream of its events. */
export type EventStreams = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

const next = (answer: FormattedExecutionResult): string => `event: next\ndata: ${JSON.stringify(answer)}\n\n`;
const COMPLETE = "event: complete\ndata: \n\n";
/** What readers pass over: it keeps the connection open, and shows browsers that there is one. */
const COMMENT = ":\n\n";

/** Writes and waits until it is out of this process; false if it never will be. */
const write = (response: ServerResponse, text: string): Promise<boolean> =>
  new Promise((resolve) => (response.writable ? response.write(text, (error) => resolve(!error)) : resolve(false)));

/** One open stream. */
interface Stream {
  readonly response: ServerResponse;
  /** Ends it, whatever is under way. */
  end(): void;
}

/** Sends one answer after the other, each once the one before is out of this process. */
async function send(response: ServerResponse, answers: Answers): Promise<void> {
  for await (const answer of answers) if (!(await write(response, next(answer)))) return;
  if (response.writable) response.end(COMPLETE);
}

/**
 * Answers subscriptions as server-sent events, each over a connection of its own:
 * https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md#distinct-connections-mode. (The handler of that package queues without
 * bound what a client does not read.) When the server closes, streams end without `complete`, so that clients connect again.
 */
export function eventStreams(server: FastifyInstance, options: EventStreamOptions): EventStreams {
  const { live, authenticate, baseUrl } = options;
  const open = new Set<Stream>();
  let isClosing = false;
  server.addHook("preClose", async () => {
    isClosing = true;
    const gone = [...open].map(({ response }) => new Promise((resolve) => response.once("close", resolve)));
    for (const { end } of open) end();
    await Promise.all(gone);
  });

  /** Begins a stream of a client who has a place. */
  function begin(request: FastifyRequest, { response, end }: Stream): Subscriber {
    const outlet = new Outlet(live.limits.patience, (reason) => {
      live.noteDrop(request, response.writableLength);
      response.write(next({ errors: [{ message: reason, extensions: { code: "TOO_SLOW" } }] }) + COMPLETE);
      end();
    });
    const alive = setInterval(() => response.writableLength > 0 || response.write(COMMENT), live.limits.keepAlive);
    response.once("close", () => clearInterval(alive));
    const authorization = () => request.headers.authorization;
    return {
      request,
      headers: () => request.headers,
      baseUrl: baseUrl(request),
      outlet,
      authorization,
      viewer: () => authenticate(authorization()),
    };
  }

  return async (request, reply) => {
    const { viewer = null } = noteOf(request);
    const args = readSubscription(options.gate, readAsked(request), options.budgetOf(request.raw, viewer));
    const leave = live.enter("eventStreams");
    if (!leave) return reply.code(503).send(errorAnswer("UNAVAILABLE", "There is no room for another subscriber. Try again later."));

    const { raw: response } = reply.hijack();
    let answers: Answers | null = null;
    const end = () => {
      response.end();
      void answers?.return();
      setTimeout(() => response.destroy(), FAREWELL).unref();
    };
    const stream = { response, end };
    open.add(stream);
    response.once("close", () => {
      open.delete(stream);
      leave();
      void answers?.return();
    });
    response.writeHead(200, { ...reply.getHeaders(), ...HEADERS } as OutgoingHttpHeaders);
    response.write(COMMENT);
    // It came over a connection that was kept open: whoever is told to go comes again at once.
    if (isClosing) return end();
    const subscriber = begin(request, stream);
    if (Array.isArray(args)) response.end(next({ errors: maskErrors(args, request) }) + COMPLETE);
    else await send(response, (answers = live.subscribe(args, subscriber)));
  };
}
