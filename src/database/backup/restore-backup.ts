import { createReadStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { DataSource, QueryRunner } from "typeorm";
import { badInput, ExpectedError } from "../../errors";
import { FACTS_CHANNEL } from "../append-facts";
import { holdingMigrations, KNOWN_MIGRATIONS, migrateTo } from "../migrate";
import { COPY_SETTINGS } from "./copy-settings";
import { KEPT_TABLES } from "./kept-tables";
import type { BackupTable } from "./manifest";
import type { CheckedBackup } from "./read-backup";

/** Throws CONFIGURATION if a backup was made by a newer program: its tables are none of ours. */
export function refuseNewerBackup({ folder, manifest }: CheckedBackup): void {
  const unknown = manifest.migrations.filter((name) => !KNOWN_MIGRATIONS.includes(name));
  if (unknown.length > 0)
    throw new ExpectedError(
      "CONFIGURATION",
      `The backup ${folder} is newer than this program: it has ${unknown.join(", ")}, which this program does not know. Use the newer program.`,
    );
}

/**
 * Puts all that a backup holds into a database that holds nothing, with or without tables, in one transaction: killed in its midst, the
 * database is as before. The tables are first brought to where those of the backup stood, then up to date. Throws CONFIGURATION if the
 * database holds anything, or the backup is newer than this program.
 */
export async function restoreBackup(dataSource: DataSource, backup: CheckedBackup): Promise<void> {
  const { folder, manifest } = backup;
  refuseNewerBackup(backup);
  await holdingMigrations(dataSource, async (runner) => {
    await runner.startTransaction();
    try {
      await runner.query(COPY_SETTINGS);
      await refuseFilled(runner);
      await migrateTo(dataSource, runner, manifest.migrations);
      for (const table of manifest.tables) await load(runner, folder, table);
      const [{ revision }] = await runner.query(`SELECT last_revision AS "revision" FROM ledger`);
      if (revision !== manifest.revision) throw badInput(`${folder}: expected revision ${manifest.revision}, got ${revision}.`);
      await migrateTo(dataSource, runner, KNOWN_MIGRATIONS);
      // Boards that wait on an empty database hear of it; the planner knows what it deals with.
      await runner.query(`SELECT pg_notify('${FACTS_CHANNEL}', $1)`, [String(revision)]);
      await runner.query(`ANALYZE ${Object.keys(KEPT_TABLES).join(", ")}`);
      await runner.commitTransaction();
    } catch (error) {
      await runner.rollbackTransaction().catch(() => undefined); // The connection may be lost; the first error tells.
      throw error;
    }
  });
}

/** Throws CONFIGURATION, telling what is there, unless the database holds nothing. Who would write waits from now on. */
async function refuseFilled(runner: QueryRunner): Promise<void> {
  const names = Object.keys(KEPT_TABLES).filter((table) => table !== "ledger");
  const there: { name: string }[] = await runner.query(
    `SELECT name FROM unnest($1::text[]) AS kept (name) WHERE to_regclass('ledger') IS NOT NULL AND to_regclass(name) IS NOT NULL`,
    [names],
  );
  if (there.length === 0) return;
  const [{ revision }] = await runner.query(`SELECT last_revision AS "revision" FROM ledger FOR UPDATE`);
  const counts: { name: string; count: number }[] = await runner.query(
    there.map(({ name }) => `SELECT '${name}' AS name, count(*) AS count FROM ${name}`).join(" UNION ALL "),
  );
  const filled = counts.filter(({ count }) => count > 0).map(({ name, count }) => `${name} ${count}`);
  if (revision > 0 || filled.length > 0)
    throw new ExpectedError(
      "CONFIGURATION",
      `Expected an empty database, got one with facts up to revision ${revision} (rows: ${filled.join(", ")}). A backup is never mixed with what is there: restore it into a database of its own.`,
    );
}

async function load(runner: QueryRunner, folder: string, { table, file, columns, rows, nextPk }: BackupTable): Promise<void> {
  if (!(table in KEPT_TABLES)) throw badInput(`${folder}: ${table} is no table of a backup.`);
  const client = (await runner.connect()) as Client;
  const list = columns.map((column) => client.escapeIdentifier(column)).join(", ");
  // The ledger's row is there with its table, and never removed.
  const isLedger = table === "ledger";
  if (isLedger) await runner.query(`CREATE TEMPORARY TABLE restored_ledger (LIKE ledger) ON COMMIT DROP`);
  const into = client.query(copyFrom(`COPY ${isLedger ? "restored_ledger" : table} (${list}) FROM STDIN`));
  await pipeline(createReadStream(path.join(folder, file)), createGunzip(), into);
  if (into.rowCount !== rows) throw badInput(`${path.join(folder, file)}: expected ${rows} rows, got ${into.rowCount}.`);
  if (isLedger) await runner.query(`UPDATE ledger SET (${list}) = (SELECT ${list} FROM restored_ledger)`);
  if (nextPk !== null) await runner.query(`ALTER TABLE ${table} ALTER COLUMN pk RESTART WITH ${nextPk}`);
}
