import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { seeded } from "../../bench/seeded";
import { importDataset } from "../../src/dataset/import-dataset";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { TEST_SEED } from "../support/test-seed";
import { removeFolders, SMALL, smallFolder } from "./small-folder";

const ROOT = path.resolve(__dirname, "../..");

let database: TestDatabase;
beforeEach(async () => (database = await createTestDatabase()));
afterEach(() => database.drop());
afterAll(removeFolders);

/** More observations than are written at a time. */
const large = (): string =>
  smallFolder({
    "scores.csv": `${SMALL["scores.csv"]}${Array.from({ length: 12_000 }, (_, index) => `alpha,leaf-a,1,.${index + 1},.5,,,,${new Date(1.6e12 + index * 1000).toISOString()},,,,\n`).join("")}`,
  });

/** Imports in a process of its own; `onLine` is told what it says and may kill it. True if it was killed. */
async function importApart(folder: string, onLine: (said: string, kill: () => void) => void): Promise<boolean> {
  const script = path.join(__dirname, "import-once.ts");
  const runner = path.join(ROOT, "test/support/run-typescript.cjs");
  const child = spawn(process.execPath, ["--require", runner, script, database.url, folder], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  for await (const said of createInterface({ input: child.stdout })) onLine(said, () => child.kill("SIGKILL"));
  const [, signal] = await ended;
  // Postgres gives a dead client's transaction up as soon as it notices.
  for (let tries = 0; tries < 500; tries++) {
    const [{ others }] = await database.dataSource.query(
      `SELECT count(*) AS others FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`,
    );
    if (others === 0) return signal === "SIGKILL";
    await sleep(10);
  }
  throw new Error("The transaction of the killed import does not end.");
}

/** Imports in a process of its own and kills it as soon as it says a line that matches. */
async function killAt(line: RegExp, folder: string): Promise<void> {
  expect(await importApart(folder, (said, kill) => line.test(said) && kill())).toBe(true);
}

const facts = async (): Promise<number> => (await database.dataSource.query("SELECT last_revision FROM ledger"))[0].last_revision;
const rows = async (): Promise<number> =>
  (await database.dataSource.query("SELECT (SELECT count(*) FROM observation) + (SELECT count(*) FROM domain) AS n"))[0].n;

test.each([
  ["before it writes", /^check/],
  ["while it writes the tree", /^write benchmark_version/],
  ["in the midst of the observations", /^write observation 5000/],
  ["after the last observation", /^write observation 12003/],
])("an import that is killed %s leaves all as it was or as it should be, and a rerun converges", async (_, line) => {
  const folder = large();
  await killAt(line, folder);
  const left = await facts();
  expect([0, 12_020]).toContain(left);
  if (left === 0) expect(await rows()).toBe(0);
  const { revision, written } = await importDataset(database.dataSource, folder);
  expect({ revision, written }).toEqual({ revision: 12_020, written: 12_020 - left });
  expect(await rows()).toBe(12_004);
  expect(await importDataset(database.dataSource, folder)).toMatchObject({ written: 0 });
});

/** Of all revisions, those that no fact has, and those that more than one append has; facts are only added here. */
async function gaps(): Promise<unknown> {
  const tables = ["domain", "account", "reference", "benchmark", "benchmark_version", "sample_file", "model", "submission", "observation"];
  const [found] = await database.dataSource.query(
    `SELECT (SELECT count(DISTINCT revision) FROM (${tables.map((table) => `SELECT revision FROM ${table}`).join(" UNION ALL ")}) AS told) AS told,
       (SELECT coalesce(sum(last_revision - first_revision + 1), 0)::int FROM fact_append) AS appended,
       (SELECT count(*) FROM (SELECT first_revision - 1 <> lag(last_revision, 1, 0::bigint) OVER (ORDER BY first_revision) AS is_off
          FROM fact_append) AS appends WHERE is_off) AS off`,
  );
  const last = await facts();
  return found.told === last && found.appended === last && found.off === 0 ? null : { ...found, last };
}

test("an import that is killed at 25 random moments leaves all as it was or as it should be, and a rerun converges", async () => {
  const random = seeded(TEST_SEED);
  /** Each has a leaf, a model and 6,000 observations of its own, and what the others have in common. */
  const folderOf = (round: number): string =>
    smallFolder({
      "benchmarks.csv": `${SMALL["benchmarks.csv"]}leaf-${round},V1,9,true,,\n`,
      "versions.csv": `${SMALL["versions.csv"]}leaf-${round},1,.5,,V1\n`,
      "models.csv": `${SMALL["models.csv"]}m${round},true,lab,2021-02-03T04:05:06Z,,,\n`,
      "scores.csv": `${SMALL["scores.csv"]}${Array.from({ length: 6_000 }, (_, index) => `m${round},leaf-${round},1,.${index + 1},.5,,,,${new Date(1.6e12 + index * 1000).toISOString()},,,,\n`).join("")}`,
    });
  const lines: string[] = [];
  expect(await importApart(folderOf(0), (said) => lines.push(said))).toBe(false);
  expect(lines.at(-1)).toBe("committed");
  let [killed, undone] = [0, 0];
  for (let round = 1; round <= 25; round++) {
    const folder = folderOf(round);
    const before = await facts();
    const [line, pause] = [random.integer(lines.length), random.uniform() * 20];
    let count = 0;
    const wasKilled = await importApart(folder, (_, kill) => void (count++ === line && sleep(pause).then(kill)));
    const left = await facts();
    const moment = { round, line: lines[line], pause, wasKilled };
    expect({ ...moment, left: [before, before + 6_003].includes(left), gaps: await gaps() }).toEqual({ ...moment, left: true, gaps: null });
    const [{ found }] = await database.dataSource.query(
      `SELECT count(*) AS found FROM observation JOIN model ON model.pk = model_pk WHERE model.name = $1`,
      [`m${round}`],
    );
    expect({ ...moment, found }).toEqual({ ...moment, found: left === before ? 0 : 6_000 });
    expect(await importDataset(database.dataSource, folder)).toMatchObject({ written: before + 6_003 - left });
    expect(await importDataset(database.dataSource, folder)).toMatchObject({ written: 0 });
    expect(await gaps()).toBeNull();
    killed += Number(wasKilled);
    undone += Number(left === before);
  }
  expect({ killed: killed > 5, undone: undone > 5 }).toEqual({ killed: true, undone: true });
}, 600_000);

test("two imports of one folder at once write it once", async () => {
  const folder = smallFolder();
  const reports = await Promise.all([1, 2, 3].map(() => importDataset(database.dataSource, folder)));
  expect(reports.map(({ written }) => written).sort((a, b) => a - b)).toEqual([0, 0, 20]);
});
