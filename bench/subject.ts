import { readBoard } from "../src/board/read-facts";
import { createDataSource } from "../src/database/data-source";
import type { EmbeddedServer } from "../src/database/embedded";
import { migrate } from "../src/database/migrate";
import { importDataset } from "../src/dataset/import-dataset";
import { ENTITIES } from "../src/server/entities";
import type { Database } from "../src/federation/context";
import { FAILED, SCORED } from "../src/scoring/column";
import path from "node:path";
import { populate } from "./populate";
import { CARD_MODEL, ROOT } from "./questions";

/** A database that is measured, and what is in it. */
export interface Subject {
  readonly url: string;
  readonly dataSource: Database;
  readonly size: Size;
  /** Identifiers of 20 benchmarks, from the top of the tree. */
  readonly columns: readonly string[];
  readonly importMilliseconds: number;
}

/** How large the data are that are measured on. */
export interface Size {
  readonly models: number;
  readonly nodes: number;
  readonly observations: number;
  /** Cells of leaves: models times leaves that have a version. */
  readonly leafCells: number;
  /** Shares of the leaf cells, 0 to 1. */
  readonly scored: number;
  readonly failed: number;
}

/** Makes a database of the default data set and brings it to so many models. */
export async function makeSubject(server: EmbeddedServer, models: number): Promise<Subject> {
  const admin = await createDataSource(server.url, [], 1);
  const name = `bench_${models}`;
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.destroy();
  const url = server.urlOf(name);
  const dataSource = await createDataSource(url, ENTITIES);
  await migrate(dataSource);
  const start = performance.now();
  await importDataset(dataSource, path.join(ROOT, "data"));
  const importMilliseconds = performance.now() - start;
  await populate(dataSource, models, CARD_MODEL);
  return { url, dataSource, importMilliseconds, ...(await describe(dataSource)) };
}

async function describe(dataSource: Database): Promise<Pick<Subject, "size" | "columns">> {
  const [board] = (await readBoard(dataSource)).domains;
  const { models, observations } = board;
  const { tree } = board.catalog;
  const standings = board.standings();
  let [cells, scored, failed] = [0, 0, 0];
  standings.columns.forEach((column, node) => {
    if (!column || !tree.isLeaf[node]) return;
    for (const state of column.states) {
      cells++;
      if (state === SCORED) scored++;
      if (state === FAILED) failed++;
    }
  });
  return {
    size: {
      models: models.length,
      nodes: tree.size,
      observations: observations.length,
      leafCells: cells,
      scored: scored / cells,
      failed: failed / cells,
    },
    columns: standings.scope
      .listedAll()
      .slice(0, 20)
      .map((node) => tree.identifiers[node]),
  };
}
