import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { IncomingMessage } from "node:http";
import type { Board } from "../../board/board";
import { Rounds } from "../../board/rounds";
import type { Viewer } from "../../board/viewer";
import type { Config } from "../../config";
import { baseUrl } from "../base-url";
import type { Browsers } from "../tell-browsers";
import type { Authenticate } from "../viewer/authenticate";
import type { Budget } from "../limits/budgets";
import type { Gate } from "../limits/gate";
import { type LiveCounts, zeroCounts } from "./counts";
import { type EventStreams, eventStreams } from "./event-streams";
import { LIVE_LIMITS, type LiveLimits } from "./limits";
import { Live, type LiveOptions } from "./live";
import { addWebSockets } from "./web-sockets";

export interface AddLiveOptions {
  /** What checks what is asked for, and what an asker may use. */
  readonly gate: Gate;
  readonly budgetOf: (request: IncomingMessage, viewer: Viewer) => Budget;
  readonly browsers: Browsers;
  readonly config: Pick<Config, "host" | "port"> & Partial<Pick<Config, "publicUrl">>;
  readonly logger: FastifyBaseLogger;
  /** The newest board. */
  readonly board: () => Board;
  /** Calls a listener with each newer board, until what is given back is called. Default: there is never one. */
  readonly onNewer?: (listener: (board: Board) => void) => () => void;
  readonly createContext: LiveOptions["createContext"];
  readonly reach?: LiveOptions["reach"];
  readonly seal?: LiveOptions["seal"];
  readonly authenticate: Authenticate;
  /** Other limits than `LIVE_LIMITS`. */
  readonly limits?: Partial<LiveLimits>;
  /** Where subscribers are counted. Default: nowhere that can be seen. */
  readonly counts?: LiveCounts;
}

/** Answers subscriptions: over WebSockets, and as streams of events by what is given back. */
export function addLive(server: FastifyInstance, options: AddLiveOptions): EventStreams {
  const { gate, budgetOf, browsers, config, logger, board, onNewer, createContext, authenticate, limits, counts = zeroCounts() } = options;
  const rounds = new Rounds(board());
  const stop = onNewer?.((newer) => rounds.offer(newer));
  server.addHook("onClose", async () => stop?.());
  const live = new Live({ rounds, limits: { ...LIVE_LIMITS, ...limits }, counts, createContext, reach: options.reach, seal: options.seal });
  addWebSockets(server, {
    ...{ live, gate, budgetOf, browsers, logger, authenticate },
    baseUrl: ({ headers: { host = "" } }) => baseUrl({ host, protocol: "http" }, config),
  });
  return eventStreams(server, { live, gate, budgetOf, authenticate, baseUrl: (request) => baseUrl(request, config) });
}
