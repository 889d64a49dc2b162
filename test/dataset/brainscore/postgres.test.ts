import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { importBrainscore } from "../../../src/dataset/brainscore/import-brainscore";
import { readDatabase } from "../../../src/dataset/export-dataset";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { makeTables } from "./make-tables";

let site: TestDatabase;
let target: TestDatabase;
beforeEach(async () => {
  site = await createTestDatabase({ isMigrated: false });
  target = await createTestDatabase();
});
afterEach(async () => {
  await site.drop();
  await target.drop();
});

const take = (at = site.url) => importBrainscore(target.dataSource, { from: "brainscore-postgres", at });
const held = async () => (await readDatabase(target.dataSource, { domain: "vision", includesPrivate: true })).dataset;

const ROWS = `
  INSERT INTO brainscore_user (id, password, email, display_name, is_superuser, is_staff, is_active) VALUES (1, 'x', 'a@example.org', 'Ann', false, false, true);
  INSERT INTO brainscore_benchmarktype (identifier, domain, "order", parent_id, visible) VALUES
    ('average_vision', 'vision', 0, NULL, true), ('leaf', 'vision', 0, 'average_vision', true);
  INSERT INTO brainscore_benchmarkinstance (id, benchmark_type_id, version, ceiling) VALUES (1, 'leaf', 1, 'NaN');
  INSERT INTO brainscore_model (id, name, owner_id, public, domain) VALUES (7, 'alpha', 1, true, 'vision');`;

describe("a site's database", () => {
  it("is read with what an older one has, and what it lacks is told", async () => {
    await makeTables(site.dataSource, "older");
    await site.dataSource.query(ROWS);
    await site.dataSource.query(`
      INSERT INTO brainscore_score (benchmark_id, model_id, score_raw, score_ceiled, error) VALUES (1, 7, 0.1, 1.0 / 3, 'NaN');
      ALTER TABLE brainscore_user DROP COLUMN display_name;
      ALTER TABLE brainscore_benchmarktype DROP COLUMN domain, DROP COLUMN visible;
      ALTER TABLE brainscore_model DROP COLUMN domain, DROP COLUMN competition;
      ALTER TABLE brainscore_score DROP COLUMN comment;
      DROP TABLE brainscore_submission CASCADE`);
    const { absent } = await take();
    expect(absent).toEqual(
      expect.arrayContaining([
        ...["brainscore_user.display_name", "brainscore_benchmarktype.domain", "brainscore_model.competition", "brainscore_model.group"],
        ...["brainscore_submission", "brainscore_modelmeta", "brainscore_score.comment"],
      ]),
    );
    const { benchmarks, versions, models, scores, accounts } = await held();
    expect(benchmarks.map(({ visible }) => visible)).toEqual([true, true]);
    expect(versions[0].ceiling).toBeNull();
    expect([models[0].owner, accounts[0].key]).toEqual(["user-1", "user-1"]);
    expect(scores[0]).toMatchObject({ raw: 0.1, ceiled: 1 / 3, error: null });
  });

  it("gives its instants to the millisecond in UTC, whatever the zone of the session and the type of the column", async () => {
    await makeTables(site.dataSource, "older");
    await site.dataSource.query(ROWS);
    await site.dataSource.query(`ALTER TABLE brainscore_score ALTER COLUMN start_timestamp TYPE timestamp`);
    await site.dataSource.query(`INSERT INTO brainscore_score (benchmark_id, model_id, score_ceiled, start_timestamp, end_timestamp) VALUES
      (1, 7, 0.5, '2021-06-01 12:00:00.1239', '2021-06-01 14:00:00.5+02'), (1, 7, 0.6, '-infinity', 'infinity')`);
    await site.dataSource.query(
      `ALTER ROLE CURRENT_USER IN DATABASE "${new URL(site.url).pathname.slice(1)}" SET timezone = 'America/New_York'`,
    );
    const { repairs } = await take();
    expect((await held()).scores.map(({ started_at, ended_at }) => [started_at, ended_at])).toEqual([
      ["2021-06-01T12:00:00.123Z", "2021-06-01T12:00:00.5Z"],
      [null, null],
    ]);
    const counts = Object.fromEntries(repairs.map(({ what, count }) => [what, count]));
    expect(counts).toMatchObject({
      "a value of start_timestamp that is no instant: unknown": 1,
      "a value of end_timestamp that is no instant: unknown": 1,
      "a time without zone: taken as UTC": 1,
    });
  });

  it("says by primary key where a row is that is left out", async () => {
    await makeTables(site.dataSource, "newer");
    await site.dataSource.query(ROWS);
    await site.dataSource.query(`ALTER TABLE brainscore_score DROP CONSTRAINT brainscore_score_model_id_fkey;
      INSERT INTO brainscore_score (id, benchmark_id, model_id, score_ceiled) VALUES (41, 1, 99, 0.5);
      UPDATE brainscore_benchmarktype SET reference_id = NULL`);
    const { leftOut } = await take();
    expect(leftOut).toEqual([
      { what: "a score of a model that is not there or was left out", count: 1, examples: [{ where: "brainscore_score 41", got: '"99"' }] },
    ]);
    await site.dataSource.query(`ALTER TABLE brainscore_benchmarktype ADD CHECK (true);
      UPDATE brainscore_benchmarktype SET domain = 'a b'`);
    await expect(take()).rejects.toThrow(/brainscore_benchmarktype average_vision, domain: expected letters/);
  });

  it("is read by somebody who may only read, and is not written to", async () => {
    await makeTables(site.dataSource, "newer");
    await site.dataSource.query(ROWS);
    const database = new URL(site.url).pathname.slice(1);
    await site.dataSource.query(
      `DO $$ BEGIN CREATE ROLE site_reader LOGIN PASSWORD 'top-secret'; EXCEPTION WHEN duplicate_object THEN END $$`,
    );
    const url = Object.assign(new URL(site.url), { username: "site_reader", password: "top-secret" }).href;
    await expect(take(url)).rejects.toThrow(/no table brainscore_benchmarktype/);
    await site.dataSource.query(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO site_reader;
      ALTER ROLE site_reader IN DATABASE "${database}" SET default_transaction_read_only = on`);
    const { source, imports } = await take(url);
    expect(source).not.toMatch(/secret/);
    expect(imports.map(({ domain }) => domain)).toEqual(["vision"]);
  });
});

describe("what is no site's database", () => {
  it.each([
    ["no URL", "/tmp/fixtures", /Expected the URL of a Brain-Score site's database: postgresql/],
    ["another kind of URL", "https://me:hush@example.org/x", /Expected the URL/],
    [
      "nobody there",
      "postgresql://me:hush@127.0.0.1:1/x?password=hush",
      /postgresql:\/\/me@127\.0\.0\.1:1\/x cannot be read: .*ECONNREFUSED/,
    ],
  ])("is refused without its password: %s", async (_, url, wanted) => {
    const told = await take(url).catch((error: Error) => `${error.name} ${error.message}`);
    expect(told).toMatch(wanted);
    expect(told).not.toMatch(/hush/);
    expect(told).toMatch(/^ExpectedError/);
  });

  it("is refused if tables or columns are not those of a site", async () => {
    await expect(take()).rejects.toThrow(/is no database of a Brain-Score site.*no table brainscore_benchmarktype/);
    await makeTables(site.dataSource, "older");
    await site.dataSource.query("ALTER TABLE brainscore_score DROP COLUMN score_ceiled");
    await expect(take()).rejects.toThrow(/brainscore_score has no column for score_ceiled/);
  });
});
