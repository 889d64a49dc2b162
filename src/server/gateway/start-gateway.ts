import type { FastifyBaseLogger } from "fastify";
import type { Config } from "../../config";
import { compose } from "../../federation/compose";
import { buildSubgraph } from "../../federation/subgraph";
import { leaveService } from "../leaving";
import { countMetrics } from "../metrics/count-metrics";
import { createMetrics } from "../metrics/server-metrics";
import type { Told } from "../metrics/tell";
import { zeroProcessCounts } from "../process-counts";
import { SUBGRAPHS } from "../subgraphs";
import { createGatewayServer } from "./create-gateway-server";
import type { ServedGraph } from "./gateway-apollo";
import { type Graph, openGraph } from "./graph";
import { SubgraphMetrics } from "./subgraph-metrics";
import { readSupergraph, watchSupergraph } from "./supergraph-source";

/** A running gateway. */
export interface Gateway {
  /** Where it answers, without a slash at its end. */
  readonly url: string;
  /** Where each subgraph is, by name. */
  readonly subgraphs: ReadonlyMap<string, string>;
  /** Lets running requests finish, after a notice as of `Platform.stop`. */
  stop(notice?: number): Promise<void>;
}

export interface GatewayOptions {
  readonly logger: FastifyBaseLogger;
  /** File of a supergraph that was composed elsewhere; read again when it changes. Default: the platform's own subgraphs are composed. */
  readonly supergraphFile?: string;
}

const OURS = SUBGRAPHS.map(({ name }) => name);

/** Composes the platform's own subgraphs, at the configured addresses. */
const composeOwn = ({ subgraphs }: Pick<Config, "subgraphs">): string =>
  compose(SUBGRAPHS.map(buildSubgraph), (name) => subgraphs[name]).supergraph;

const keptParts = (graph: () => Graph): Told => ({
  name: "parts_kept_bytes",
  help: "Bytes of what the gateway keeps of the subgraphs' answers about entities; at most 64 MB.",
  read: () => graph().keptBytes(),
});

/** Opens the graph and listens. Throws CONFIGURATION if the supergraph cannot be served. */
export async function startGateway(config: Config, { logger, supergraphFile }: GatewayOptions): Promise<Gateway> {
  const read = () => (supergraphFile === undefined ? composeOwn(config) : readSupergraph(supergraphFile));
  const counts = zeroProcessCounts();
  const metrics = createMetrics([...countMetrics(counts), keptParts(() => served.current)], config.metricsOperations);
  const asked = new SubgraphMetrics(metrics.registry);
  const open = () => openGraph(read(), OURS, { timeout: config.subgraphTimeout, logger, counts: counts.execution, metrics: asked });
  const served: ServedGraph = { current: await open(), listeners: new Set() };
  const server = await createGatewayServer({ served, config, ours: OURS, logger, counts, metrics });

  let renewing = Promise.resolve();
  const renew = async (): Promise<void> => {
    try {
      if (read() === served.current.supergraph) return;
      const graph = await open();
      const before = served.current;
      served.current = graph;
      for (const listener of served.listeners) listener(graph);
      before.close();
      logger.info({ subgraphs: [...graph.subgraphs.keys()] }, "The supergraph was read again.");
    } catch (error) {
      logger.error({ err: error }, "The supergraph was changed, but cannot be served. The one before is served on.");
    }
  };
  const unwatch = supergraphFile === undefined ? null : watchSupergraph(supergraphFile, () => (renewing = renewing.then(renew)));
  return {
    url: await server.listen({ port: config.port, host: config.host }),
    subgraphs: served.current.subgraphs,
    async stop(notice = 0) {
      unwatch?.();
      await leaveService(server, notice);
      await renewing;
      served.current.close();
      metrics.stop();
    },
  };
}
