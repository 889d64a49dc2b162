import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { exportDataset } from "../../src/dataset/export-dataset";
import { importDataset } from "../../src/dataset/import-dataset";
import { createTestDatabase, type TestDatabase } from "../support/database";

const ORACLE = path.resolve(__dirname, "../../../shared/data/oracle-120");
const describeOracle = existsSync(ORACLE) ? describe : describe.skip;

describeOracle("the oracle data set (skipped where ../shared is not there)", () => {
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    folder = mkdtempSync(path.join(tmpdir(), "oracle-"));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  test("imports whole, and a second time writes nothing", async () => {
    const report = await importDataset(database.dataSource, ORACLE);
    const count = (table: string) => report.tables.find((each) => each.table === table)?.added;
    expect([count("benchmark"), count("benchmark_version"), count("model"), count("observation")]).toEqual([140, 130, 120, 12190]);
    expect(report.written).toBe(report.revision);
    const again = await importDataset(database.dataSource, ORACLE);
    expect({ written: again.written, revision: again.revision }).toEqual({ written: 0, revision: report.revision });
  });

  test("exports to bytes that import and export again to the same bytes", async () => {
    const first = path.join(folder, "first");
    const second = path.join(folder, "second");
    await exportDataset(database.dataSource, first, { includesPrivate: true });
    const empty = await createTestDatabase();
    try {
      await importDataset(empty.dataSource, first);
      await exportDataset(empty.dataSource, second, { includesPrivate: true });
    } finally {
      await empty.drop();
    }
    for (const file of readdirSync(first))
      expect(readFileSync(path.join(second, file), "utf8")).toBe(readFileSync(path.join(first, file), "utf8"));
    const again = await importDataset(database.dataSource, first);
    expect(again.written).toBe(0);
  });

  test("leaves private models out unless asked for them", async () => {
    const report = await exportDataset(database.dataSource, path.join(folder, "public"));
    const models = readFileSync(path.join(folder, "public/models.csv"), "utf8").trim().split("\n").slice(1);
    expect(models).toHaveLength(report.models);
    expect(models.every((line) => line.split(",")[1] === "true")).toBe(true);
    expect(report.models).toBeLessThan(120);
  });
});
