import path from "node:path";
import type { Config } from "../config";
import { writeBackup } from "../database/backup/write-backup";
import { count } from "./count";
import { explainFailure } from "./explain-failure";
import { withDatabase } from "./with-database";

/** `scoretree backup DIR`: writes all that the database holds, as of one moment, into a new folder. */
export const runBackup = (config: Config, folder: string): Promise<void> =>
  withDatabase(config, async (database) => {
    const { manifest, bytes } = await writeBackup(database, path.resolve(folder)).catch((error: unknown) => {
      throw explainFailure(error, config);
    });
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    console.log(
      `Wrote everything at revision ${manifest.revision} to ${folder}: ${count(rows, "row")} in ${count(manifest.tables.length, "table")}, ${(bytes / 1e6).toFixed(1)} MB.\n` +
        "Private models, comments and the hashes of API keys are in it: keep it as closed as the database.",
    );
  });
