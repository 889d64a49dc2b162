import { randomUUID } from "node:crypto";
import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { GraphQLError } from "graphql";
import { CloseCode, type FormattedExecutionResult, handleProtocols, makeServer, type Server } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";
import type { Viewer } from "../../board/viewer";
import { ExpectedError } from "../../errors";
import { errorAnswer } from "../error-answer";
import type { Budget } from "../limits/budgets";
import type { Gate } from "../limits/gate";
import { LEAST } from "../sealed-headers";
import type { Browsers } from "../tell-browsers";
import type { Authenticate } from "../viewer/authenticate";
import type { Subscriber } from "./live";
import { Outlet } from "./outlet";
import type { Subscriptions } from "./places";
import { readSubscription } from "./read-subscription";

/** After these codes clients come back by themselves: https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number */
const SERVICE_RESTART = 1012;
const TRY_AGAIN_LATER = 1013;

/** How long a client may take to answer that the connection is to be closed, in milliseconds. */
const FAREWELL = 2_000;

/** Longest reason of a closing frame, in bytes. */
const LONGEST_REASON = 123;

export interface WebSocketOptions {
  readonly live: Subscriptions;
  readonly gate: Gate;
  readonly budgetOf: (request: IncomingMessage, viewer: Viewer) => Budget;
  readonly browsers: Browsers;
  readonly logger: FastifyBaseLogger;
  readonly authenticate: Authenticate;
  readonly baseUrl: (request: IncomingMessage) => string;
}

/** What is known of one connection. */
interface Extra {
  readonly subscriber: Subscriber;
  /** What it may use: of its account once it has said who it is. */
  budget: Budget;
  /** What its `Authorization` said: of the greeting, or of the request. */
  authorization: string | undefined;
  /** The revision that its greeting asks for. */
  least?: string;
  close(code: number, reason: string): void;
  /** Takes what it uses from the budget of its account. */
  charge(viewer: Viewer): void;
}

/** Refuses to change the protocol. */
function refuse(socket: Duplex, status: number, code: string, message: string): void {
  const body = JSON.stringify(errorAnswer(code, message));
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, "connection: close", "content-type: application/json; charset=utf-8"];
  socket.end([...head, `content-length: ${Buffer.byteLength(body)}`, "", body].join("\r\n"));
}

/**
 * True if a page of another site opened this that may not read here: browsers let any page do that, and read what comes, but always say
 * which one it was. What is not for everybody in the world may still be for everybody in this network.
 */
function isFromElsewhere({ headers: { origin, host } }: IncomingMessage, { mayRead }: Browsers): boolean {
  if (origin === undefined || mayRead(origin)) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host?.toLowerCase();
}

/** The protocol graphql-transport-ws, for subscriptions only. */
function protocolServer(options: WebSocketOptions): Server<Extra> {
  const { live } = options;
  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: live.limits.greeting,
    async onConnect({ extra, connectionParams: { authorization, Authorization, [LEAST]: least } = {} }) {
      const given = authorization ?? Authorization;
      // What is no text is good for nobody: it must not pass for nothing.
      if (given != null) extra.authorization = typeof given === "string" ? given : "";
      if (least != null) extra.least = typeof least === "string" ? least : "";
      try {
        extra.charge(await extra.subscriber.viewer());
      } catch (error) {
        if (!(error instanceof ExpectedError)) throw error;
        extra.close(CloseCode.Unauthorized, error.message);
        return false;
      }
      return true;
    },
    onSubscribe({ extra, subscriptions }, _id, asked) {
      if (Object.keys(subscriptions).length > live.limits.subscriptions) {
        const message = `A connection holds at most ${live.limits.subscriptions} subscriptions at once.`;
        return [new GraphQLError(message, { extensions: { code: "TOO_MANY" } })];
      }
      const args = readSubscription(options.gate, asked, extra.budget);
      return Array.isArray(args) ? args : { ...args, contextValue: extra.subscriber };
    },
    subscribe: (args) => live.subscribe(args, args.contextValue as Subscriber) as AsyncGenerator<object>,
    onNext: (_context, _id, _asked, _args, result) => result as FormattedExecutionResult,
  });
}

/** Connects one client. */
function open(socket: WebSocket, request: IncomingMessage, protocol: Server<Extra>, options: WebSocketOptions): void {
  const { live, authenticate, logger, baseUrl, budgetOf } = options;
  const id = randomUUID();
  const log = logger.child({ reqId: id });
  let endSubscriptions: ReturnType<typeof protocol.opened> | null = null;
  // Who does not read may never answer that it is closed: its subscriptions do not wait for that.
  const close = (code: number, reason: string) => {
    socket.close(code, Buffer.from(reason).subarray(0, LONGEST_REASON));
    setTimeout(() => socket.terminate(), FAREWELL).unref();
    void endSubscriptions?.(code, reason);
  };
  const outlet = new Outlet(live.limits.patience, (reason) => {
    live.noteDrop(subscriber.request, socket.bufferedAmount);
    close(TRY_AGAIN_LATER, reason);
  });
  const authorization = () => extra.authorization;
  const subscriber = {
    request: { id, log },
    headers: () => (extra.least === undefined ? request.headers : { ...request.headers, [LEAST]: extra.least }),
    baseUrl: baseUrl(request),
    outlet,
    authorization,
    viewer: () => authenticate(authorization()),
  };
  const extra: Extra = {
    ...{ subscriber, budget: budgetOf(request, null), authorization: request.headers.authorization, close },
    charge: (viewer) => void (extra.budget = budgetOf(request, viewer)),
  };

  /** True if the client reads what it makes us send. */
  const reads = (): boolean => {
    const isWithin = socket.bufferedAmount <= live.limits.waitingBytes;
    if (!isWithin) outlet.drop();
    return isWithin;
  };
  endSubscriptions = protocol.opened(
    {
      protocol: socket.protocol,
      // Resolved once it is out of this process, or never will be: then the closing ends all that waits.
      send: (text) => new Promise((resolve) => socket.send(text, () => resolve())),
      close,
      onMessage: (take) =>
        socket.on("message", (message: Buffer) => {
          if (!reads()) return;
          take(message.toString()).catch((error: unknown) => {
            // What only a server may send is the client's mistake; graphql-ws tells it by throwing.
            const isTheirs = error instanceof Error && error.message.startsWith("Unexpected message of type");
            if (!isTheirs) log.error({ err: error }, "A message of a subscriber could not be answered.");
            close(isTheirs ? CloseCode.BadRequest : CloseCode.InternalServerError, isTheirs ? error.message : "Internal server error");
          });
        }),
    },
    extra,
  );
  socket.on("ping", (content) => reads() && socket.pong(content));
  socket.on("error", (error) => log.info({ err: error }, "A connection of a subscriber failed."));
  socket.once("close", (code, reason) => void endSubscriptions(code, reason.toString()));
}

/** Asks every client for a sign of life from time to time, and ends the connections of those who gave none since. */
function keepAlive(sockets: ReadonlySet<WebSocket>, interval: number): NodeJS.Timeout {
  const asked = new WeakSet<WebSocket>();
  const ask = (socket: WebSocket) => {
    if (asked.has(socket)) return socket.terminate();
    asked.add(socket);
    socket.once("pong", () => asked.delete(socket));
    socket.ping();
  };
  return setInterval(() => sockets.forEach(ask), interval).unref();
}

/** Answers subscriptions over WebSockets at `/graphql`. When the server closes, clients are told to connect again. */
export function addWebSockets(server: FastifyInstance, options: WebSocketOptions): void {
  const { live } = options;
  const protocol = protocolServer(options);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: live.limits.messageBytes, autoPong: false, handleProtocols });
  const alive = keepAlive(sockets.clients, live.limits.keepAlive);
  let isClosing = false;

  server.server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    if (isFromElsewhere(request, options.browsers)) return refuse(socket, 403, "CROSS_SITE", "Pages of other sites may not subscribe.");
    const leave = isClosing ? null : live.enter("webSockets");
    if (!leave) return refuse(socket, 503, "UNAVAILABLE", "There is no room for another subscriber. Try again later.");
    socket.once("close", leave);
    sockets.handleUpgrade(request, socket, head, (opened) => open(opened, request, protocol, options));
  });

  server.addHook("preClose", async () => {
    isClosing = true;
    clearInterval(alive);
    const all = [...sockets.clients];
    const gone = all.map((socket) => new Promise((resolve) => socket.once("close", resolve)));
    for (const socket of all) socket.close(SERVICE_RESTART, "The server restarts. Connect again.");
    const late = setTimeout(() => all.forEach((socket) => socket.terminate()), FAREWELL);
    await Promise.all(gone);
    clearTimeout(late);
  });
}
