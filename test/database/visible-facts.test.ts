import { findVisible, readVisible } from "../../src/database/read-visible";
import { RULES, selectVisible, type Sight } from "../../src/database/visible-facts";
import { Model } from "../../src/subgraphs/models/model";
import { Observation } from "../../src/subgraphs/scores/observation";
import { changed } from "../flows/release-world";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { openJoined } from "../support/joined";
import { seed } from "../support/seed";
import { ADMIN, viewerOf } from "../support/viewer-of";

const NEWEST = 1e9;

let database: TestDatabase;
let lab: Sight;
let rival: Sight;
beforeAll(async () => {
  database = await createTestDatabase();
  const { dataSource } = database;
  await seed(dataSource)
    .domain("vision", { references: ["Domain2020"] })
    .reference("Domain2020")
    .reference("Leaf2020")
    .reference("Secret2020")
    .reference("Uncited2020")
    .tree("root\n  leaf  reference Leaf2020")
    .account("lab", { display_name: "The lab" })
    .account("rival")
    .account("idle")
    .model("alpha", { owner: "lab", columns: { family: "old", submitted_at: "2020-01-01T00:00:00Z" } })
    .model("secret", { owner: "rival", isPublic: false, reference: "Secret2020" })
    .score("alpha", "leaf", { ceiled: 0.5, comment: "of alpha", submission: "first" })
    .score("secret", "leaf", { ceiled: 0.5, comment: "of secret", submission: "second" })
    .write();
  lab = { asker: await viewerOf(dataSource, "lab"), revision: NEWEST };
  rival = { asker: await viewerOf(dataSource, "rival"), revision: NEWEST };
});
afterAll(() => database.drop());

const EVERYBODY: Sight = { asker: null, revision: NEWEST };
const ADMINS: Sight = { asker: ADMIN, revision: NEWEST };

const column = async (sight: Sight, sql: string): Promise<unknown[]> =>
  (await readVisible<Record<string, unknown>>(database.dataSource, sight, sql)).map((row) => Object.values(row)[0]);

describe("facts as one may see them (§10)", () => {
  test.each([
    ["models", "SELECT name FROM model ORDER BY 1", [["alpha"], ["alpha"], ["alpha", "secret"], ["alpha", "secret"]]],
    ["observations", "SELECT count(*) FROM observation", [[1], [1], [2], [2]]],
    ["comments", "SELECT comment FROM observation ORDER BY pk", [[null], ["of alpha"], [null, "of secret"], ["of alpha", "of secret"]]],
    [
      "references",
      "SELECT key FROM reference ORDER BY 1",
      [
        ["Domain2020", "Leaf2020"],
        ["Domain2020", "Leaf2020"],
        ["Domain2020", "Leaf2020", "Secret2020"],
        ["Domain2020", "Leaf2020", "Secret2020", "Uncited2020"],
      ],
    ],
    ["accounts", "SELECT key FROM account ORDER BY 1", [[], ["lab"], ["rival"], ["idle", "lab", "rival"]]],
    ["submissions", "SELECT key FROM submission ORDER BY 1", [[], ["first"], ["second"], ["first", "second"]]],
    [
      "contributors",
      "SELECT display_name FROM contributor ORDER BY 1",
      [["The lab"], ["The lab"], ["The lab", "rival"], ["The lab", "rival"]],
    ],
  ])("%s: what anybody, one account, the other and an admin get", async (_, sql, expected) => {
    for (const [place, sight] of [EVERYBODY, lab, rival, ADMINS].entries()) expect(await column(sight, sql)).toEqual(expected[place]);
  });

  it("hold in every part of a SELECT, however its tables are named", async () => {
    for (const sql of [
      `SELECT name FROM (SELECT * FROM model) AS m`,
      `SELECT m.name FROM domain CROSS JOIN LATERAL (SELECT name FROM "model" AS other WHERE other.domain_pk = domain.pk) AS m`,
      `SELECT name FROM MODEL WHERE pk IN (SELECT model_pk FROM observation)`,
      `SELECT name FROM model UNION SELECT name FROM model`,
    ])
      expect(await column(EVERYBODY, sql)).toEqual(["alpha"]);
  });

  it("are nothing but facts: other tables, and tables by their schema, are closed", () => {
    for (const table of [
      "ledger",
      "earlier_content",
      "fact_append",
      "migration",
      "public.model",
      "public . model",
      '"public"."model"',
      "pg_class",
    ])
      expect(() => selectVisible(`SELECT * FROM ${table}`, [], ADMINS)).toThrow("requests read facts only");
  });

  it("have a rule for every table that is not closed", async () => {
    const tables: { name: string }[] = await database.dataSource.query(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    const isClosed = (name: string) => {
      try {
        selectVisible(`SELECT * FROM ${name}`, [], ADMINS);
        return false;
      } catch {
        return true;
      }
    };
    expect(tables.map(({ name }) => name).filter((name) => !(name in RULES) && name !== "api_key" && !isClosed(name))).toEqual([]);
  });

  it("have the columns of their tables, whoever asks", async () => {
    for (const table of Object.keys(RULES))
      for (const sight of [EVERYBODY, lab]) {
        const shown = await database.dataSource.query(
          ...selectVisible(`SELECT * FROM (VALUES (1)) AS one LEFT JOIN ${table} ON true LIMIT 1`, [], sight),
        );
        const stored: { name: string }[] = await database.dataSource.query(
          `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1`,
          [table],
        );
        expect([table, Object.keys(shown[0]).slice(1).sort()]).toEqual([table, stored.map(({ name }) => name).sort()]);
      }
  });
});

describe("facts as they stood at a revision (§9)", () => {
  const revision = async () => (await database.dataSource.query("SELECT last_revision AS revision FROM ledger"))[0].revision as number;
  const change = (where: string, columns: Record<string, unknown>) =>
    seed(database.dataSource)
      .also(changed("model", where, columns))
      .write();
  const models = (at: number, rest = "ORDER BY pk", sight: Sight = EVERYBODY) =>
    findVisible(database.dataSource, { ...sight, revision: at }, Model, rest);

  it("are told as they were before each later change, dates and embedded columns too, and are found by what they were", async () => {
    const first = await revision();
    await change("name = 'alpha'", { family: "new", submitted_at: "2022-02-02T00:00:00Z" });
    const second = await revision();
    await change("name = 'alpha'", { family: "newest" });
    const at = async (when: number) =>
      (await models(when)).map(({ metadata, submittedAt }) => [metadata.family, submittedAt?.toISOString()]);
    expect(await at(first)).toEqual([["old", "2020-01-01T00:00:00.000Z"]]);
    expect(await at(second)).toEqual([["new", "2022-02-02T00:00:00.000Z"]]);
    expect(await at(NEWEST)).toEqual([["newest", "2022-02-02T00:00:00.000Z"]]);
    expect(await models(first, "WHERE family = 'old'")).toHaveLength(1);
    expect(await models(first, "WHERE family = 'newest'")).toHaveLength(0);
  });

  it("are left out if they were added later", async () => {
    const before = await revision();
    await seed(database.dataSource).domain("vision").model("beta").score("beta", "leaf", 0.5).write();
    expect((await models(before)).map(({ name }) => name)).toEqual(["alpha"]);
    expect(await findVisible(database.dataSource, { asker: ADMIN, revision: before }, Observation, "")).toHaveLength(2);
  });

  it("are seen by who saw them then and may still see them now (§10)", async () => {
    await seed(database.dataSource)
      .domain("vision")
      .model("leaver", { owner: "lab" })
      .model("comer", { owner: "lab", isPublic: false })
      .write();
    const then = await revision();
    await change("name = 'leaver'", { is_public: false });
    await change("name = 'comer'", { is_public: true });
    const names = async (sight: Sight) =>
      (await models(then, "WHERE name IN ('leaver', 'comer') ORDER BY 1", sight)).map(({ name }) => name);
    const present = await revision();
    for (const sight of [EVERYBODY, rival]) expect(await names({ ...sight, present })).toEqual([]);
    expect((await names({ ...lab, present })).sort()).toEqual(["comer", "leaver"]);
  });

  it("make an answer of one revision, text and numbers, whatever is written while it runs", async () => {
    const joined = await openJoined(database);
    await change("name = 'alpha'", { family: "latest" });
    await seed(database.dataSource).domain("vision").model("gamma").write();
    const { alpha, gamma } = await joined.data(`{
      alpha: model(domain: "vision", name: "alpha") { metadata { family } }
      gamma: model(domain: "vision", name: "gamma") { name }
    }`);
    expect([alpha.metadata.family, gamma]).toEqual(["newest", null]);
  });
});
