import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkDatabase } from "../../../src/cli/check-database";
import { releaseChecksum } from "../../../src/board/release-checksum";
import { appendFacts } from "../../../src/database/append-facts";
import { KEPT_TABLES } from "../../../src/database/backup/kept-tables";
import type { Manifest } from "../../../src/database/backup/manifest";
import { readBackup } from "../../../src/database/backup/read-backup";
import { restoreBackup } from "../../../src/database/backup/restore-backup";
import { writeBackup } from "../../../src/database/backup/write-backup";
import { createDataSource } from "../../../src/database/data-source";
import { holdingMigrations, KNOWN_MIGRATIONS, migrateTo, migrationStatus } from "../../../src/database/migrate";
import { importDataset } from "../../../src/dataset/import-dataset";
import { viewerOfKey } from "../../../src/server/viewer/viewer-of-key";
import { readKey } from "../../../src/subgraphs/submissions/accounts/key-text";
import { createRelease } from "../../../src/subgraphs/scores/create-release";
import { changed } from "../../flows/release-world";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { documentedOperations } from "../../support/documented-operations";
import { giveKey } from "../../support/give-key";
import { openJoined } from "../../support/joined";
import { seed } from "../../support/seed";
import { tellTables } from "./tell-tables";

const DATA = path.join(__dirname, "../../../data");
const place = mkdtempSync(path.join(tmpdir(), "scoretree-backup-"));
const folder = path.join(place, "whole");
/** One of a database that holds little. */
const small = path.join(place, "small");

let database: TestDatabase;
let key: string;
const others: TestDatabase[] = [];

/** Text that COPY and other formats have words of their own for, and numbers at the ends of what there is. */
const ODD = "a\tb\nc\rd\\e\\N\n\\.\n'\"\u0001\u0085🧠é ﬀ";
const NUMBERS = [5e-324, 0.1 + 0.2, 1e-7, 123456789.12345679, 1e12, 0];

beforeAll(async () => {
  database = await createTestDatabase();
  const { dataSource } = database;
  await importDataset(dataSource, DATA);
  await createRelease(dataSource, { domain: "vision", name: "2026.1", notes: ODD });
  const story = seed(dataSource)
    .domain("vision")
    .account("new", { role: "ADMIN", display_name: ODD })
    .model("hidden", { owner: "new", isPublic: false, columns: { notes: ODD, layers: [{ region: "V1", layer: ODD }] } })
    .sampleFile("every byte", Buffer.from(Array.from({ length: 512 }, (_, byte) => byte % 256)))
    .domain("odd", { columns: { notes: ODD, reference_keys: ["{a,b}", "", 'q"', "\\", "NULL"] } })
    .tree("root\n  leaf")
    .model("m", { columns: { size_megabytes: 1e-300 } });
  for (const [index, raw] of NUMBERS.entries())
    story.score("m", "leaf", { raw, ceiled: -raw, comment: ODD, endedAt: `2020-01-0${index + 1}` });
  await story.write();
  await seed(dataSource)
    .also(changed("model", "name = 'hidden'", { family: "x" }))
    .also(changed("observation", "pk <= 40", { retracted_at: "2024-02-01T00:00:00Z", retraction_reason: ODD }))
    .write();
  key = await giveKey(dataSource, "new");
  await writeBackup(database, folder);
  const few = await another();
  await seed(few.dataSource).domain("vision").tree("root\n  leaf").model("m", { owner: "lab" }).score("m", "leaf", 0.5).write();
  await giveKey(few.dataSource, "lab");
  await writeBackup(few, small);
});
afterAll(async () => {
  rmSync(place, { recursive: true });
  for (const each of [...others, database]) await each.drop();
});

async function another(options?: { isMigrated: boolean }): Promise<TestDatabase> {
  const made = await createTestDatabase(options);
  others.push(made);
  return made;
}

/** A copy of the small backup that something was done to. */
function copied(name: string, change: (folder: string) => void): string {
  const copy = path.join(place, name);
  mkdirSync(copy);
  for (const file of readdirSync(small)) writeFileSync(path.join(copy, file), readFileSync(path.join(small, file)));
  change(copy);
  return copy;
}

/** Says something else in the manifest, with a checksum that fits. */
const told = (change: (manifest: Record<string, unknown> & Manifest) => object) => (copy: string) => {
  const [manifest, sums] = ["manifest.json", "SHA256SUMS"].map((file) => path.join(copy, file));
  const before = createHash("sha256").update(readFileSync(manifest)).digest("hex");
  writeFileSync(manifest, JSON.stringify(change(JSON.parse(readFileSync(manifest, "utf8")))));
  const after = createHash("sha256").update(readFileSync(manifest)).digest("hex");
  writeFileSync(sums, readFileSync(sums, "utf8").replace(before, after));
};

test("a backup holds every table that the migrations make, but for their own", async () => {
  const rows: { name: string }[] = await database.dataSource.query(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'm', 'f') ORDER BY 1`,
  );
  expect(rows.map(({ name }) => name)).toEqual([...Object.keys(KEPT_TABLES), "migration"].sort());
  // Each is sorted by what its rows are told apart by.
  for (const [table, columns] of Object.entries(KEPT_TABLES)) {
    const [{ key: found }] = await database.dataSource.query(
      `SELECT string_agg(attname, ', ' ORDER BY array_position(indkey::int2[], attnum)) AS key FROM pg_index
       JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey) WHERE indisprimary AND indrelid = $1::regclass`,
      [table],
    );
    expect({ table, columns }).toEqual({ table, columns: found });
  }
});

test("only its user can read a backup", () => {
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const file of readdirSync(folder))
    expect({ file, mode: statSync(path.join(folder, file)).mode & 0o777 }).toEqual({ file, mode: 0o600 });
  expect(readdirSync(place).sort()).toEqual(["small", "whole"]);
});

describe("a restored backup", () => {
  let restored: TestDatabase;
  beforeAll(async () => {
    restored = await another({ isMigrated: false });
    await restoreBackup(restored.dataSource, await readBackup(folder));
  });

  test("is the same byte for byte, and backed up again makes the same files", async () => {
    expect(await tellTables(restored.dataSource)).toEqual(await tellTables(database.dataSource));
    const again = path.join(place, "again");
    await writeBackup(restored, again);
    const sums = (of: string) => readFileSync(path.join(of, "SHA256SUMS"), "utf8").replace(/.*manifest.json\n/, "");
    expect(sums(again)).toBe(sums(folder));
  });

  test("answers every documented query as before, goes on after its cursors, knows its keys and stands by its releases", async () => {
    const [before, after] = await Promise.all([openJoined(database), openJoined(restored)]);
    const queries = documentedOperations().filter(({ query }) => /^\s*(\{|query\b|#)/.test(query));
    expect(queries.length).toBeGreaterThan(20);
    for (const { place: where, query } of queries)
      expect({ where, ...(await after.ask(query)) }).toEqual({ where, ...(await before.ask(query)) });

    const page = (cursor?: string) =>
      `{ models(domain: "vision", first: 5${cursor ? `, after: "${cursor}"` : ""}) { nodes { id name } pageInfo { endCursor } } }`;
    const { models } = await before.data(page());
    expect(await after.data(page(models.pageInfo.endCursor))).toEqual(await before.data(page(models.pageInfo.endCursor)));

    const viewers = await Promise.all([database, restored].map(({ dataSource }) => viewerOfKey(dataSource, readKey(key)!)));
    expect(viewers[1]).toEqual(viewers[0]);
    const [release] = await restored.dataSource.query(`SELECT domain_pk, at_revision, checksum FROM release`);
    expect(await releaseChecksum(restored.dataSource, release.domain_pk, release.at_revision)).toBe(release.checksum);
  });

  test("is well, and takes further facts as the other one does", async () => {
    const findings = await checkDatabase(restored.dataSource, { dataset: null });
    expect(findings.filter(({ state }) => state !== "ok")).toEqual([]);
    const add = ({ dataSource }: TestDatabase) => seed(dataSource).domain("vision").model("later", { owner: "later" }).write();
    expect(await add(restored)).toEqual(await add(database));
    expect(await tellTables(restored.dataSource)).toMatchObject({ model: (await tellTables(database.dataSource)).model });
    await expect(restored.dataSource.query(`DELETE FROM observation`)).rejects.toThrow(/never taken away/);
  });
});

test("a database that was migrated and holds nothing takes a backup; one that holds anything says what, and stays as it is", async () => {
  const migrated = await another();
  const backup = await readBackup(small);
  await restoreBackup(migrated.dataSource, backup);
  const held = await tellTables(migrated.dataSource);
  await expect(restoreBackup(migrated.dataSource, backup)).rejects.toMatchObject({
    code: "CONFIGURATION",
    message: expect.stringMatching(/Expected an empty database, got one with facts up to revision \d+ \(rows: domain 1, .*api_key 1/),
  });
  expect(await tellTables(migrated.dataSource)).toEqual(held);
});

test("a backup of older tables is restored as it was, and its tables brought up to date, whatever tables the database had", async () => {
  const older = await another();
  const level = KNOWN_MIGRATIONS.slice(0, 2);
  await holdingMigrations(older.dataSource, (runner) => migrateTo(older.dataSource, runner, level));
  expect((await migrationStatus(older.dataSource)).done).toEqual(level);
  await older.dataSource.query(
    `INSERT INTO account (id, revision, key, contributor_id) VALUES ('a', 1, 'lab', 'c'); UPDATE ledger SET last_revision = 1`,
  );
  const old = path.join(place, "older");
  const { manifest } = await writeBackup(older, old);
  expect(manifest.tables.map(({ table }) => table)).not.toContain("api_key");
  for (const isMigrated of [false, true]) {
    const { dataSource } = await another({ isMigrated });
    await restoreBackup(dataSource, await readBackup(old));
    expect(await migrationStatus(dataSource)).toEqual({ done: KNOWN_MIGRATIONS, pending: [] });
    expect(await dataSource.query(`SELECT account.key, id_key FROM account, ledger`)).toEqual(
      await older.dataSource.query(`SELECT account.key, id_key FROM account, ledger`),
    );
    expect(await dataSource.query(`SELECT * FROM api_key`)).toEqual([]);
  }
});

test("a backup of newer tables, or of another format, is refused", async () => {
  const newer = copied(
    "newer",
    told((manifest) => ({ ...manifest, migrations: [...manifest.migrations, "Later9999999999999"] })),
  );
  const { dataSource } = await another({ isMigrated: false });
  await expect(restoreBackup(dataSource, await readBackup(newer))).rejects.toMatchObject({
    code: "CONFIGURATION",
    message: expect.stringMatching(/is newer than this program: it has Later9999999999999/),
  });
  const format = copied(
    "format",
    told((manifest) => ({ ...manifest, format: "scoretree-backup/2" })),
  );
  await expect(readBackup(format)).rejects.toMatchObject({
    message: expect.stringMatching(/expected the format scoretree-backup\/1, got "scoretree-backup\/2"/),
  });
});

test("a damaged, cut or missing file is told by its name", async () => {
  for (const file of readdirSync(small)) {
    const damages: Record<string, (at: string) => void> = {
      flipped(at) {
        const bytes = readFileSync(at);
        bytes[Math.floor(bytes.length / 2)] ^= 1;
        writeFileSync(at, bytes);
      },
      cut: (at) => truncateSync(at, statSync(at).size - 1),
      emptied: (at) => truncateSync(at, 0),
      missing: (at) => rmSync(at),
    };
    for (const [name, damage] of Object.entries(damages)) {
      const copy = copied("damaged", (at) => damage(path.join(at, file)));
      const failure = await readBackup(copy).catch((error: Error) => error);
      // One letter of a checksum is as good as one of the file that it is of.
      const isNamed =
        file === "SHA256SUMS" && name === "flipped" ? /copy\.gz|manifest\.json|SHA256SUMS/ : new RegExp(file.replaceAll(".", "\\."));
      expect({ file, name, failure }).toEqual({
        file,
        name,
        failure: expect.objectContaining({ code: "BAD_USER_INPUT", message: expect.stringMatching(isNamed) }),
      });
      rmSync(copy, { recursive: true });
    }
  }
});

test("rows that are not as many as the manifest says leave an empty database", async () => {
  const copy = copied(
    "fewer",
    told((manifest) => ({
      ...manifest,
      tables: manifest.tables.map((each) => (each.table === "observation" ? { ...each, rows: 7 } : each)),
    })),
  );
  const { dataSource } = await another({ isMigrated: false });
  await expect(restoreBackup(dataSource, await readBackup(copy))).rejects.toMatchObject({
    message: expect.stringMatching(/observation.copy.gz: expected 7 rows, got \d+/),
  });
  expect(await tellTables(dataSource)).toEqual({});
  await restoreBackup(dataSource, await readBackup(small));
});

test("a folder that holds something, a file, and a database without tables are refused, and nothing is left behind", async () => {
  await expect(writeBackup(database, folder)).rejects.toMatchObject({ message: expect.stringMatching(/holds something already/) });
  const file = path.join(place, "file");
  writeFileSync(file, "");
  await expect(writeBackup(database, file)).rejects.toMatchObject({ message: expect.stringMatching(/is a file/) });
  await expect(writeBackup(database, path.join(file, "below"))).rejects.toMatchObject({
    message: expect.stringMatching(/is a file|cannot be written/),
  });
  await expect(writeBackup(await another({ isMigrated: false }), path.join(place, "none"))).rejects.toMatchObject({
    code: "CONFIGURATION",
    message: expect.stringMatching(/has no tables/),
  });
  await expect(readBackup(path.join(place, "none"))).rejects.toMatchObject({
    message: expect.stringMatching(/no whole backup: it has no SHA256SUMS/),
  });
  expect(readdirSync(place).filter((name) => name.includes(".half-"))).toEqual([]);
  expect(existsSync(path.join(place, "none"))).toBe(false);
});

test("a backup that is made while others write is of one moment, and holds nobody up", async () => {
  const { url, dataSource } = await another();
  await seed(dataSource).domain("vision").tree("root\n  leaf").account("lab").write();
  let isOver = false;
  const writer = await createDataSource(url);
  const writing = (async () => {
    let count = 0;
    for (; !isOver; count++)
      await appendFacts(writer, { source: "test" }, async ({ add, change, query }) => {
        const [{ domain, lab }] = await query(`SELECT (SELECT pk FROM domain) AS domain, (SELECT pk FROM account) AS lab`);
        await add("model", [{ id: `m${count}`, domain_pk: domain, name: `m${count}`, is_public: true }]);
        await change("account", [{ pk: lab, display_name: String(count) }]);
      });
    return count;
  })();
  const revisions: number[] = [];
  for (let round = 0; round < 5; round++) {
    const at = path.join(place, `live-${round}`);
    const { manifest } = await writeBackup({ url, dataSource }, at);
    revisions.push(manifest.revision);
    const to = await another({ isMigrated: false });
    await restoreBackup(to.dataSource, await readBackup(at));
    const ledger = (await checkDatabase(to.dataSource, { dataset: null })).find(({ subject }) => subject === "ledger");
    expect(ledger).toMatchObject({ state: "ok", message: expect.stringMatching(`^revision ${manifest.revision},`) });
  }
  isOver = true;
  expect(await writing).toBeGreaterThan(5);
  expect(new Set(revisions).size).toBe(5);
  await writer.destroy();
});

const asUser = process.getuid?.() === 0 ? test.skip : test;
asUser("a place that cannot be written is told (skipped for root, who can write anywhere)", async () => {
  const closed = path.join(place, "closed");
  mkdirSync(closed);
  chmodSync(closed, 0o500);
  await expect(writeBackup(database, path.join(closed, "backup"))).rejects.toMatchObject({
    message: expect.stringMatching(/cannot be written/),
  });
});
