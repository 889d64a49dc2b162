import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { seeded } from "../../../bench/seeded";
import { readBackup } from "../../../src/database/backup/read-backup";
import { restoreBackup } from "../../../src/database/backup/restore-backup";
import { writeBackup } from "../../../src/database/backup/write-backup";
import type { Append } from "../../../src/database/append-facts";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { prepareApart, untilAlone } from "../prepare-apart";
import { seed } from "../../support/seed";
import { TEST_SEED } from "../../support/test-seed";
import { tellTables } from "./tell-tables";

const MOMENTS = 8;
/** How many of them must fall in the midst, or nothing was tested: moments are tried, ever earlier, until so many did. */
const IN_THE_MIDST = 3;
const AT_MOST = 60;

const place = mkdtempSync(path.join(tmpdir(), "scoretree-killed-backup-"));
const whole = path.join(place, "whole");
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const story = seed(database.dataSource).domain("vision").tree("root\n  leaf").account("lab");
  await story.model("m", { owner: "lab" }).also(manyObservations).write();
  await writeBackup(database, whole);
});
afterAll(async () => {
  rmSync(place, { recursive: true });
  await database.drop();
});

const manyObservations = async ({ add, query }: Append): Promise<void> => {
  const [{ model_pk, version_pk }] = await query(
    `SELECT (SELECT pk FROM model) AS model_pk, (SELECT pk FROM benchmark_version) AS version_pk`,
  );
  const run = (_: unknown, n: number) => ({
    id: `o${n}`,
    model_pk,
    version_pk,
    raw: n / 12_000,
    ended_at: new Date(1.6e12 + n * 1_000).toISOString(),
  });
  await add("observation", Array.from({ length: 12_000 }, run));
};

test("a backup that is killed at many moments is whole or not there", async () => {
  const random = seeded(TEST_SEED);
  let next = prepareApart("backup", database.url, path.join(place, "backup-0"));
  let usual = 200;
  let halves = 0;
  for (let moment = 0; (moment < MOMENTS || halves < IN_THE_MIDST) && moment < AT_MOST; moment++) {
    const apart = await next;
    const folder = path.join(place, `backup-${moment}`);
    next = prepareApart("backup", database.url, path.join(place, `backup-${moment + 1}`));
    const isDone = await apart.killAfter(random.uniform() * 2 * usual);
    usual *= isDone ? 0.8 : 1.2;
    if (existsSync(folder)) expect((await readBackup(folder)).manifest.tables).toEqual((await readBackup(whole)).manifest.tables);
    else expect(isDone).toBe(false);
    for (const half of readdirSync(place).filter((name) => name.includes(".half-"))) {
      halves++;
      // All files may be there by then; half of them never pass for all.
      const isAll = existsSync(path.join(place, half, "SHA256SUMS")) && readFileSync(path.join(place, half, "SHA256SUMS"), "utf8") !== "";
      if (!isAll) await expect(readBackup(path.join(place, half))).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
      rmSync(path.join(place, half), { recursive: true });
    }
  }
  await (await next).killAfter(0);
  expect(halves).toBeGreaterThanOrEqual(IN_THE_MIDST);
}, 300_000);

test("a restoration that is killed at many moments leaves an empty database, which can be restored again, or a whole one", async () => {
  const random = seeded(TEST_SEED);
  const all = await tellTables(database.dataSource);
  let empty = await createTestDatabase({ isMigrated: false });
  let next = prepareApart("restore", empty.url, whole);
  let usual = 800;
  let undone = 0;
  for (let moment = 0; (moment < MOMENTS || undone < IN_THE_MIDST) && moment < AT_MOST; moment++) {
    const isDone = await (await next).killAfter(random.uniform() * 2 * usual);
    usual *= isDone ? 0.8 : 1.2;
    await untilAlone(empty);
    const held = await tellTables(empty.dataSource);
    if (Object.keys(held).length === 0) undone++;
    else {
      expect(held).toEqual(all);
      await empty.drop();
      empty = await createTestDatabase({ isMigrated: false });
    }
    next = prepareApart("restore", empty.url, whole);
  }
  await (await next).killAfter(0);
  await untilAlone(empty);
  if (Object.keys(await tellTables(empty.dataSource)).length === 0) await restoreBackup(empty.dataSource, await readBackup(whole));
  expect(await tellTables(empty.dataSource)).toEqual(all);
  await empty.drop();
  expect(undone).toBeGreaterThanOrEqual(IN_THE_MIDST);
}, 300_000);
