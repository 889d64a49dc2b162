import { makeExecutableSchema } from "@graphql-tools/schema";
import { Writable } from "node:stream";
import type { Board } from "../../src/board/board";
import { readBoard } from "../../src/board/read-facts";
import { notFound } from "../../src/errors";
import { createLogger } from "../../src/server/logger";
import { createServer, type ServerOptions } from "../../src/server/create-server";
import { createTestDatabase, type TestDatabase } from "../support/database";

/** Fields that fail in each way there is, and one that waits until it is told to go on. */
const API = `
  "An instant that takes nothing but good ones."
  scalar Strict
  type Query { hello(name: String = "you", times: Int): String! base: String! unknown: String unexpected: String late: String wait: String! strict(at: Strict): String }
  type Mutation { write: String }`;

/** Where `wait` waits: `open` lets it answer. */
export const gate = { isReached: false, open: (): void => undefined };

interface RequestLike {
  baseUrl: string;
}

const schema = makeExecutableSchema({
  typeDefs: API,
  resolvers: {
    Query: {
      hello: (_: unknown, { name }: { name: string }) => `Hello, ${name}`,
      base: (_: unknown, __: unknown, { baseUrl }: RequestLike) => baseUrl,
      unknown: () => {
        throw notFound("model", "alexnet");
      },
      unexpected: () => {
        throw new TypeError("secret detail of /srv/app.ts");
      },
      late: () => Promise.reject(new Error("secret detail, later")),
      wait: () =>
        new Promise<string>((resolve) => {
          gate.isReached = true;
          gate.open = () => resolve("done");
        }),
    },
    Mutation: { write: () => "written" },
  },
});

export interface OpenServer {
  readonly server: Awaited<ReturnType<typeof createServer>>;
  readonly database: TestDatabase;
  /** Every line of the log so far. */
  readonly log: Record<string, unknown>[];
  /** Reads the board anew: what was written since is seen, and subscribers are told of it. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** A server over an empty database of its own, with a schema of odd fields. */
export async function openServer(options: Partial<ServerOptions> = {}): Promise<OpenServer> {
  const database = await createTestDatabase();
  let board: Board = await readBoard(database.dataSource);
  const told = new Set<(board: Board) => void>();
  const log: Record<string, unknown>[] = [];
  const lines = new Writable({
    write(line: Buffer, _encoding, done) {
      log.push(JSON.parse(line.toString()) as Record<string, unknown>);
      done();
    },
  });
  const server = await createServer({
    endpoints: [{ path: "/graphql", schema }],
    api: API,
    config: { host: "127.0.0.1", port: 4000 },
    dataSource: database.dataSource,
    board: () => board,
    onNewer: (listener) => {
      told.add(listener);
      return () => told.delete(listener);
    },
    logger: createLogger("info", lines),
    pages: null,
    ...options,
  });
  return {
    server,
    database,
    log,
    async refresh() {
      board = await readBoard(database.dataSource);
      for (const listener of told) listener(board);
    },
    async close() {
      await server.close();
      await database.drop();
    },
  };
}
