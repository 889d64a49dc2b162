import { tmpdir } from "node:os";
import path from "node:path";
import { seeded } from "../../bench/seeded";
import { checkDatabase } from "../../src/cli/check-database";
import { KNOWN_MIGRATIONS, migrate, migrationStatus } from "../../src/database/migrate";
import { runCli } from "../cli/run-cli";
import { removeFolders, smallFolder } from "../dataset/small-folder";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { type StartedServer, startServer } from "../support/start-server";
import { TEST_SEED } from "../support/test-seed";
import { prepareApart, untilAlone } from "./prepare-apart";

const MOMENTS = 8;

let database: TestDatabase;
beforeEach(async () => (database = await createTestDatabase({ isMigrated: false })));
afterEach(() => database.drop());
afterAll(removeFolders);

test("migrations that are killed at many moments are all done or none, and are done by the next who migrates", async () => {
  const random = seeded(TEST_SEED);
  let usual = 300;
  let undone = 0;
  for (let moment = 0; moment < MOMENTS; moment++) {
    const isDone = await (await prepareApart("migrate", database.url)).killAfter(random.uniform() * 2 * usual);
    usual *= isDone ? 0.7 : 1.2;
    await untilAlone(database);
    const { done } = await migrationStatus(database.dataSource);
    const [{ tables }] = await database.dataSource.query(
      `SELECT count(*) AS tables FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'migration'`,
    );
    expect([done, tables > 0]).toEqual(done.length === 0 ? [[], false] : [KNOWN_MIGRATIONS, true]);
    if (done.length === 0) undone++;
    else {
      await database.drop();
      database = await createTestDatabase({ isMigrated: false });
    }
  }
  expect(await migrate(database.dataSource)).toEqual(KNOWN_MIGRATIONS);
  // Otherwise nothing was tested.
  expect(undone).toBeGreaterThan(1);
}, 300_000);

test("two processes that start on an empty database together migrate and fill it once, and serve the same", async () => {
  const settings = { SCORETREE_DATASET: smallFolder() };
  const servers: StartedServer[] = await Promise.all([1, 2].map(() => startServer(database.url, settings)));
  try {
    const ask = async ({ url }: StartedServer) => {
      const body = JSON.stringify({ query: `{ models(domain: "vision") { nodes { id name } } }` });
      return (await fetch(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body })).json();
    };
    const [first, second] = await Promise.all(servers.map(ask));
    expect(first).toMatchObject({ data: { models: { nodes: [{ name: "alpha" }] } } });
    expect(second).toEqual(first);
    const findings = await checkDatabase(database.dataSource, { dataset: null });
    expect(findings.map(({ state }) => state)).toEqual(findings.map(() => "ok"));
    expect(await database.dataSource.query(`SELECT count(*)::int AS appends FROM fact_append`)).toEqual([{ appends: 1 }]);
  } finally {
    await Promise.all(servers.map((server) => server.kill()));
  }
}, 120_000);

test("a database that is newer than the program is neither served nor migrated nor backed up: exit code 1, in words", async () => {
  await migrate(database.dataSource);
  await database.dataSource.query(`INSERT INTO migration (timestamp, name) VALUES (9999999999999, 'Later9999999999999')`);
  for (const command of [["serve"], ["migrate"], ["backup", path.join(tmpdir(), `scoretree-never-${process.pid}`)]]) {
    const { code, error } = await runCli(command, { DATABASE_URL: database.url, PORT: "0", SCORETREE_DATASET: "none" });
    expect({ command, code, error }).toEqual({
      command,
      code: 1,
      error: expect.stringMatching(/^The database is newer than this program: it has Later9999999999999[^]*Use the newer program\.\n$/),
    });
  }
}, 120_000);
