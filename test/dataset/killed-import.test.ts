import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { importDataset } from "../../src/dataset/import-dataset";
import { createTestDatabase, type TestDatabase } from "../support/database";
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

/** Imports in a process of its own and kills it as soon as it says a line that matches. */
async function killAt(line: RegExp, folder: string): Promise<void> {
  const script = path.join(__dirname, "import-once.ts");
  const runner = path.join(ROOT, "test/support/run-typescript.cjs");
  const child = spawn(process.execPath, ["--require", runner, script, database.url, folder], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  for await (const said of createInterface({ input: child.stdout })) if (line.test(said)) child.kill("SIGKILL");
  expect((await ended)[1]).toBe("SIGKILL");
  // Postgres gives a dead client's transaction up as soon as it notices.
  for (let tries = 0; tries < 500; tries++) {
    const [{ others }] = await database.dataSource.query(
      `SELECT count(*) AS others FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`,
    );
    if (others === 0) return;
    await sleep(10);
  }
  throw new Error("The transaction of the killed import does not end.");
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

test("two imports of one folder at once write it once", async () => {
  const folder = smallFolder();
  const reports = await Promise.all([1, 2, 3].map(() => importDataset(database.dataSource, folder)));
  expect(reports.map(({ written }) => written).sort((a, b) => a - b)).toEqual([0, 0, 20]);
});
