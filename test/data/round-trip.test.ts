import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { exportDataset } from "../../src/dataset/export-dataset";
import { importDataset } from "../../src/dataset/import-dataset";
import { createTestDatabase } from "../support/database";
import { listFiles } from "./list-files";

const FOLDER = path.resolve(__dirname, "../../data");

it("imports, is imported again without a change, and is exported with the same bytes", async () => {
  const database = await createTestDatabase();
  const copy = await mkdtemp(path.join(tmpdir(), "scoretree-export-"));
  try {
    expect((await importDataset(database.dataSource, FOLDER)).written).toBeGreaterThan(40_000);
    expect((await importDataset(database.dataSource, FOLDER)).written).toBe(0);
    await exportDataset(database.dataSource, copy, { includesPrivate: true });
    const files = await listFiles(copy);
    expect(files).toEqual(await listFiles(FOLDER));
    for (const file of files)
      if (!(await readFile(path.join(copy, file))).equals(await readFile(path.join(FOLDER, file)))) throw new Error(`${file} differs.`);
  } finally {
    await rm(copy, { recursive: true });
    await database.drop();
  }
});
