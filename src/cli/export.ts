import path from "node:path";
import { type Config } from "../config";
import { exportDataset } from "../dataset/export-dataset";
import { count } from "./count";
import { refuseUnmigrated, withDatabase } from "./with-database";

/** `scoretree export DIR`: writes a domain as it is now, or as a release has it, into a data set folder. */
export const runExport = (
  config: Config,
  folder: string,
  options: { domain?: string; private?: boolean; release?: string },
): Promise<void> =>
  withDatabase(config, async (database) => {
    await refuseUnmigrated(database);
    const report = await exportDataset(database.dataSource, path.resolve(folder), {
      domain: options.domain,
      includesPrivate: options.private ?? false,
      release: options.release,
    });
    const kind = options.private ? "" : "public ";
    console.log(
      `Wrote domain ${report.domain} ${options.release === undefined ? "" : `as of release ${options.release} `}at revision ${report.revision} to ${folder}: ${count(report.models, `${kind}model`)}, ${count(report.observations, "observation")}.`,
    );
    if (report.ambiguousSubmissions > 0)
      console.log(
        `  ${count(report.ambiguousSubmissions, "observation")} lost the submission: its key is another account's too, which a folder cannot tell apart.`,
      );
  });
