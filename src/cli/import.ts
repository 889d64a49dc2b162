import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type Config } from "../config";
import { importBrainscore, type SOURCES } from "../dataset/brainscore/import-brainscore";
import { importDataset } from "../dataset/import-dataset";
import { migrate } from "../database/migrate";
import { badInput } from "../errors";
import { describeImport } from "./describe-import";
import { describeSource } from "./describe-source";
import { refuseUnmigrated, withDatabase } from "./with-database";
import { showProgress } from "./show-progress";

/** The options of `scoretree import`. */
export interface ImportCommandOptions {
  readonly dryRun?: boolean;
  /** What is read instead of a data set folder. */
  readonly from?: (typeof SOURCES)[number];
  readonly domain?: string;
  /** A file for the report of another source. */
  readonly report?: string;
}

/**
 * `scoretree import DIR`: merges a data set folder, or with `--from` a Brain-Score site, into the database, which is migrated first if need be,
 * but not for a dry run.
 */
export async function runImport(config: Config, place: string, options: ImportCommandOptions): Promise<void> {
  const { dryRun = false, from, domain, report: file } = options;
  if (from === undefined && (domain !== undefined || file !== undefined)) throw badInput("--domain and --report go with --from.");
  // The URL may hold a password: it is not to be told as the name of a folder that is not there.
  if (from !== "brainscore-postgres" && /^postgres(ql)?:/i.test(place))
    throw badInput("A database is read with --from brainscore-postgres.");
  await withDatabase(config, async (database) => {
    if (dryRun) await refuseUnmigrated(database);
    else await migrate(database.dataSource);
    const { onProgress, stop } = showProgress(config.logLevel === "silent");
    try {
      if (from === undefined) {
        const report = await importDataset(database.dataSource, path.resolve(place), { dryRun, onProgress });
        stop();
        console.log(describeImport(report, dryRun));
        return;
      }
      const report = await importBrainscore(database.dataSource, { from, at: place, domain }, { dryRun, onProgress });
      stop();
      if (file !== undefined) await writeFile(file, `${JSON.stringify({ dryRun, ...report }, null, 2)}\n`);
      console.log([...describeSource(report), ...report.imports.map((each) => describeImport(each, dryRun))].join("\n"));
    } finally {
      stop();
    }
  });
}
