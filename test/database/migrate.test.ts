import { createDataSource } from "../../src/database/data-source";
import { migrate, migrationStatus, revert } from "../../src/database/migrate";
import { createTestDatabase, type TestDatabase } from "../support/database";

let database: TestDatabase;
beforeEach(async () => (database = await createTestDatabase({ isMigrated: false })));
afterEach(() => database.drop());

const relations = async (): Promise<string[]> =>
  (await database.dataSource.query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1`)).map(
    ({ relname }: { relname: string }) => relname,
  );
const functions = async (): Promise<unknown[]> =>
  database.dataSource.query(`SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace`);

test("runs every pending migration, once", async () => {
  const names = database.dataSource.migrations.map(({ name }) => name);
  expect(await migrationStatus(database.dataSource)).toEqual({ done: [], pending: names });
  expect(await migrate(database.dataSource)).toEqual(names);
  expect(await migrate(database.dataSource)).toEqual([]);
  expect(await migrationStatus(database.dataSource)).toEqual({ done: names, pending: [] });
});

test("goes up, down and up again, leaving nothing behind below", async () => {
  await migrate(database.dataSource);
  const up = await relations();
  for (const { name } of [...database.dataSource.migrations].reverse()) expect(await revert(database.dataSource)).toBe(name);
  expect(await revert(database.dataSource)).toBeNull();
  expect((await relations()).filter((name) => !name.startsWith("migration") && !name.startsWith("PK_"))).toEqual([]);
  expect(await functions()).toEqual([]);
  await migrate(database.dataSource);
  expect(await relations()).toEqual(up);
});

test("lets two processes migrate at once", async () => {
  const other = await createDataSource(database.url);
  const runs = await Promise.all([migrate(database.dataSource), migrate(other)]);
  expect(runs.flat()).toEqual(database.dataSource.migrations.map(({ name }) => name));
  await other.destroy();
});

test("refuses a database that a newer program migrated", async () => {
  await migrate(database.dataSource);
  await database.dataSource.query(`INSERT INTO migration (timestamp, name) VALUES (9999999999999, 'Later9999999999999')`);
  for (const use of [migrate, revert, migrationStatus])
    await expect(use(database.dataSource)).rejects.toMatchObject({
      code: "CONFIGURATION",
      message: expect.stringContaining("Later9999999999999"),
    });
});

test("gives each database an id key of its own", async () => {
  const other = await createTestDatabase({ isMigrated: false });
  await Promise.all([migrate(database.dataSource), migrate(other.dataSource)]);
  const [[mine], [theirs]] = await Promise.all([database, other].map(({ dataSource }) => dataSource.query(`SELECT id_key FROM ledger`)));
  expect(mine.id_key).toHaveLength(32);
  expect(mine.id_key).not.toEqual(theirs.id_key);
  await other.drop();
});
