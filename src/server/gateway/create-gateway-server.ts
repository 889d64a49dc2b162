import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { Config } from "../../config";
import { Gate } from "../limits/gate";
import { type LimitConfig, processLimits } from "../limits/limit-settings";
import { readWork } from "../limits/read-work";
import { type EventStreamOptions, eventStreams } from "../live/event-streams";
import { LIVE_LIMITS } from "../live/limits";
import { addWebSockets, type WebSocketOptions } from "../live/web-sockets";
import { addMetrics, type MetricsConfig } from "../metrics/metrics-route";
import type { ServerMetrics } from "../metrics/server-metrics";
import { openHttp } from "../open-http";
import { addPages, findPages } from "../page-routes";
import { type BrowserConfig, browsersOf } from "../tell-browsers";
import { type ProcessCounts, zeroProcessCounts } from "../process-counts";
import { askRevision } from "./ask-revision";
import { checkCredential } from "./check-credential";
import { createGatewayApollo, type ServedGraph } from "./gateway-apollo";
import { addGatewayHealth } from "./gateway-health";
import { GatewayLive } from "./gateway-live";
import { addGatewayRoute } from "./gateway-route";
import type { Graph } from "./graph";
import { passExports } from "./pass-exports";
import { passSamples } from "./pass-samples";

export interface GatewayServerOptions {
  readonly served: ServedGraph;
  readonly config: Pick<Config, "host" | "port" | "subgraphTimeout"> &
    Partial<Pick<Config, "introspection">> &
    BrowserConfig &
    LimitConfig &
    MetricsConfig;
  /** Where it is counted what is done. Default: nowhere that can be seen. */
  readonly counts?: ProcessCounts;
  /** What `/metrics` tells. Default: there is none. */
  readonly metrics?: Pick<ServerMetrics, "registry" | "requests">;
  /** Names of the platform's own subgraphs. */
  readonly ours: readonly string[];
  readonly logger: FastifyBaseLogger;
  /** Folder of the built pages; null serves none. Default: where `npm run build` puts them. */
  readonly pages?: string | null;
}

/** Makes the HTTP server of the gateway: outside it is as the joined server. Not listening yet. */
export async function createGatewayServer(options: GatewayServerOptions): Promise<FastifyInstance> {
  const { served, config, ours, metrics, logger, pages = findPages(), counts: counted = zeroProcessCounts() } = options;
  const graph = () => served.current;
  const { introspection = true } = config;
  const browsers = browsersOf(config);
  const server = openHttp(logger, ["/graphql"], { browsers, metrics: metrics?.requests });
  const { admission, budgets, counts, limitsFor } = processLimits(config, { counts: counted.limits });
  const gates = new WeakMap<Graph, Gate>();
  const gate = (): Gate => {
    const { current } = served;
    let found = gates.get(current);
    if (!found) {
      const work = readWork(current.supergraph);
      found = new Gate({ schema: current.schema, work, limits: limitsFor(false), introspection, admission, counts });
      gates.set(current, found);
    }
    return found;
  };
  const apollo = createGatewayApollo(served, { introspection, documentOf: (hash) => gate().documents.documentOf(hash) }, logger);
  await apollo.start();
  server.addHook("onClose", () => apollo.stop());
  const authenticate = checkCredential(graph, ours, config.subgraphTimeout);
  const live = new GatewayLive(graph, LIVE_LIMITS, counted.live);
  // The subgraphs know whose a credential is.
  const budgetOf: EventStreamOptions["budgetOf"] = (request) => budgets.of(request, null);
  // The gate of the graph that is served by then.
  const subscribing = (base: object) => Object.create({ ...base, browsers, budgetOf }, { gate: { get: gate } });
  addWebSockets(server, subscribing({ live, logger, authenticate, baseUrl: () => "" }) as WebSocketOptions);
  const stream = eventStreams(server, subscribing({ live, authenticate, baseUrl: () => "" }) as EventStreamOptions);
  const newest = () => askRevision(graph(), ours, config.subgraphTimeout);
  addGatewayRoute(server, apollo, { graph, gate, budgets, counts: counted.answers, askRevision: newest }, async (request, reply) => {
    await authenticate(request.headers.authorization);
    await stream(request, reply);
  });
  if (metrics) addMetrics(server, metrics, config);
  addGatewayHealth(server, graph, ours);
  passSamples(server, graph, config.subgraphTimeout);
  passExports(server, { graph, budgets, timeout: config.subgraphTimeout });
  if (introspection) server.get("/schema.graphql", (_request, reply) => reply.type("text/plain; charset=utf-8").send(served.current.api));
  await addPages(server, pages);
  return server;
}
