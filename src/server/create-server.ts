import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Board } from "../board/board";
import { View } from "../board/view";
import type { Viewer } from "../board/viewer";
import type { Config } from "../config";
import { invariant } from "../errors";
import type { Database } from "../federation/context";
import type { ExecutionCounts } from "../federation/execution/counts";
import { answeringDirectly } from "./answers/answer-directly";
import { AnonymousAnswers } from "./answers/anonymous-answers";
import { type AnswerCounts, zeroAnswerCounts } from "./answers/counts";
import { RepeatedRequests } from "./answers/repeated-requests";
import { baseUrl } from "./base-url";
import { addExports } from "./exports/add-exports";
import { addGraphql, VARY } from "./graphql-route";
import { addHealth } from "./health-routes";
import { readWork } from "./limits/read-work";
import { type FileLimits, FilePlaces } from "./limits/file-places";
import { Gate } from "./limits/gate";
import type { LimitCounts } from "./limits/limit-counts";
import { type LimitConfig, processLimits } from "./limits/limit-settings";
import { shedding } from "./limits/shedding";
import { toldRateLimit } from "./limits/told-rate-limit";
import { addLive } from "./live/add-live";
import type { LiveCounts } from "./live/counts";
import type { LiveLimits } from "./live/limits";
import { addMetrics, type MetricsConfig } from "./metrics/metrics-route";
import type { ServerMetrics } from "./metrics/server-metrics";
import { openHttp } from "./open-http";
import { pageExists } from "./page-exists";
import { addPages, findPages } from "./page-routes";
import { RequestContext } from "./request-context";
import { addSamples } from "./sample-routes";
import { type Boards, chooseBoard, reachBoard, sealBoard } from "./sealed-headers";
import { startApollo } from "./start-apollo";
import { type BrowserConfig, browsersOf } from "./tell-browsers";
import { createAuthenticate } from "./viewer/authenticate";

/** A schema that is served. */
export interface Endpoint {
  /** Where: `/graphql`, or `/graphql/scores` for a subgraph that is served alone. */
  readonly path: string;
  readonly schema: GraphQLSchema;
  /** Its subgraph or supergraph in SDL, which says what fields cost. Default: an object 1, a list as long as its arguments say. */
  readonly sdl?: string;
  /** True for a subgraph, which a gateway asks: answers tell it their revision. Default false. */
  readonly isForGateway?: boolean;
}

export interface ServerOptions extends Boards {
  /** At most one of them has subscriptions. */
  readonly endpoints: readonly Endpoint[];
  /** The API in SDL, with descriptions: what `/schema.graphql` shows, beside the pages. Default: neither is served. */
  readonly api?: string;
  readonly config: Pick<Config, "host" | "port"> &
    Partial<Pick<Config, "introspection" | "oidc" | "publicUrl">> &
    BrowserConfig &
    LimitConfig &
    MetricsConfig;
  readonly dataSource: Database;
  /** Calls a listener with each newer board, until what is given back is called: subscribers are told of them. Default: there is never one. */
  readonly onNewer?: (listener: (board: Board) => void) => () => void;
  /** Other limits of subscribers than `LIVE_LIMITS`. */
  readonly liveLimits?: Partial<LiveLimits>;
  /** How many files are sent at once. Default `FILE_LIMITS`. */
  readonly fileLimits?: FileLimits;
  /** Where subscribers are counted, for health and metrics. Default: nowhere that can be seen. */
  readonly liveCounts?: LiveCounts;
  /** Where it is counted how operations are executed, and how anonymous queries are answered. Default: nowhere that can be seen. */
  readonly executionCounts?: ExecutionCounts;
  readonly answerCounts?: AnswerCounts;
  /** Where it is counted what limits did. Default: nowhere that can be seen. */
  readonly limitCounts?: LimitCounts;
  /** For how long the newest board was not found to hold all facts, in milliseconds. Default: it always does. */
  readonly lag?: () => number;
  /** What `/metrics` tells. Default: there is none. */
  readonly metrics?: Pick<ServerMetrics, "registry" | "requests">;
  /** A clock in milliseconds, for budgets. Default: the machine's. */
  readonly now?: () => number;
  readonly logger: FastifyBaseLogger;
  /** Folder of the built pages; null serves none. Default: where `npm run build` puts them. */
  readonly pages?: string | null;
}

/**
 * Makes the HTTP server: GraphQL, health and samples, and beside the API its schema and the pages. Not listening yet; `close` lets running requests finish
 * and closes idle connections.
 */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { endpoints, api, config, dataSource, board, atLeast, recent, metrics, logger, pages = findPages() } = options;
  const live = endpoints.filter(({ schema }) => schema.getSubscriptionType());
  invariant(live.length <= 1, "one endpoint of a server has subscriptions");
  const { limitsFor, admission, budgets, counts } = processLimits(config, { counts: options.limitCounts, now: options.now });
  const gates = new Map(
    endpoints.map(({ path, schema, sdl = "", isForGateway = false }) => [
      path,
      new Gate({ schema, work: readWork(sdl), limits: limitsFor(isForGateway), introspection: config.introspection, admission, counts }),
    ]),
  );
  const answerCounts = options.answerCounts ?? zeroAnswerCounts();
  const browsers = browsersOf(config);
  const repeated = new RepeatedRequests({
    browsers,
    paths: endpoints.flatMap(({ path, isForGateway }) => (isForGateway ? [] : path)),
    budgetOf: (request) => budgets.of(request, null),
    shed: shedding(gates, admission),
    counts: answerCounts,
    metrics: metrics?.requests,
    logger,
  });
  const server = openHttp(
    logger,
    live.map(({ path }) => path),
    { browsers, repeated, metrics: metrics?.requests, takesIds: endpoints.some(({ isForGateway }) => isForGateway) },
  );

  const { authenticate, settled } = createAuthenticate({ dataSource, oidc: config.oidc ?? null, atLeast, logger });
  server.addHook("onClose", settled);
  const seenBy = (viewer: Viewer, about: Board) => ({
    view: new View(about, viewer, recent),
    viewAt: atLeast && (async (revision: number) => new View(await atLeast(revision), viewer, recent)),
  });
  for (const { path, schema, isForGateway = false } of endpoints) {
    const gate = gates.get(path)!;
    const { apolloFor, write, stop } = await startApollo(schema, logger, { gate, counts: options.executionCounts });
    server.addHook("onClose", stop);
    const answerEvents = schema.getSubscriptionType()
      ? addLive(server, {
          ...{
            gate,
            browsers,
            budgetOf: budgets.of.bind(budgets),
            config,
            logger,
            board,
            onNewer: options.onNewer,
            limits: options.liveLimits,
            counts: options.liveCounts,
          },
          authenticate,
          reach: (headers) => reachBoard(headers, options),
          seal: isForGateway ? sealBoard : undefined,
          createContext: ({ board: about = board(), viewer, request, ...rest }) =>
            new RequestContext({ view: new View(about, viewer, recent), dataSource, ...rest }, request),
        })
      : null;
    const anonymous = new AnonymousAnswers({
      revision: () => new View(board(), null).revision,
      baseUrl: (request) => baseUrl(request, config),
      counts: answerCounts,
      repeated,
    });
    const answer = addGraphql(
      server,
      { apolloFor, write },
      async (request, viewer, work) => {
        const { board: about, isPinned } = await chooseBoard(request.headers, viewer, options);
        const told = isForGateway ? toldRateLimit(request.headers) : null;
        const asked = { dataSource, baseUrl: baseUrl(request, config), isPinned, rateLimit: () => told ?? work.rateLimit() };
        return new RequestContext({ ...seenBy(viewer, about), ...asked }, request, work);
      },
      {
        path,
        isForGateway,
        authenticate,
        gate,
        budgets: isForGateway ? null : budgets,
        anonymous: isForGateway ? null : anonymous,
        answerEvents,
      },
    );
    const { bodyBytes } = gate.options.limits;
    if (!isForGateway)
      repeated.handOver(path, answeringDirectly({ path, vary: VARY.join(", "), bodyBytes, answer, browsers, metrics: metrics?.requests, logger })); // prettier-ignore
  }
  addHealth(server, { dataSource, revision: () => new View(board(), null).revision, lag: options.lag ?? (() => 0) });
  // Who comes to a server of subgraphs comes from the gateway or from this network: there is no proxy before it.
  if (metrics)
    addMetrics(server, metrics, endpoints.every(({ isForGateway }) => isForGateway) ? { metricsToken: config.metricsToken } : config);
  addSamples(server, dataSource);
  const conditions = endpoints.find(({ schema }) => schema.getType("Conditions"));
  if (conditions && board().holdsModels)
    addExports(server, {
      ...{ schema: conditions.schema, dataSource, authenticate, board, places: new FilePlaces(options.fileLimits) },
      budgets: conditions.isForGateway ? null : budgets,
      baseUrl: (request) => baseUrl(request, config),
    });
  if (api !== undefined) {
    if (config.introspection !== false)
      server.get("/schema.graphql", (_request, reply) => reply.type("text/plain; charset=utf-8").send(api));
    await addPages(server, pages, (subject) => pageExists(new View(board(), null), subject));
  }
  return server;
}
