import type { Config } from "../config";
import { createDataSource } from "../database/data-source";
import { openEmbedded } from "../database/embedded";
import { reachableReplicas } from "../database/reachable-replicas";
import type { Database } from "../federation/context";
import { ENTITIES } from "./entities";

/** Connections of a pool to the primary and to each replica, at most. */
export const POOL_SIZE = 10;

/** A connected database and the way to leave it. */
export interface OpenDatabase {
  readonly url: string;
  /** Those of its replicas that can be reached. */
  readonly replicaUrls: readonly string[];
  readonly dataSource: Database;
  /** True if it is the embedded one. */
  readonly isEmbedded: boolean;
  /** Closes the connections and leaves the embedded server, if that was it. */
  close(): Promise<void>;
}

/**
 * Connects to the configured Postgres and those of its replicas that can be reached, or starts the embedded one or attaches to it. Migrates
 * nothing. `onLost` is told of each replica that is left out.
 */
export async function openDatabase(
  {
    databaseUrl,
    databaseReplicaUrls = [],
    dataDirectory,
  }: Pick<Config, "databaseUrl" | "dataDirectory"> & Partial<Pick<Config, "databaseReplicaUrls">>,
  onLost: (url: string, error: unknown) => void = () => undefined,
): Promise<OpenDatabase> {
  const embedded = databaseUrl === null ? await openEmbedded(dataDirectory) : null;
  const url = embedded?.url ?? databaseUrl!;
  try {
    const replicaUrls = await reachableReplicas(databaseReplicaUrls, onLost);
    const dataSource = await createDataSource(url, ENTITIES, POOL_SIZE, { replicaUrls });
    return {
      url,
      replicaUrls,
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
