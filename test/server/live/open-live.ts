import { Writable } from "node:stream";
import type { CurrentBoard } from "../../../src/board/current";
import { createLogger } from "../../../src/server/logger";
import { createServer, type ServerOptions } from "../../../src/server/create-server";
import { type LiveCounts, zeroCounts } from "../../../src/server/live/counts";
import { createDataSource } from "../../../src/database/data-source";
import { openCurrent, until } from "../../board/open-current";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { joinedSchema } from "../../support/joined";
import { seed } from "../../support/seed";
import type { Json } from "../../support/json";
import { type Heard, subscribeAt, type SubscribeOptions, type Transport } from "./subscribe";

/** A server over a live board of a database of its own, and clients of it. */
export interface OpenLive {
  readonly url: string;
  readonly server: Awaited<ReturnType<typeof createServer>>;
  readonly database: TestDatabase;
  readonly current: CurrentBoard;
  readonly counts: LiveCounts;
  /** Every line of the log so far. */
  readonly log: Record<string, unknown>[];
  /** Facts that another process writes: over connections that this server knows nothing of. */
  elsewhere(): ReturnType<typeof seed>;
  /** Subscribes by the usual client of a transport, and waits until it is or was refused; its events are kept. */
  subscribe(transport: Transport, query: string, options?: SubscribeOptions): Promise<Heard>;
  /** Asks as queries are asked. */
  ask(query: string): Promise<Json>;
  close(): Promise<void>;
}

/** Opens it on a world that is to be written first. */
export async function openLive(
  write: (database: TestDatabase) => Promise<unknown>,
  options: Partial<ServerOptions> = {},
): Promise<OpenLive> {
  const database = await createTestDatabase();
  await write(database);
  const other = await createDataSource(database.url, []);
  const { current } = await openCurrent(database);
  const log: Record<string, unknown>[] = [];
  const lines = new Writable({
    write(line: Buffer, _encoding, done) {
      log.push(JSON.parse(line.toString()) as Record<string, unknown>);
      done();
    },
  });
  const counts = zeroCounts();
  const { schema, api } = joinedSchema();
  const server = await createServer({
    ...{
      endpoints: [{ path: "/graphql", schema }],
      api,
      config: { host: "127.0.0.1", port: 4000 },
      dataSource: database.dataSource,
      pages: null,
    },
    ...{ board: () => current.board, onNewer: (listener) => current.onNewer(listener), logger: createLogger("info", lines) },
    liveCounts: counts,
    ...options,
  });
  const url = await server.listen({ port: 0, host: "127.0.0.1" });
  const clients = new Set<Heard>();

  async function subscribe(transport: Transport, query: string, options?: SubscribeOptions) {
    const before = counts.subscriptions;
    const heard = subscribeAt(url, transport, query, options);
    clients.add(heard);
    await until(() => heard.isOver || counts.subscriptions > before);
    return heard;
  }
  return {
    url,
    server,
    database,
    current,
    counts,
    log,
    elsewhere: () => seed(other).domain("vision"),
    subscribe,
    async ask(query) {
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query }),
      });
      return response.json();
    },
    async close() {
      for (const client of clients) client.stop();
      await server.close();
      await current.close();
      await other.destroy();
      await database.drop();
    },
  };
}
