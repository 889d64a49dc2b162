import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
import type { DataSource, QueryRunner } from "typeorm";

/** How long a read waits for a replica to have the facts that it asks about, and how long it may take there, in milliseconds. */
const WAIT_FOR_FACTS = 50;
const LONGEST_READ = 3_000;

/** How long nobody waits for a replica that was found to lag, and nobody asks any after one failed, in milliseconds. */
const REST_AFTER_LAG = 1_000;
const REST_AFTER_FAILURE = 5_000;

/** What is known of the replicas of a data source. */
interface Replicas {
  /** By address: the last revision that was seen there, and until when it is not waited for. */
  readonly known: Map<string, { revision: number; lagsUntil: number }>;
  restUntil: number;
}

const replicas = new WeakMap<DataSource, Replicas>();

function replicasOf(dataSource: DataSource): Replicas | null {
  if (!("replication" in dataSource.options) || !dataSource.options.replication) return null;
  let found = replicas.get(dataSource);
  if (!found) replicas.set(dataSource, (found = { known: new Map(), restUntil: 0 }));
  return found;
}

/**
 * Runs a SELECT over facts as of a revision on one of the replicas, if there are any, once that has them; on the primary if it does not
 * have them soon, fails or takes too long. So what is read is never older than asked, and no replica is missed.
 */
export async function queryAt<T>(dataSource: DataSource, revision: number, sql: string, parameters: readonly unknown[]): Promise<T[]> {
  const state = replicasOf(dataSource);
  const rows = state && performance.now() >= state.restUntil ? await onReplica<T>(dataSource, state, revision, sql, parameters) : null;
  return rows ?? (dataSource.query(sql, [...parameters]) as Promise<T[]>);
}

/** Null if the primary is to be asked. */
async function onReplica<T>(
  dataSource: DataSource,
  state: Replicas,
  revision: number,
  sql: string,
  parameters: readonly unknown[],
): Promise<T[] | null> {
  const runner = dataSource.createQueryRunner("slave");
  const late = new AbortController();
  const reading = read<T>(runner, state, revision, sql, parameters);
  try {
    const rows = await Promise.race([reading, pause(LONGEST_READ, "late" as const, { signal: late.signal })]);
    if (rows !== "late") return rows;
    state.restUntil = performance.now() + REST_AFTER_FAILURE;
    // Ends the connection, and so the reading: it must not go back to the pool as it is.
    void runner
      .connect()
      .then((client: Client) => client.end())
      .catch(() => undefined);
    return null;
  } catch (error) {
    if (isOfConnection(error)) state.restUntil = performance.now() + REST_AFTER_FAILURE;
    return null;
  } finally {
    late.abort();
    void reading.catch(() => undefined).then(() => runner.release());
  }
}

async function read<T>(
  runner: QueryRunner,
  { known }: Replicas,
  revision: number,
  sql: string,
  parameters: readonly unknown[],
): Promise<T[] | null> {
  const { host, port } = (await runner.connect()) as Client;
  const address = `${host}:${port}`;
  const seen = known.get(address) ?? { revision: 0, lagsUntil: 0 };
  known.set(address, seen);
  for (const begun = performance.now(); seen.revision < revision; await pause(5)) {
    const [ledger] = (await runner.query(`SELECT last_revision AS "revision" FROM ledger`)) as { revision: number }[];
    seen.revision = Math.max(seen.revision, ledger?.revision ?? 0);
    if (seen.revision >= revision) break;
    if (performance.now() < seen.lagsUntil) return null;
    if (performance.now() - begun > WAIT_FOR_FACTS) {
      seen.lagsUntil = performance.now() + REST_AFTER_LAG;
      return null;
    }
  }
  return (await runner.query(sql, [...parameters])) as T[];
}

/** True unless the server itself said what is wrong with the statement: then the connection is as good as before. */
const isOfConnection = (error: unknown): boolean => {
  const code = (error as { code?: string }).code ?? "";
  return !/^[0-9A-Z]{5}$/.test(code) || /^(08|53|57P)/.test(code);
};
