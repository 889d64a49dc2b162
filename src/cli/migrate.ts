import { type Config } from "../config";
import { migrate, migrationStatus, revert } from "../database/migrate";
import { ExpectedError } from "../errors";
import { count } from "./count";
import { type Place, withDatabase } from "./with-database";

/** `scoretree migrate [up|down|status]`: brings the tables up to date, undoes the last migration, or tells where they stand. */
export const runMigrate = (config: Config, direction: "up" | "down" | "status", { force = false }: { force?: boolean }): Promise<void> =>
  withDatabase(config, async (database) => {
    const { dataSource, place } = database;
    if (direction === "up") {
      const names = await migrate(dataSource);
      console.log(names.length === 0 ? `Nothing to do: ${place} is up to date.` : `Ran ${names.join(", ")}.`);
    } else if (direction === "down") {
      if (!force) await refuseToForget(database);
      const name = await revert(dataSource);
      console.log(name === null ? `Nothing to do: ${place} has no migration.` : `Undid ${name}.`);
    } else {
      const { done, pending } = await migrationStatus(dataSource);
      for (const name of done) console.log(`done     ${name}`);
      for (const name of pending) console.log(`pending  ${name}`);
      console.log(
        pending.length === 0
          ? `${place} is up to date.`
          : `${place} lacks ${count(pending.length, "migration")}. Run: scoretree migrate up`,
      );
    }
  });

async function refuseToForget({ dataSource, place }: Place): Promise<void> {
  const [{ table }] = await dataSource.query(`SELECT to_regclass('ledger')::text AS "table"`);
  const [{ facts }] = table ? await dataSource.query(`SELECT last_revision AS "facts" FROM ledger`) : [{ facts: 0 }];
  if (facts > 0)
    throw new ExpectedError(
      "CONFIGURATION",
      `${place} holds facts up to revision ${facts}; undoing a migration may destroy them. Make a backup first, then repeat with --force.`,
    );
}
