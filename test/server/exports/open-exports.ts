import { createHash } from "node:crypto";
import { request, type IncomingHttpHeaders } from "node:http";
import { CurrentBoard } from "../../../src/board/current";
import { createLogger } from "../../../src/server/logger";
import { createServer } from "../../../src/server/create-server";
import type { TestDatabase } from "../../support/database";
import { joinedSchema } from "../../support/joined";

/** A file as it came. */
export interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly trailers: Readonly<Record<string, string | undefined>>;
  /** As they came, compressed if they did. */
  readonly bytes: Buffer;
}

export interface OpenExports {
  readonly url: string;
  readonly current: CurrentBoard;
  get(path: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<Got>;
  close(): Promise<void>;
}

/** Serves the joined API with the exports over a database. */
export async function openExports({ dataSource, url: databaseUrl }: TestDatabase): Promise<OpenExports> {
  const current = await CurrentBoard.open(dataSource, { url: databaseUrl, onError: (error) => void console.error(error) });
  const { schema, api } = joinedSchema();
  const server = await createServer({
    ...{ endpoints: [{ path: "/graphql", schema }], api, dataSource, config: { host: "127.0.0.1", port: 0 }, pages: null },
    board: () => current.board,
    atLeast: (revision) => current.atLeast(revision),
    logger: createLogger("silent"),
  });
  const url = await server.listen({ port: 0, host: "127.0.0.1" });
  return {
    ...{ url, current },
    get: (path, headers = {}, method = "GET") => getFile(url + path, headers, method),
    async close() {
      await server.close();
      await current.close();
    },
  };
}

/** Fetches a file without undoing anything of how it travels, trailers included. */
export const getFile = (url: string, headers: Readonly<Record<string, string>> = {}, method = "GET"): Promise<Got> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        const { statusCode: status = 0, trailers } = answer;
        resolve({ status, headers: answer.headers, trailers, bytes: Buffer.concat(chunks) });
      });
    });
    sent.on("error", reject);
    sent.end();
  });

/** The digest of RFC 9530. */
export const digestOf = (bytes: Buffer): string => `sha-256=:${createHash("sha256").update(bytes).digest("base64")}:`;
