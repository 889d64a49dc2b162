import type { Board } from "../src/board/board";
import { readBoard } from "../src/board/read-facts";
import { createDataSource } from "../src/database/data-source";
import { ENTITIES } from "../src/server/entities";
import { createAsk } from "./ask";
import { card } from "./questions";
import { tell } from "./run-child";

/** Milliseconds since the start of reading. */
export interface Loaded {
  readonly load: number;
  readonly firstCard: number;
}

/** A process that is connected and has its schema reads the facts at `url` and answers one card. */
async function loadBoard(url: string): Promise<void> {
  const dataSource = await createDataSource(url, ENTITIES);
  let board: Board | null = null;
  const ask = createAsk(() => board!, dataSource);
  const start = performance.now();
  board = await readBoard(dataSource);
  const load = performance.now() - start;
  await ask(card());
  tell({ load, firstCard: performance.now() - start } satisfies Loaded);
  await dataSource.destroy();
}

void loadBoard(process.argv[2]);
