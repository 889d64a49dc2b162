import type { FastifyBaseLogger } from "fastify";
import type { Config } from "../config";
import { migrate } from "../database/migrate";
import { importDataset, type ImportProgress, type ImportReport } from "../dataset/import-dataset";
import type { Database } from "../federation/context";
import { openDatabase, type OpenDatabase } from "./open-database";

export interface PrepareOptions {
  readonly logger: Pick<FastifyBaseLogger, "warn">;
  /** Told how far the data set is that an empty database is filled from. */
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** A database that can be served. */
export interface PreparedDatabase extends OpenDatabase {
  /** What was loaded into it as it was empty; null if nothing was. */
  readonly loaded: ImportReport | null;
}

/** Opens the database, migrates it and fills it if it is empty. It is closed again if a step fails. */
export async function prepareDatabase(config: Config, { logger, onProgress }: PrepareOptions): Promise<PreparedDatabase> {
  const database = await openDatabase(config, (replica, error) =>
    logger.warn({ err: error, replica: new URL(replica).host }, "A replica cannot be reached: it is left out until the next start."),
  );
  try {
    await migrate(database.dataSource);
    return { ...database, loaded: await fill(database.dataSource, config, onProgress) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Fills an empty database from the configured data set. One that knows any domain is left as it is. */
async function fill(dataSource: Database, { dataset }: Config, onProgress: PrepareOptions["onProgress"]): Promise<ImportReport | null> {
  if (dataset === null) return null;
  const [{ isEmpty }] = (await dataSource.query(`SELECT NOT EXISTS (SELECT FROM domain) AS "isEmpty"`)) as { isEmpty: boolean }[];
  return isEmpty ? importDataset(dataSource, dataset, { onProgress }) : null;
}
