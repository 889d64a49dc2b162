import type { DataSource } from "typeorm";
import type { Board } from "../../src/board/board";
import { CurrentBoard } from "../../src/board/current";
import { standalone } from "../../src/federation/standalone";
import { createLogger } from "../../src/server/logger";
import { createServer } from "../../src/server/create-server";
import { askHttp, listenHttp, type HttpAnswer, type HttpQuestion } from "../support/ask-http";
import { createTestDatabase } from "../support/database";
import { joinedSchema } from "../support/joined";
import { writeTwinWorld } from "./twin-world";

/** One of two worlds, served. */
export interface Twin {
  readonly dataSource: DataSource;
  /** The newest board. */
  board(): Board;
  /** Asks the joined API, or a subgraph that is served alone. */
  ask(question: HttpQuestion, subgraph?: string): Promise<HttpAnswer>;
  /** Subscribes to the joined API as an event stream, and gives all that it sends until something is done. */
  listen(question: HttpQuestion, until: () => Promise<unknown>): Promise<string>;
  /** Waits until what was written is served. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

/** Boards that each world keeps for lists that were begun on them. */
export const KEPT_BOARDS = 3;

/** The name that the servers are reached by: it stands in answers, and must be the same for both. */
const HOST = "scoretree.test";

/** Writes a world and serves it over HTTP, joined and each subgraph alone. */
export async function openTwin(options: { hasSecrets: boolean; idKey: Buffer }): Promise<Twin> {
  const database = await createTestDatabase();
  const { dataSource } = database;
  await writeTwinWorld(dataSource, options);
  const current = await CurrentBoard.open(dataSource, {
    url: database.url,
    keptBoards: KEPT_BOARDS,
    onError: (error) => void console.error(error),
  });
  const { schema, api, subgraphs } = joinedSchema();
  const schemas = {
    joined: { schema, api },
    ...Object.fromEntries(subgraphs.map((each) => [each.name, { schema: standalone(each), api: each.sdl }])),
  };
  const servers: { close(): Promise<unknown> }[] = [];
  const urls: Record<string, string> = {};
  for (const [name, served] of Object.entries(schemas)) {
    const server = await createServer({
      endpoints: [{ path: "/graphql", schema: served.schema, isForGateway: name !== "joined" }],
      api: served.api,
      dataSource,
      // Generated queries ask for more than anybody may: they are to be answered, not sent away, however busy the machine is.
      config: {
        host: "127.0.0.1",
        port: 0,
        limits: { tokens: 20_000, aliases: 2_000, rootFields: 500, milliseconds: 60_000 },
        longestWait: 60_000,
      },
      board: () => current.board,
      atLeast: (revision) => current.atLeast(revision),
      recent: () => current.recent,
      onNewer: (listener) => current.onNewer(listener),
      logger: createLogger("silent"),
      pages: null,
    });
    servers.push(server);
    urls[name] = await server.listen({ port: 0, host: "127.0.0.1" });
  }
  return {
    dataSource,
    board: () => current.board,
    ask: (question, subgraph = "joined") => askHttp(urls[subgraph], { ...question, headers: { host: HOST, ...question.headers } }),
    listen: (question, until) => listenHttp(urls.joined, { ...question, headers: { host: HOST, ...question.headers } }, until),
    catchUp: async () => void (await current.refresh()),
    async close() {
      for (const server of servers) await server.close();
      await current.close();
      await database.drop();
    },
  };
}
