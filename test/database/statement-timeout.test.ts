import { createDataSource } from "../../src/database/data-source";
import { readVisible } from "../../src/database/read-visible";
import { createTestDatabase, type TestDatabase } from "../support/database";

let database: TestDatabase;
beforeAll(async () => (database = await createTestDatabase()));
afterAll(() => database?.drop());

test("a statement that takes longer than it may is ended by the server, and who asked is told so", async () => {
  const dataSource = await createDataSource(database.url, [], 1, { statementTimeout: 100 });
  try {
    const sight = { asker: null, revision: 0, present: 0 };
    const late = readVisible(dataSource, sight, "SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b");
    await expect(late).rejects.toMatchObject({ code: "TIMEOUT", extensions: { code: "TIMEOUT", limit: "statement" } });
    expect(await readVisible(dataSource, sight, `SELECT count(*)::int AS "count" FROM model`)).toEqual([{ count: 0 }]);
  } finally {
    await dataSource.destroy();
  }
});
