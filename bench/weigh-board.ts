import { readBoard } from "../src/board/read-facts";
import { createDataSource } from "../src/database/data-source";
import { ENTITIES } from "../src/server/entities";
import { tell } from "./run-child";
import { bytesHeld, type Held } from "./scale/bytes-held";

/** Bytes that a board holds for each of its cells, one for each model and benchmark. */
export interface Weighed {
  /** Values, states, errors, winners and sorted columns. */
  readonly standings: number;
  /** With them all else: observations, models, tree. */
  readonly board: number;
}

/** Reads the facts at `url`, ranks everything, and tells what is held once garbage is collected. */
async function weighBoard(url: string): Promise<void> {
  const dataSource = await createDataSource(url, ENTITIES);
  const sum = ({ columns, objects }: Held): number => columns + objects;
  const before = sum(await bytesHeld());
  const board = await readBoard(dataSource);
  const read = sum(await bytesHeld());
  let cells = 0;
  for (const domain of board.domains) {
    const standings = domain.standings();
    standings.columns.forEach((column, node) => {
      if (!column) return;
      standings.ranking(node);
      cells += column.values.length;
    });
  }
  const after = sum(await bytesHeld());
  tell({ standings: (after - read) / cells, board: (after - before) / cells } satisfies Weighed);
  // What is held has to be used, or it may be let go of before it is weighed.
  if (board.domains.length === 0) throw new Error("There is nothing to weigh.");
  await dataSource.destroy();
}

void weighBoard(process.argv[2]);
