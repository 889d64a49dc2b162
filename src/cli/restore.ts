import path from "node:path";
import type { Config } from "../config";
import { readBackup } from "../database/backup/read-backup";
import { refuseNewerBackup, restoreBackup } from "../database/backup/restore-backup";
import { explainFailure } from "./explain-failure";
import { withDatabase } from "./with-database";

/**
 * `scoretree restore DIR`: puts a backup into a database that holds nothing. The backup is read whole before any database is opened; with
 * `check` that is all.
 */
export async function runRestore(config: Config, folder: string, { check = false }: { check?: boolean }): Promise<void> {
  const backup = await readBackup(path.resolve(folder));
  refuseNewerBackup(backup);
  const { revision, madeAt } = backup.manifest;
  if (check) return console.log(`${folder} is whole: everything at revision ${revision}, as of ${madeAt}.`);
  await withDatabase(config, async ({ dataSource, place }) => {
    await restoreBackup(dataSource, backup).catch((error: unknown) => {
      throw explainFailure(error, config);
    });
    console.log(`${place} holds what ${folder} does: everything at revision ${revision}, as of ${madeAt}.`);
  });
}
