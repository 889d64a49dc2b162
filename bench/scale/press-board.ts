import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import type { Board } from "../../src/board/board";
import type { Database } from "../../src/federation/context";
import { createServer } from "../../src/server/create-server";
import { buildSchema } from "../../src/server/schema";
import type { Pressed } from "../press";
import type { Question } from "../questions";
import { runChild } from "../run-child";
import { effortOf } from "./effort";

const CONNECTIONS = 10;
const WARM_UP_SECONDS = 3;
const SECONDS = 6;

/** Serves a board of this process over HTTP, with a load from another process that asks one question without a pause. */
export async function pressBoard(
  board: () => Board,
  dataSource: Database,
  question: Question,
): Promise<{ rate: number; processor: number }> {
  const folder = await mkdtemp(path.join(tmpdir(), "scoretree-bench-"));
  const { schema } = buildSchema();
  const logger = pino({ level: "silent" });
  const config = { host: "127.0.0.1", port: 0 };
  const server = await createServer({ endpoints: [{ path: "/graphql", schema }], config, dataSource, board, logger, pages: null });
  try {
    const asked = path.join(folder, "question");
    await writeFile(asked, JSON.stringify(question));
    const url = `${await server.listen(config)}/graphql`;
    const press = async (seconds: number): Promise<Pressed> => {
      const pressed = await runChild<Pressed>("press", url, asked, String(CONNECTIONS), String(seconds));
      if (pressed.failures > 0) throw new Error(`${pressed.failures} requests failed.`);
      return pressed;
    };
    await press(WARM_UP_SECONDS);
    let rate = 0;
    const { processor } = await effortOf(async () => ({ requestsPerSecond: rate } = await press(SECONDS)));
    return { rate, processor: processor / (rate * SECONDS) };
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
}
