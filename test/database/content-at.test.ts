import { contentAt } from "../../src/database/content-at";
import { Model } from "../../src/subgraphs/models/model";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { openJoined } from "../support/joined";
import { seed } from "../support/seed";

describe("facts as they stood at a revision (§9)", () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
    await seed(database.dataSource)
      .domain("vision")
      .tree(`root\n  leaf`)
      .model("alpha", { columns: { family: "old", submitted_at: "2020-01-01T00:00:00Z" } })
      .write();
  });
  afterEach(() => database.drop());

  const change = (columns: Record<string, unknown>) =>
    seed(database.dataSource)
      .also(async ({ query, change }) => {
        const [{ pk }] = await query(`SELECT pk FROM model WHERE name = 'alpha'`);
        await change("model", [{ pk, ...columns }]);
      })
      .write();

  const models = () => database.dataSource.getRepository(Model).find({ order: { pk: "ASC" } });

  it("are told as they were before each later change, dates and embedded columns too", async () => {
    const [{ revision: first }] = await models();
    await change({ family: "new", submitted_at: "2022-02-02T00:00:00Z" });
    const [{ revision: second }] = await models();
    await change({ family: "newest" });
    const at = async (revision: number) => {
      const [model] = await contentAt(database.dataSource, Model, await models(), revision);
      return [model.metadata.family, model.submittedAt?.toISOString()];
    };
    expect(await at(first)).toEqual(["old", "2020-01-01T00:00:00.000Z"]);
    expect(await at(second)).toEqual(["new", "2022-02-02T00:00:00.000Z"]);
    expect(await at(1e9)).toEqual(["newest", "2022-02-02T00:00:00.000Z"]);
  });

  it("are left out if they were added later", async () => {
    const { revision } = await seed(database.dataSource).domain("vision").write();
    await seed(database.dataSource).domain("vision").model("beta").write();
    const told = await contentAt(database.dataSource, Model, await models(), revision);
    expect(told.map(({ name }) => name)).toEqual(["alpha"]);
  });

  it("make an answer of one revision, text and numbers, whatever is written while it runs", async () => {
    const joined = await openJoined(database);
    await change({ family: "new" });
    await seed(database.dataSource).domain("vision").model("beta").write();
    const { alpha, beta } = await joined.data(`{
      alpha: model(domain: "vision", name: "alpha") { metadata { family } }
      beta: model(domain: "vision", name: "beta") { name }
    }`);
    expect([alpha.metadata.family, beta]).toEqual(["old", null]);
  });
});
