import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { exportDataset } from "../../src/dataset/export-dataset";
import { importDataset } from "../../src/dataset/import-dataset";
import { createRelease } from "../../src/subgraphs/scores/create-release";
import { listFiles } from "../data/list-files";
import { changeEverything, writeReleaseWorld } from "../flows/release-world";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { openJoined } from "../support/joined";
import { seed } from "../support/seed";

const STANDINGS = `query ($under: Conditions) { standings(domain: "vision", under: $under) {
  matrix { models { name } benchmarks { identifier } states values errors ranks } citedReferences { key } } }`;

describe("the export of a release", () => {
  let database: TestDatabase;
  let copy: TestDatabase;
  let out: string;
  const folder = (name: string): string => path.join(out, name);
  const contents = async (name: string): Promise<Record<string, string>> =>
    Object.fromEntries((await listFiles(folder(name))).map((file) => [file, readFileSync(path.join(folder(name), file), "utf8")]));

  beforeAll(async () => {
    out = mkdtempSync(path.join(tmpdir(), "scoretree-release-"));
    database = await createTestDatabase();
    copy = await createTestDatabase();
    await writeReleaseWorld(database.dataSource);
    await exportDataset(database.dataSource, folder("then"));
    await createRelease(database.dataSource, { domain: "vision", name: "first" });
    await changeEverything(database.dataSource);
  });
  afterAll(async () => {
    rmSync(out, { recursive: true, force: true });
    await database.drop();
    await copy.drop();
  });

  it("§9 is, byte for byte, what an export was when it was made, whatever came later", async () => {
    const report = await exportDataset(database.dataSource, folder("first"), { release: "first" });
    expect(await contents("first")).toEqual(await contents("then"));
    await exportDataset(database.dataSource, folder("now"));
    expect(await contents("now")).not.toEqual(await contents("then"));
    const [{ at_revision: revision }] = await database.dataSource.query("SELECT at_revision FROM release");
    expect(report).toMatchObject({ domain: "vision", revision });
  });

  it("§10 has public models only, and none of what private ones cite", async () => {
    await exportDataset(database.dataSource, folder("first"), { release: "first" });
    expect(JSON.stringify(await contents("first"))).not.toMatch(/hidden|upcoming|Secret|hush/);
    const both = exportDataset(database.dataSource, folder("both"), { release: "first", includesPrivate: true });
    await expect(both).rejects.toThrow("A release covers what was public when it was made: it has no private models.");
  });

  it("§7 gives, imported elsewhere, the standings that the release has", async () => {
    await exportDataset(database.dataSource, folder("first"), { release: "first" });
    await importDataset(copy.dataSource, folder("first"));
    const wanted = await (await openJoined(database)).data(STANDINGS, { variables: { under: { release: "first" } } });
    expect(await (await openJoined(copy)).data(STANDINGS)).toEqual(wanted);
  });

  it("fails in words for a release or a domain that is not there", async () => {
    await expect(exportDataset(database.dataSource, folder("x"), { release: "second" })).rejects.toThrow('There is no release "second".');
    await expect(exportDataset(database.dataSource, folder("x"), { domain: "motor", release: "first" })).rejects.toThrow(
      'no domain "motor"',
    );
    await seed(database.dataSource).domain("language").write();
    await expect(exportDataset(database.dataSource, folder("x"), { release: "first" })).rejects.toThrow("--domain: language, vision");
    await expect(exportDataset(database.dataSource, folder("x"), { domain: "language", release: "first" })).rejects.toThrow(/no release/);
  });
});
