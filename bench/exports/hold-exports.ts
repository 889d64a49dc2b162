import "reflect-metadata";
import { pino } from "pino";
import { Board } from "../../src/board/board";
import { DomainBoard } from "../../src/board/domain-board";
import { inSlices } from "../../src/board/in-slices";
import { readBoard } from "../../src/board/read-facts";
import { createDataSource } from "../../src/database/data-source";
import { createServer } from "../../src/server/create-server";
import { ENTITIES } from "../../src/server/entities";
import { buildSchema } from "../../src/server/schema";
import { longestTurn } from "../longest-turn";
import { runChild, tell } from "../run-child";
import { bytesHeld } from "../scale/bytes-held";
import { makeObservations } from "../scale/make-observations";
import type { Drained } from "./drain";

/** What a process came to while it sent one file. */
export interface Exported extends Drained {
  readonly name: string;
  /** Resident bytes of the process before, and the most while it sent the file. */
  readonly before: number;
  readonly highest: number;
  /** Milliseconds of the longest turn of its event loop, on a processor (null where that is not told) and by the clock. */
  readonly turn: number | null;
  readonly turnByClock: number;
}

export interface Exports {
  readonly models: number;
  readonly nodes: number;
  readonly observations: number;
  /** Rows of scores. */
  readonly rows: number;
  readonly files: readonly Exported[];
}

const FILES = ["scores.csv", "scores.jsonl", "scores.parquet", "scores.arrow", "leaderboard.parquet", "models.csv"];

/** How often resident memory is looked at, in milliseconds. */
const LOOK = 10;

/** Holds a board of the models at `url` with observations that are drawn, and sends its files to a process that reads them. */
async function holdExports(url: string): Promise<void> {
  const dataSource = await createDataSource(url, ENTITIES);
  const { catalog, domains } = await readBoard(dataSource);
  const [known] = domains;
  const observations = makeObservations(known.catalog, known.models.length);
  const domain = new DomainBoard(known.catalog, known.slots, observations);
  const board = new Board(catalog, [domain]);
  await inSlices(domain.prepare(), () => true);
  const { columns } = domain.standings();
  const rows = columns.reduce((sum, column) => sum + (column?.states.reduce((count, state) => count + Number(state > 0), 0) ?? 0), 0);

  const { schema, supergraph: sdl } = buildSchema();
  const config = { host: "127.0.0.1", port: 0 };
  const logger = pino({ level: "silent" });
  const endpoints = [{ path: "/graphql", schema, sdl }];
  const server = await createServer({ endpoints, config, dataSource, board: () => board, logger, pages: null });
  const address = await server.listen(config);
  const files: Exported[] = [];

  async function send(name: string, file: string, ...pace: readonly string[]): Promise<void> {
    await bytesHeld();
    const before = process.memoryUsage.rss();
    let highest = before;
    const looking = setInterval(() => (highest = Math.max(highest, process.memoryUsage.rss())), LOOK);
    let drained!: Drained;
    const turn = await longestTurn(
      async () => (drained = await runChild<Drained>("exports/drain", `${address}/exports/vision/${file}`, ...pace)),
    );
    clearInterval(looking);
    files.push({ name, ...drained, before, highest, turn: turn.processor, turnByClock: turn.milliseconds });
  }
  await send("warming up", "scores.csv?only.below=group_0");
  files.length = 0;
  for (const file of FILES) await send(file, file);
  await send("scores.csv, read at 4 MB/s for 10 s, then left", "scores.csv", "4", "10");

  await server.close();
  await dataSource.destroy();
  const { length: models } = domain.models;
  tell({ models, nodes: known.catalog.tree.size, observations: observations.length, rows, files } satisfies Exports);
}

void holdExports(process.argv[2]);
