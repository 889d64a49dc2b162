import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { faultsOf } from "../support/faults-of";
import { type Joined, openJoined } from "../support/joined";
import { seed } from "../support/seed";

let database: TestDatabase;
let joined: Joined;
let unseeded: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  unseeded = await createTestDatabase();
  await seed(database.dataSource)
    .domain("nothing")
    .domain("models-only")
    .model("alpha")
    .domain("benchmarks-only")
    .tree("average_vision\n  leaf-a\n  leaf-b  no versions")
    .domain("hidden-only")
    .tree("root  invisible")
    .model("alpha")
    .score("alpha", "root", 0.5)
    .write();
  joined = await openJoined(database);
});
afterAll(async () => {
  await database?.drop();
  await unseeded?.drop();
});

const EVERYTHING = `query ($domain: String!) {
  domain(slug: $domain) { roots { identifier leafCount } benchmarkCount leafCount modelCount references { key } }
  benchmarks(domain: $domain) { totalCount nodes { identifier depth children { identifier } version { validFrom } statistics { count best { name } histogram { count } } leaderboard { totalCount } } }
  models(domain: $domain) { totalCount nodes { name usage layers { region } scores(states: [SCORED, FAILED, NOT_RUN]) { display rank } citedReferences { key } bibliography } }
  references(domain: $domain) { totalCount }
  standings(domain: $domain) { populationSize tree { leafCount } matrix { models { name } benchmarks { identifier } states values errors ranks } citedReferences { key } leaderboard { totalCount nodes { rank } pageInfo { hasNextPage startCursor } } }
}`;
const everything = (domain: string) => joined.data(EVERYTHING, { variables: { domain } });

describe("everything can be asked of a domain", () => {
  it("without anything", async () => {
    expect(await everything("nothing")).toEqual({
      domain: { roots: [], benchmarkCount: 0, leafCount: 0, modelCount: 0, references: [] },
      benchmarks: { totalCount: 0, nodes: [] },
      models: { totalCount: 0, nodes: [] },
      references: { totalCount: 0 },
      standings: {
        ...{ populationSize: 0, tree: [], citedReferences: [] },
        matrix: { models: [], benchmarks: [], states: [], values: [], errors: [], ranks: [] },
        leaderboard: { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, startCursor: null } },
      },
    });
  });

  it("with models only", async () => {
    expect(await everything("models-only")).toMatchObject({
      models: { nodes: [{ name: "alpha", usage: null, scores: [], citedReferences: [], bibliography: "" }] },
      standings: { populationSize: 1, matrix: { models: [{ name: "alpha" }], values: [[]] }, leaderboard: { totalCount: 0 } },
    });
  });

  it("with benchmarks only", async () => {
    const { benchmarks, standings } = await everything("benchmarks-only");
    expect(benchmarks.nodes.map(({ statistics, leaderboard }: Record<string, object>) => ({ ...statistics, ...leaderboard }))).toEqual(
      Array.from({ length: 3 }, () => ({ count: 0, best: [], histogram: [], totalCount: 0 })),
    );
    expect(standings.tree).toEqual([{ leafCount: 1 }, { leafCount: 1 }]);
    expect(standings.matrix).toMatchObject({ models: [], values: [] });
  });

  it("with nothing visible: its scores count nowhere (§3)", async () => {
    expect(await everything("hidden-only")).toMatchObject({
      domain: { roots: [], benchmarkCount: 0 },
      models: { nodes: [{ scores: [] }] },
      standings: { tree: [], leaderboard: { totalCount: 0 } },
    });
    const query = `{ model(domain: "hidden-only", name: "alpha") { score(benchmark: "root") { value } } }`;
    expect(await joined.data(query)).toEqual({ model: { score: null } });
  });
});

describe("an unknown domain", () => {
  it("is null where the answer may be, elsewhere an error with code and path", async () => {
    const names = `domain(slug: "x") { slug } benchmark(domain: "x", identifier: "y") { id } model(domain: "x", name: "y") { id } reference(domain: "x", key: "y") { id }`;
    expect(await joined.data(`{ ${names} }`)).toEqual({ domain: null, benchmark: null, model: null, reference: null });
    for (const field of ["benchmarks", "models", "references", "standings"]) {
      const query = `{ ${field}(domain: "x") { ${field === "standings" ? "revision" : "totalCount"} } }`;
      expect(await faultsOf(joined, query)).toEqual([`NOT_FOUND at ${field}: There is no domain "x".`]);
    }
  });
});

it("a database without domains answers that it has none", async () => {
  expect(await (await openJoined(unseeded)).data("{ domains { slug } viewer { key } }")).toEqual({ domains: [], viewer: null });
});
