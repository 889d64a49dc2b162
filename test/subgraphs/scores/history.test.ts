import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";

let database: TestDatabase;
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision")
    .tree("average_vision\n  leaf-a  versions 1 2\n  leaf-b\nengineering  raw")
    .model("alpha")
    .model("beta")
    .score("alpha", "leaf-a", { raw: 0.5, ceiled: 0.55, endedAt: "2022-01-01" })
    .score("alpha", "leaf-a", { raw: 0.4, ceiled: 0.45, startedAt: "2020-12-31", endedAt: "2021-01-01" })
    .score("alpha", "leaf-a", { version: 1, raw: 0.9, ceiled: 0.95, endedAt: "2020-01-01" })
    .score("alpha", "leaf-a", {
      raw: 0.8,
      ceiled: 0.85,
      endedAt: "2023-01-01",
      retractedAt: "2023-02-01T00:00:00Z",
      retractionReason: "a slip",
    })
    .score("alpha", "leaf-a", { failed: true, endedAt: "2024-01-01" })
    .score("alpha", "leaf-b", { failed: true, endedAt: null })
    .score("alpha", "leaf-b", { raw: 0.2, ceiled: null, endedAt: "2024-01-01" })
    .score("alpha", "engineering", { raw: 3, ceiled: null })
    .score("beta", "leaf-a", { raw: null, ceiled: null })
    .write();
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

const cell = async (model: string, benchmark: string, selection: string) =>
  (await joined.data(`{ model(domain: "vision", name: "${model}") { score(benchmark: "${benchmark}") { ${selection} } } }`)).model.score;

describe("the observation that counts (§2)", () => {
  it("is the highest raw score on the current version that is not retracted", async () => {
    expect(await cell("alpha", "leaf-a", "value version { number } observation { version raw ceiled failed endedAt }")).toEqual({
      value: 0.55,
      version: { number: 2 },
      observation: { version: 2, raw: 0.5, ceiled: 0.55, failed: false, endedAt: "2022-01-01T00:00:00.000Z" },
    });
  });

  it("is a failed one where no other has a number: below a root that is not raw, raw alone is none", async () => {
    expect(await cell("alpha", "leaf-b", "state observation { failed endedAt }")).toEqual({
      state: "FAILED",
      observation: { failed: true, endedAt: null },
    });
    expect(await cell("alpha", "engineering", "state value observation { raw ceiled }")).toEqual({
      state: "SCORED",
      value: 3,
      observation: { raw: 3, ceiled: null },
    });
  });

  it("leaves a cell NOT_RUN that has none with a number", async () => {
    expect((await cell("beta", "leaf-a", "state")).state).toBe("NOT_RUN");
  });
});

describe("the history of a cell", () => {
  it("is every run on the leaf, all versions, retracted ones told, oldest first", async () => {
    const { history } = await cell("alpha", "leaf-a", "history { version raw failed retractedAt retractionReason }");
    expect(history).toEqual([
      { version: 1, raw: 0.9, failed: false, retractedAt: null, retractionReason: null },
      { version: 2, raw: 0.4, failed: false, retractedAt: null, retractionReason: null },
      { version: 2, raw: 0.5, failed: false, retractedAt: null, retractionReason: null },
      { version: 2, raw: 0.8, failed: false, retractedAt: "2023-02-01T00:00:00.000Z", retractionReason: "a slip" },
      { version: 2, raw: null, failed: true, retractedAt: null, retractionReason: null },
    ]);
  });

  it("is read for many cells in one go, each its own", async () => {
    const query = `{ models(domain: "vision") { nodes { name scores(leavesOnly: true, states: [SCORED, FAILED, NOT_RUN]) { benchmark { identifier } history { raw } } } } }`;
    const { nodes } = (await joined.data(query)).models;
    const sizes = nodes.map(({ scores }: { scores: { history: unknown[] }[] }) => scores.map(({ history }) => history.length));
    expect(sizes).toEqual([
      [5, 2, 1],
      [1, 0, 0],
    ]);
  });

  it("is none of a parent", async () => {
    expect(await cell("alpha", "average_vision", "history { raw }")).toEqual({ history: [] });
  });
});
