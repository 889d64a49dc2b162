import path from "node:path";
import { appendFacts } from "../../src/database/append-facts";
import { selectVisible, type Sight } from "../../src/database/visible-facts";
import { importDataset } from "../../src/dataset/import-dataset";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { ADMIN } from "../support/viewer-of";

let database: TestDatabase;
let revision: number;
const keys: Record<string, (string | number)[]> = {};
beforeAll(async () => {
  database = await createTestDatabase();
  await importDataset(database.dataSource, path.join(__dirname, "../../data"));
  const some = async (name: string, sql: string) =>
    (keys[name] = (await database.dataSource.query(sql)).map((row: { key: string }) => row.key));
  await appendFacts(database.dataSource, { source: "test" }, async ({ query, change }) => {
    const rows: { pk: number }[] = await query("SELECT pk FROM observation WHERE retracted_at IS NULL ORDER BY id LIMIT 4000");
    await change(
      "observation",
      rows.map(({ pk }) => ({ pk, retraction_reason: "test", retracted_at: "2026-01-01T00:00:00Z" })),
    );
  });
  [{ revision }] = await database.dataSource.query("SELECT last_revision AS revision FROM ledger");
  await some("pks", "SELECT pk AS key FROM observation ORDER BY id LIMIT 80");
  await some("ids", "SELECT id AS key FROM observation ORDER BY id LIMIT 80");
  await some("models", "SELECT model_pk AS key FROM observation ORDER BY id LIMIT 80");
  await some("versions", "SELECT version_pk AS key FROM observation ORDER BY id LIMIT 80");
  await database.dataSource.query("ANALYZE");
});
afterAll(() => database?.drop());

/** The tables that a statement reads from end to end. */
async function scannedBy(sight: Sight, sql: string, parameters: unknown[]): Promise<string[]> {
  const [select, values] = selectVisible(sql, parameters, sight);
  const rows: { "QUERY PLAN": string }[] = await database.dataSource.query(`EXPLAIN ${select}`, values);
  return rows.flatMap((row) => /Seq Scan on (\w+)/.exec(row["QUERY PLAN"])?.[1] ?? []);
}

it.each([
  ["observations by internal key", "SELECT * FROM observation WHERE pk = ANY ($1)", () => [keys.pks]],
  ["observations by id", "SELECT * FROM observation WHERE id = ANY ($1)", () => [keys.ids]],
  [
    "observations of cells",
    "SELECT * FROM observation WHERE model_pk = ANY ($1) AND version_pk = ANY ($2)",
    () => [keys.models, keys.versions],
  ],
  ["sizes of submissions", "SELECT count(*) FROM observation WHERE submission_pk = ANY ($1)", () => [[1, 2, 3]]],
  ["a model by name", "SELECT * FROM model WHERE domain_pk = 1 AND name = 'resnet-50x2_untrained'", () => []],
  ["a reference by key", "SELECT * FROM reference WHERE domain_pk = 1 AND key = 'Marques2020'", () => []],
])("%s: no table of facts that is large is read from end to end, whoever asks, now or at a release", async (_, sql, parameters) => {
  for (const asker of [null, { accountPk: 1, isAdmin: false }, ADMIN])
    for (const at of [revision, revision - 1000]) {
      const scanned = await scannedBy({ asker, revision: at, present: revision }, sql, parameters());
      expect(scanned.filter((table) => ["observation", "earlier_content"].includes(table))).toEqual([]);
    }
});
