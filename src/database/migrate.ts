import { type DataSource, MigrationExecutor, type QueryRunner } from "typeorm";
import { migrations } from "../../migrations/list";
import { ExpectedError } from "../errors";

/** Postgres 15 is the first with NULLS NOT DISTINCT. */
const OLDEST_POSTGRES = 150000;

/** Names the lock of the database that one migrating process holds: any number that nobody else takes. */
const LOCK = 5_728_301;

/** Where a database stands: migrations that were run and that are still to run, by name, oldest first. */
export interface MigrationStatus {
  readonly done: readonly string[];
  readonly pending: readonly string[];
}

/**
 * Runs every pending migration in one transaction and gives back their names. Two processes may do so at once: the second waits, and
 * finds nothing to do. Throws CONFIGURATION if the database was migrated by a newer program or Postgres is older than 15.
 */
export const migrate = (dataSource: DataSource): Promise<readonly string[]> =>
  holdingMigrations(dataSource, async (runner) => {
    refuseNewer(await statusOf(runner));
    return (await executor(dataSource, runner).executePendingMigrations()).map(({ name }) => name);
  });

/** Undoes the last migration and gives back its name, null if there is none. What its tables held is gone. Throws as `migrate` does. */
export const revert = (dataSource: DataSource): Promise<string | null> =>
  holdingMigrations(dataSource, async (runner) => {
    const { done } = refuseNewer(await statusOf(runner));
    if (done.length === 0) return null;
    await executor(dataSource, runner).undoLastMigration();
    return done[done.length - 1];
  });

/** Tells where the database stands, changing nothing. Throws as `migrate` does. */
export async function migrationStatus(dataSource: DataSource): Promise<MigrationStatus> {
  const runner = dataSource.createQueryRunner();
  try {
    return refuseNewer(await statusOf(runner));
  } finally {
    await runner.release();
  }
}

/**
 * Brings the tables to where exactly the migrations of these names are done, within the transaction of a runner that `holdingMigrations`
 * gave: what is done beyond them is undone first, the latest first. What undone tables held is gone.
 */
export async function migrateTo(dataSource: DataSource, runner: QueryRunner, names: readonly string[]): Promise<void> {
  const wanted = new Set(names);
  for (let { done } = await statusOf(runner); !done.every((name) => wanted.has(name)); { done } = await statusOf(runner))
    await executor(dataSource, runner).undoLastMigration();
  const some = dataSource.migrations.filter(({ constructor }) => wanted.has(constructor.name));
  // The executor runs all that its data source knows of: this one knows of some only.
  await executor(Object.create(dataSource, { migrations: { value: some } }), runner).executePendingMigrations();
}

/** The names of all migrations that this program knows, oldest first. */
export const KNOWN_MIGRATIONS: readonly string[] = migrations.map(({ name }) => name);

function executor(dataSource: DataSource, runner: QueryRunner): MigrationExecutor {
  const executor = new MigrationExecutor(dataSource, runner);
  executor.transaction = "all";
  return executor;
}

/** Runs `work` on one connection while no other process migrates: the lock goes with the connection if this process dies. */
export async function holdingMigrations<T>(dataSource: DataSource, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    await refuseOldPostgres(runner);
    await runner.query(`SELECT pg_advisory_lock($1)`, [LOCK]);
    try {
      return await work(runner);
    } finally {
      await runner.query(`SELECT pg_advisory_unlock($1)`, [LOCK]);
    }
  } finally {
    await runner.release();
  }
}

async function statusOf(runner: QueryRunner): Promise<MigrationStatus & { unknown: readonly string[] }> {
  const [{ table }] = await runner.query(`SELECT to_regclass('migration')::text AS "table"`);
  const rows: { name: string }[] = table ? await runner.query(`SELECT name FROM migration ORDER BY id`) : [];
  const done = rows.map(({ name }) => name);
  return {
    done,
    pending: KNOWN_MIGRATIONS.filter((name) => !done.includes(name)),
    unknown: done.filter((name) => !KNOWN_MIGRATIONS.includes(name)),
  };
}

function refuseNewer({ unknown, ...status }: MigrationStatus & { unknown: readonly string[] }): MigrationStatus {
  if (unknown.length > 0)
    throw new ExpectedError(
      "CONFIGURATION",
      `The database is newer than this program: it has ${unknown.join(", ")}, which this program does not know. Use the newer program.`,
    );
  return status;
}

async function refuseOldPostgres(runner: QueryRunner): Promise<void> {
  const [{ number, version }] = await runner.query(
    `SELECT current_setting('server_version_num')::int AS "number", current_setting('server_version') AS "version"`,
  );
  if (number < OLDEST_POSTGRES) throw new ExpectedError("CONFIGURATION", `Postgres 15 or newer is needed; this one is ${version}.`);
}
