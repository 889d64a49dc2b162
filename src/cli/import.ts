import path from "node:path";
import { type Config } from "../config";
import { migrate } from "../database/migrate";
import { importDataset } from "../dataset/import-dataset";
import { describeImport } from "./describe-import";
import { refuseUnmigrated, withDatabase } from "./with-database";
import { showProgress } from "./show-progress";

/** `scoretree import DIR`: merges a data set folder into the database, which is migrated first if need be, but not for a dry run. */
export const runImport = (config: Config, folder: string, { dryRun = false }: { dryRun?: boolean }): Promise<void> =>
  withDatabase(config, async (database) => {
    if (dryRun) await refuseUnmigrated(database);
    else await migrate(database.dataSource);
    const { onProgress, stop } = showProgress(config.logLevel === "silent");
    try {
      const report = await importDataset(database.dataSource, path.resolve(folder), { dryRun, onProgress });
      stop();
      console.log(describeImport(report, dryRun));
    } finally {
      stop();
    }
  });
