import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { exportDataset } from "../../src/dataset/export-dataset";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { seed } from "../support/seed";
import { removeFolders, smallFolder } from "./small-folder";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource).domain("language").tree("root\n  leaf").write();
});
afterAll(async () => {
  removeFolders();
  await database?.drop();
});

const slugIn = (folder: string) =>
  (JSON.parse(readFileSync(path.join(folder, "dataset.json"), "utf8")) as { domain: { slug: string } }).domain.slug;

test("an export leaves a folder that holds another domain's data set as it is", async () => {
  const folder = smallFolder();
  const scores = readFileSync(path.join(folder, "scores.csv"), "utf8");
  const told = `Expected a folder without a data set, or with one of domain "language"; got ${folder}, which holds a data set of domain "vision".`;
  await expect(exportDataset(database.dataSource, folder)).rejects.toMatchObject({ code: "BAD_USER_INPUT", message: told });
  expect([slugIn(folder), readFileSync(path.join(folder, "scores.csv"), "utf8")]).toEqual(["vision", scores]);
});

test("an export leaves a folder as it is whose dataset.json names no domain", async () => {
  const folder = smallFolder({ "dataset.json": "[]" });
  await expect(exportDataset(database.dataSource, folder)).rejects.toThrow("which holds a dataset.json that names no domain.");
  expect(readFileSync(path.join(folder, "dataset.json"), "utf8")).toBe("[]");
});

test("an export makes a folder, and replaces what it wrote there before", async () => {
  const folder = path.join(smallFolder(), "deeper");
  for (let time = 0; time < 2; time++) await exportDataset(database.dataSource, folder);
  expect([slugIn(folder), existsSync(path.join(folder, "scores.csv"))]).toEqual(["language", true]);
});
