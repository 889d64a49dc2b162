import type { Client } from "pg";
import Cursor from "pg-cursor";
import type { DataSource, QueryRunner, ReplicationMode } from "typeorm";
import { atRevision } from "../database/at-revision";
import { LEDGER, LEDGER_AT, type Select } from "./fact-selects";
import type { LedgerFacts } from "./facts";

/** Rows fetched at a time from the table of observations: enough to keep the wire busy, little enough to stay out of the way. */
const ROWS_A_FETCH = 5_000;

/** However the server or the database is set: instants are written in UTC, and numbers with all of their digits. */
export const BEGIN = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL timezone = 'UTC'; SET LOCAL extra_float_digits = 1`;

/** Reads facts within one snapshot of the database: as they are, or as they stood at a revision. */
export interface Reader {
  readonly rows: <T>(select: Select, parameters?: readonly unknown[]) => Promise<T[]>;
  /** The same in batches of rows without names. */
  readonly batches: <T extends unknown[]>(select: Select, parameters: readonly unknown[]) => AsyncGenerator<T[]>;
  readonly ledger: () => Promise<LedgerFacts>;
}

function readerOf(runner: QueryRunner, revision: number | null): Reader {
  const statement = ({ sql, tables }: Select, parameters: readonly unknown[]): [string, unknown[]] =>
    revision === null || tables.length === 0
      ? [sql, [...parameters]]
      : [`${atRevision(tables, parameters.length + 1)} ${sql}`, [...parameters, revision]];
  return {
    rows: (select, parameters = []) => runner.query(...statement(select, parameters)),
    async *batches<T extends unknown[]>(select: Select, parameters: readonly unknown[]) {
      const [sql, values] = statement(select, parameters);
      const client = (await runner.connect()) as Client;
      const cursor = client.query(new Cursor<T>(sql, values, { rowMode: "array" }));
      try {
        for (let rows = await cursor.read(ROWS_A_FETCH); rows.length > 0; rows = await cursor.read(ROWS_A_FETCH)) yield rows;
      } finally {
        await cursor.close();
      }
    },
    async ledger() {
      const [ledger] = (await (revision === null ? runner.query(LEDGER) : runner.query(LEDGER_AT, [revision]))) as LedgerFacts[];
      return ledger;
    },
  };
}

/**
 * Runs a read in one snapshot of the database, so that all of its SELECTs speak of one revision. `on`: the primary, which is the default, or
 * one of its replicas, which may be behind it.
 */
export async function inSnapshot<T>(
  dataSource: DataSource,
  revision: number | null,
  read: (reader: Reader) => Promise<T>,
  on: ReplicationMode = "master",
): Promise<T> {
  const runner = dataSource.createQueryRunner(on);
  try {
    await runner.connect();
    await runner.query(BEGIN);
    const result = await read(readerOf(runner, revision));
    await runner.query("COMMIT");
    return result;
  } catch (error) {
    // The connection may be what failed: the first error is the one to tell.
    await runner.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}
