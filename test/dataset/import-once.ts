import { createDataSource } from "../../src/database/data-source";
import { importDataset } from "../../src/dataset/import-dataset";

/** A process that imports a folder into the database at a URL, and says how many observations it has written so far. */
async function main(url: string, folder: string): Promise<void> {
  const dataSource = await createDataSource(url);
  await importDataset(dataSource, folder, { onProgress: ({ step, what, done }) => console.log(step, what, done) });
  console.log("committed");
  await dataSource.destroy();
}

void main(process.argv[2], process.argv[3]);
