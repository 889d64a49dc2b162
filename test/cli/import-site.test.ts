import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import path from "node:path";
import { makeTables } from "../dataset/brainscore/make-tables";
import { folderOf, removeSites, score, SITE, siteFolder } from "../dataset/brainscore/site";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { runCli } from "./run-cli";

let database: TestDatabase;
let environment: Record<string, string>;
beforeAll(async () => {
  database = await createTestDatabase();
  environment = { DATABASE_URL: database.url };
});
afterAll(async () => {
  removeSites();
  await database.drop();
});

const fixtures = (...parameters: string[]) => runCli(["import", "--from", "brainscore-fixtures", ...parameters], environment);

test("brings a site's fixtures over: a dry run, then it, then nothing; a report for people and one for programs", async () => {
  const folder = siteFolder({ scores: [...SITE.scores, score(2, 2, "NaN", "NaN")] });
  const file = path.join(folderOf({}), "report.json");
  const dry = await fixtures(folder, "--dry-run");
  expect(dry).toMatchObject({ code: 0 });
  expect(dry.out).toMatch(
    /Repaired[^]*1 × a score that is NaN, infinite or above 1e12: failed, without numbers\n +scores\.json:\d+: NaN\n/,
  );
  expect(dry.out).toMatch(/Would write to domain vision[^]*Would write to domain language/);
  const first = await fixtures(folder, "--report", file);
  expect(first).toMatchObject({ code: 0 });
  expect(first.out).toMatch(/Read\n +user +3\n[^]*Mapped\n +domain vision: root average_vision; raw: engineering_vision\n/);
  expect(first.out).toMatch(
    /Not read: no place for it here\n +user: email, is_staff, password\n[^]*Wrote \d+ facts to domain vision[^]*Wrote \d+ facts to domain language/,
  );
  expect(first.error).toMatch(/Reading instances\.json\n[^]*Checking against the database\n[^]*Writing table observation: 5 of 5\n/);
  const report = JSON.parse(readFileSync(file, "utf8"));
  expect(report).toMatchObject({
    dryRun: false,
    domains: [{ domain: "vision" }, { domain: "language" }],
    imports: [{ written: 23 }, { written: 7 }],
  });
  const second = await fixtures(folder);
  expect(second.out).toMatch(/Nothing to write: domain vision has it all already[^]*Nothing to write: domain language has it all already/);
  expect(JSON.stringify([dry, first, second, report])).not.toMatch(/@example|pbkdf2/);
});

test("takes one domain with --domain; an unknown one is told: exit code 1", async () => {
  const unknown = await fixtures(siteFolder(), "--domain", "motor", "--dry-run");
  expect(unknown).toMatchObject({ code: 1, out: "" });
  expect(unknown.error).toMatch(/no domain in the source \(it has vision, language\) "motor"/);
  expect((await fixtures(siteFolder(), "--domain", "language")).out).not.toMatch(/domain vision has/);
});

test("tells every fault of the fixtures with its place: exit code 1", async () => {
  const { code, error } = await fixtures(folderOf({ "a.json": "[\n{]", "b.json": "" }));
  expect(code).toBe(1);
  expect(error).toMatch(/The data set has 3 faults; nothing was written\.\n {2}a\.json:2: .*\n {2}a\.json:2: .*\n {2}b\.json:1: .*\n$/);
});

test("reads a site's database, and never tells its password", async () => {
  const site = await createTestDatabase({ isMigrated: false });
  try {
    await makeTables(site.dataSource, "newer");
    const read = (url: string, ...more: string[]) => runCli(["import", "--from", "brainscore-postgres", url, ...more], environment);
    const empty = await read(site.url);
    expect(empty).toMatchObject({ code: 1, out: "" });
    expect(empty.error).toMatch(/expected benchmarks in the source/);
    await site.dataSource.query(
      `INSERT INTO brainscore_benchmarktype (identifier, domain, "order", visible) VALUES ('average_touch', 'touch', 0, true)`,
    );
    const { code, out } = await read(site.url);
    expect(out).toMatch(/^postgresql:\/\/[^:]*@[^]*brainscore_benchmarktype +1\n[^]*Wrote 2 facts to domain touch/);
    expect(code).toBe(0);
    const gone = await read("postgresql://me:top-secret@127.0.0.1:1/none");
    expect(gone.code).toBe(1);
    expect(gone.error).toMatch(/postgresql:\/\/me@127\.0\.0\.1:1\/none cannot be read: .*ECONNREFUSED/);
    const astray = await runCli(["import", "postgresql://me:top-secret@127.0.0.1:1/none"], environment);
    expect(astray).toMatchObject({ code: 1, error: "A database is read with --from brainscore-postgres.\n" });
    for (const ran of [empty, gone, astray]) expect(ran.error + ran.out).not.toMatch(/top-secret|\n\s+at /);
  } finally {
    await site.drop();
  }
});

test("--from takes the sources that there are: exit code 2; what goes with it alone is told: exit code 1", async () => {
  expect(await runCli(["import", "x", "--from", "brainscore-csv"])).toMatchObject({
    code: 2,
    error: expect.stringMatching(/Allowed choices are brainscore-fixtures, brainscore-postgres/),
  });
  expect(await runCli(["import", "x", "--report", "y"], environment)).toMatchObject({
    code: 1,
    error: "--domain and --report go with --from.\n",
  });
});

test("export --release writes the facts as a release has them", async () => {
  const target = path.join(folderOf({}), "out");
  const made = await runCli(["release", "create", "2026.1", "--domain", "vision"], environment);
  expect(made.code).toBe(0);
  const ran = await runCli(["export", target, "--domain", "vision", "--release", "2026.1"], environment);
  expect(ran).toMatchObject({ code: 0, error: "" });
  expect(ran.out).toMatch(/^Wrote domain vision as of release 2026\.1 at revision \d+ to .*: 1 public model, 3 observations\.\n$/);
  expect(readFileSync(path.join(target, "models.csv"), "utf8")).toMatch(/\nalpha,/);
  const both = await runCli(["export", target, "--domain", "vision", "--release", "2026.1", "--private"], environment);
  expect(both).toMatchObject({ code: 1, error: expect.stringMatching(/it has no private models/) });
});
