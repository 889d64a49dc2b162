import type { FastifyBaseLogger } from "fastify";
import { CurrentBoard } from "../board/current";
import { ExactBoards } from "../board/exact-boards";
import type { Config } from "../config";
import type { ImportReport } from "../dataset/import-dataset";
import { standalone } from "../federation/standalone";
import { buildSubgraph, type Subgraph } from "../federation/subgraph";
import { scores } from "../subgraphs/scores/subgraph";
import { createDataSource } from "../database/data-source";
import { createServer, type ServerOptions } from "./create-server";
import { leaveService } from "./leaving";
import { ENTITIES } from "./entities";
import { boardMetrics } from "./metrics/board-metrics";
import { countMetrics } from "./metrics/count-metrics";
import { createMetrics } from "./metrics/server-metrics";
import { POOL_SIZE } from "./open-database";
import { prepareDatabase, type PrepareOptions } from "./prepare-database";
import { type ProcessCounts, zeroProcessCounts } from "./process-counts";
import { buildSchema } from "./schema";

/** A running platform: database, board and HTTP server. */
export interface Platform {
  /** Where it answers, without a slash at its end. */
  readonly url: string;
  /** What was loaded into a database that was empty; null if nothing was. */
  readonly loaded: ImportReport | null;
  /** What it counts as it runs. */
  readonly counts: ProcessCounts;
  /**
   * Tells load balancers to send no more, lets running requests finish, then leaves the database. `notice`: how long balancers are told
   * before connections are refused, in milliseconds. Default 0.
   */
  stop(notice?: number): Promise<void>;
}

export interface PlatformOptions extends PrepareOptions {
  readonly logger: FastifyBaseLogger;
  /** Subgraphs to serve, each alone at `/graphql/<name>`, for a gateway. Default: all of them joined, at `/graphql`. */
  readonly subgraphs?: readonly Subgraph[];
}

/** What is served. */
function endpointsOf(subgraphs: PlatformOptions["subgraphs"]): Pick<ServerOptions, "endpoints" | "api"> {
  if (subgraphs)
    return {
      endpoints: subgraphs.map(buildSubgraph).map((built) => ({
        path: `/graphql/${built.name}`,
        schema: standalone(built),
        sdl: built.sdl,
        isForGateway: true,
      })),
    };
  const { schema, supergraph, api } = buildSchema();
  return { endpoints: [{ path: "/graphql", schema, sdl: supergraph }], api };
}

/** Opens the database, migrates it, fills it if it is empty, reads the board and listens. What was opened is closed if a step fails. */
export async function startPlatform(config: Config, { logger, onProgress, subgraphs }: PlatformOptions): Promise<Platform> {
  const opened: ((notice: number) => Promise<unknown>)[] = [];
  const stop = async (notice = 0) => {
    for (const close of opened.splice(0).reverse()) await close(notice);
  };
  try {
    const database = await prepareDatabase(config, { logger, onProgress });
    opened.push(() => database.close());
    const { dataSource, url, replicaUrls, loaded } = database;
    // Requests have connections of their own: they cannot use up those that facts are read by, and their statements are ended in time.
    const { statementTimeout } = config;
    const forRequests = await createDataSource(url, ENTITIES, POOL_SIZE, { replicaUrls, statementTimeout });
    opened.push(() => forRequests.destroy());
    const current = await CurrentBoard.open(dataSource, {
      url,
      holdsModels: !subgraphs || subgraphs.includes(scores),
      onError: (error) => logger.warn({ err: error }, "The newest facts could not be read; trying again."),
    });
    opened.push(() => current.close());
    const exact = new ExactBoards(dataSource, current);
    const counts = zeroProcessCounts();
    const pools = { requests: forRequests, facts: dataSource };
    const metrics = createMetrics([...countMetrics(counts), ...boardMetrics({ current, pools })], config.metricsOperations);
    opened.push(async () => metrics.stop());
    const server = await createServer({
      ...endpointsOf(subgraphs),
      config,
      dataSource: forRequests,
      board: () => current.board,
      atLeast: (revision) => current.atLeast(revision),
      exactly: (revision) => exact.at(revision),
      recent: () => current.recent,
      onNewer: (listener) => current.onNewer(listener),
      executionCounts: counts.execution,
      answerCounts: counts.answers,
      liveCounts: counts.live,
      limitCounts: counts.limits,
      metrics,
      lag: () => current.lag.milliseconds,
      logger,
    });
    opened.push((notice) => leaveService(server, notice));
    return { url: await server.listen({ port: config.port, host: config.host }), loaded, counts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
