import path from "node:path";
import { createInterface } from "node:readline";
import { createDataSource } from "../../src/database/data-source";
import { readBackup } from "../../src/database/backup/read-backup";
import { restoreBackup } from "../../src/database/backup/restore-backup";
import { writeBackup } from "../../src/database/backup/write-backup";
import { migrate } from "../../src/database/migrate";

/** A process that backs up, restores or migrates the database at a URL once it is told a line, and says when it is done. */
async function main(verb: string, url: string, folder: string): Promise<void> {
  const dataSource = await createDataSource(url);
  console.log("ready");
  createInterface({ input: process.stdin }).once("line", async () => {
    if (verb === "migrate") await migrate(dataSource);
    else if (verb === "backup") await writeBackup({ url, dataSource }, path.resolve(folder));
    else await restoreBackup(dataSource, await readBackup(folder));
    console.log("done");
    process.exit();
  });
}

void main(process.argv[2], process.argv[3], process.argv[4]);
