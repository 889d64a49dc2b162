import type { Config } from "../config";
import { createDataSource } from "../database/data-source";
import { openEmbedded } from "../database/embedded";
import type { Database } from "../federation/context";
import { ENTITIES } from "./entities";

/** A connected database and the way to leave it. */
export interface OpenDatabase {
  readonly url: string;
  readonly dataSource: Database;
  /** True if it is the embedded one. */
  readonly isEmbedded: boolean;
  /** Closes the connections and leaves the embedded server, if that was it. */
  close(): Promise<void>;
}

/** Connects to the configured Postgres, or starts the embedded one or attaches to it. Migrates nothing. */
export async function openDatabase({ databaseUrl, dataDirectory }: Pick<Config, "databaseUrl" | "dataDirectory">): Promise<OpenDatabase> {
  const embedded = databaseUrl === null ? await openEmbedded(dataDirectory) : null;
  const url = embedded?.url ?? databaseUrl!;
  try {
    const dataSource = await createDataSource(url, ENTITIES);
    return {
      url,
      dataSource,
      isEmbedded: embedded !== null,
      async close() {
        await dataSource.destroy();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}
