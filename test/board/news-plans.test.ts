import { MODELS, observationsAfter } from "../../src/board/fact-selects";
import { appendFacts } from "../../src/database/append-facts";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { seed } from "../support/seed";

const MODELS_THERE = 5_000;

let database: TestDatabase;
let revision: number;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource).domain("vision").account("lab").account("rival").tree("root\n  leaf").write();
  await appendFacts(database.dataSource, { source: "test" }, async ({ query, add }) => {
    const [{ pk: domain_pk }] = await query("SELECT pk FROM domain");
    const owners = [null, ...(await query("SELECT pk FROM account")).map(({ pk }) => pk as number)];
    const names = Array.from({ length: MODELS_THERE }, (_, place) => `model-${place}`);
    const pks = await add(
      "model",
      // One in a hundred has an owner.
      names.map((name, place) => ({
        id: name,
        name,
        domain_pk,
        is_public: true,
        owner_pk: place % 100 ? null : owners[(place / 100) % 3],
      })),
    );
    const [{ pk: version_pk }] = await query("SELECT pk FROM benchmark_version");
    await add(
      "observation",
      pks.map((model_pk) => ({ id: `run-${model_pk}`, model_pk, version_pk, raw: 0.5, ceiled: 0.5, ended_at: "2024-01-01T00:00:00Z" })),
    );
  });
  await database.dataSource.query("ANALYZE");
  [{ revision }] = await database.dataSource.query("SELECT last_revision AS revision FROM ledger");
  await seed(database.dataSource)
    .domain("vision")
    .model("newcomer")
    .score("newcomer", "leaf", 0.7)
    .account("rival", { display_name: "R" })
    .write();
});
afterAll(() => database?.drop());

interface Plan {
  readonly Plans?: readonly Plan[];
  readonly "Relation Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
}

/** The rows of tables that a statement looked at. */
async function rowsLookedAt(sql: string): Promise<number> {
  const [{ "QUERY PLAN": plans }] = await database.dataSource.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`);
  const count = (plan: Plan): number => {
    const own = plan["Relation Name"] ? (plan["Actual Rows"] + (plan["Rows Removed by Filter"] ?? 0)) * plan["Actual Loops"] : 0;
    return (plan.Plans ?? []).reduce((sum, below) => sum + count(below), own);
  };
  return count((plans as { Plan: Plan }[])[0].Plan);
}

it("looks at models that are new or whose account has changed, and at no others", async () => {
  const found = await database.dataSource.query(MODELS.after(revision));
  expect(found.length).toBeGreaterThan(10);
  expect(found.length).toBeLessThan(100);
  expect(await rowsLookedAt(MODELS.after(revision))).toBeLessThan(10 * found.length);
  const [{ last }] = await database.dataSource.query("SELECT last_revision AS last FROM ledger");
  expect(await rowsLookedAt(MODELS.after(last))).toBeLessThan(10);
});

it("looks at observations that are new, and at few others", async () => {
  expect(await rowsLookedAt(observationsAfter(revision, 1_000))).toBeLessThan(10);
});
