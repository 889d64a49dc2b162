import type { FastifyInstance } from "fastify";
import type { DataSource } from "typeorm";
import { CurrentBoard } from "../../src/board/current";
import { ExactBoards } from "../../src/board/exact-boards";
import { standalone } from "../../src/federation/standalone";
import { createServer, type Endpoint, type ServerOptions } from "../../src/server/create-server";
import { type LiveCounts, zeroCounts } from "../../src/server/live/counts";
import { createLogger } from "../../src/server/logger";
import { createTestDatabase, type TestDatabase } from "./database";
import { joinedSchema } from "./joined";
import { type StartedServer, startGateway } from "./start-server";

/** A world that is served twice: joined, and as subgraphs behind a gateway. */
export interface Federated {
  readonly dataSource: DataSource;
  /** Where the joined API is, without a slash at its end. */
  readonly joined: string;
  readonly gateway: StartedServer;
  /** Where the subgraphs are. */
  readonly subgraphs: Readonly<Record<string, string>>;
  /** Subscribers of the joined API and of the subgraphs. */
  readonly liveCounts: LiveCounts;
  /** Waits until what was written is served. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

export interface FederatedOptions {
  /** True if the joined API has facts of its own: a copy of what was written at first, ids included. Default: the same. */
  readonly isApart?: boolean;
  /** Puts something between the gateway and subgraphs: where the gateway is to find them. Default: nothing. */
  readonly between?: (places: Record<string, string>) => Record<string, string>;
  /** Of the joined server and the subgraphs. Default: as tests have it. */
  readonly config?: Partial<ServerOptions["config"]>;
  /** Of the gateway. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The board of a database, and servers over it in this process. */
async function openBoard({ dataSource, url }: TestDatabase, liveCounts: LiveCounts, config: FederatedOptions["config"]) {
  const current = await CurrentBoard.open(dataSource, { url, onError: (error) => void console.error(error) });
  const exact = new ExactBoards(dataSource, current);
  const servers: FastifyInstance[] = [];
  return {
    current,
    async serve(endpoints: Endpoint[]) {
      const server = await createServer({
        ...{ endpoints, api: joinedSchema().api, dataSource, pages: null, logger: createLogger("silent"), liveCounts },
        config: { host: "127.0.0.1", port: 0, publicUrl: "http://scoretree.test", ...config },
        board: () => current.board,
        atLeast: (revision) => current.atLeast(revision),
        exactly: (revision) => exact.at(revision),
        recent: () => current.recent,
        onNewer: (listener) => current.onNewer(listener),
      });
      servers.push(server);
      return server.listen({ port: 0, host: "127.0.0.1" });
    },
    async close() {
      for (const server of servers) await server.close();
      await current.close();
    },
  };
}

/** Writes a world and serves it from this process, joined and each subgraph alone, with a gateway in a process of its own. */
export async function openFederated(
  write: (dataSource: DataSource) => Promise<unknown>,
  { isApart = false, between = (places) => places, config, environment }: FederatedOptions = {},
): Promise<Federated> {
  const database = await createTestDatabase();
  await write(database.dataSource);
  const copy = isApart ? await createTestDatabase({ of: database }) : null;
  const liveCounts = zeroCounts();
  const board = await openBoard(database, liveCounts, config);
  const ofJoined = copy ? await openBoard(copy, liveCounts, config) : board;
  const { schema, supergraph, subgraphs } = joinedSchema();
  const joined = await ofJoined.serve([{ path: "/graphql", schema, sdl: supergraph }]);
  const alone = await board.serve(
    subgraphs.map((each) => ({ path: `/graphql/${each.name}`, schema: standalone(each), sdl: each.sdl, isForGateway: true })),
  );
  const places = Object.fromEntries(subgraphs.map(({ name }) => [name, `${alone}/graphql/${name}`]));
  const gateway = await startGateway(between(places), { environment });
  return {
    ...{ dataSource: database.dataSource, joined, gateway, subgraphs: places, liveCounts },
    catchUp: async () => void (await Promise.all([board.current.refresh(), ofJoined.current.refresh()])),
    async close() {
      await gateway.kill();
      for (const each of new Set([board, ofJoined])) await each.close();
      await copy?.drop();
      await database.drop();
    },
  };
}
