import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { graphql } from "graphql";
import { readBoard } from "../../../src/board/read-facts";
import { View } from "../../../src/board/view";
import { Context } from "../../../src/federation/context";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { faultsOf } from "../../support/faults-of";
import { type Joined, joinedSchema, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";
import { ADMIN, viewerOf } from "../../support/viewer-of";
import type { Json } from "../../support/json";

let database: TestDatabase;
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  const story = seed(database.dataSource)
    .domain("vision")
    .tree(
      `
      average_vision    decimals 2
        leaf-a
        leaf-b
        hidden          invisible
        unversioned     no versions
      engineering       raw
      `,
    );
  for (const name of ["zeta", "beta", "alpha", "gamma", "delta", "failed-b", "failed-a", "never"]) story.model(name);
  await story
    .model("secret", { isPublic: false, owner: "lab" })
    .score("secret", "leaf-a", 0.9)
    .score("zeta", "leaf-a", 0.8)
    // Equal to three decimals: one rank, the exact value first, then the name.
    .score("beta", "leaf-a", 0.5001)
    .score("alpha", "leaf-a", 0.5002)
    .score("gamma", "leaf-a", 0.5001)
    .score("delta", "leaf-a", 0.3)
    .score("delta", "leaf-b", 0.4)
    .score("failed-b", "leaf-a", { failed: true })
    .score("failed-a", "leaf-a", { failed: true })
    .score("alpha", "hidden", 0.1)
    .domain("bare")
    .model("alone")
    .domain("empty")
    .write();
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

interface Row {
  rank: number | null;
  model: { name: string };
  score: { state: string };
}
const leaderboard = async (rest = "", { domain = "vision", viewer = null as typeof ADMIN } = {}) => {
  const query = `{ standings(domain: "${domain}") { leaderboard${rest} { totalCount nodes { rank model { name } score { state } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;
  const { nodes, ...page } = (await joined.data(query, { viewer })).standings.leaderboard;
  return { rows: (nodes as Row[]).map(({ rank, model }) => [rank, model.name]), ...page };
};

const LEAF_A = [
  [1, "zeta"],
  [2, "alpha"],
  [2, "beta"],
  [2, "gamma"],
  [5, "delta"],
  [null, "failed-a"],
  [null, "failed-b"],
];

describe("a leaderboard (§5)", () => {
  it("goes by rank, exact value and name; then who failed, by name; who was never run is left out", async () => {
    expect(await leaderboard('(benchmark: "leaf-a")')).toMatchObject({ rows: LEAF_A, totalCount: 7 });
  });

  it("is of the global root unless another benchmark is named, ranked by its own decimals", async () => {
    const { rows } = await leaderboard();
    expect(rows.slice(0, 5)).toEqual([
      [1, "zeta"],
      [2, "delta"],
      [3, "alpha"],
      [3, "beta"],
      [3, "gamma"],
    ]);
  });

  it("is the same from the benchmark, whose cursors go on there", async () => {
    const { endCursor } = (await leaderboard('(benchmark: "leaf-a", first: 2)')).pageInfo;
    const query = `{ benchmark(domain: "vision", identifier: "leaf-a") { leaderboard(after: "${endCursor}") { nodes { rank model { name } } } } }`;
    const { nodes } = (await joined.data(query)).benchmark.leaderboard;
    expect(nodes.map(({ rank, model }: Row) => [rank, model.name])).toEqual(LEAF_A.slice(2));
  });

  it("shows no private model, not even to its owner or an admin (§5, §10)", async () => {
    for (const viewer of [await viewerOf(database.dataSource, "lab"), ADMIN])
      expect((await leaderboard('(benchmark: "leaf-a")', { viewer })).rows).toEqual(LEAF_A);
  });

  it("gives a private model the rank that it would have, to its owner and admins (§5)", async () => {
    const query = `{ standings(domain: "vision") { score(model: "secret", benchmark: "leaf-a") { rank tiedWith percentile } }
      model(domain: "vision", name: "secret") { score(benchmark: "leaf-a") { rank } } }`;
    for (const viewer of [await viewerOf(database.dataSource, "lab"), ADMIN])
      expect(await joined.data(query, { viewer })).toEqual({
        standings: { score: { rank: 1, tiedWith: 0, percentile: 1 } },
        model: { score: { rank: 1 } },
      });
    expect(await joined.data(query)).toEqual({ standings: { score: null }, model: null });
  });

  it("shows some of it by `where`, without ranking anew", async () => {
    expect(await leaderboard('(benchmark: "leaf-a", where: { names: ["delta", "gamma", "failed-b", "never", "secret"] })')).toMatchObject({
      rows: [LEAF_A[3], LEAF_A[4], LEAF_A[6]],
      totalCount: 3,
    });
  });

  it("pages in both directions, its cursors bound to benchmark and filter", async () => {
    const { pageInfo } = await leaderboard('(benchmark: "leaf-a", first: 3)');
    expect((await leaderboard(`(benchmark: "leaf-a", first: 3, after: "${pageInfo.endCursor}")`)).rows).toEqual(LEAF_A.slice(3, 6));
    expect((await leaderboard('(benchmark: "leaf-a", last: 2)')).rows).toEqual(LEAF_A.slice(5));
    expect((await leaderboard(`(benchmark: "leaf-a", last: 1, before: "${pageInfo.endCursor}")`)).rows).toEqual([LEAF_A[1]]);
    for (const rest of ['benchmark: "leaf-b"', 'benchmark: "leaf-a", where: { search: "a" }']) {
      const [fault] = await faultsOf(
        joined,
        `{ standings(domain: "vision") { leaderboard(${rest}, after: "${pageInfo.endCursor}") { totalCount } } }`,
      );
      expect(fault).toMatch(/^INVALID_CURSOR at standings.leaderboard: `after`/);
    }
  });

  it("is empty outside the tree and in a domain without benchmarks, and refused for an unknown benchmark (§3)", async () => {
    for (const identifier of ["hidden", "unversioned"])
      expect(await leaderboard(`(benchmark: "${identifier}")`)).toMatchObject({ rows: [], totalCount: 0 });
    for (const domain of ["bare", "empty"]) expect(await leaderboard("", { domain })).toMatchObject({ rows: [], totalCount: 0 });
    expect(await faultsOf(joined, `{ standings(domain: "vision") { leaderboard(benchmark: "none") { totalCount } } }`)).toEqual([
      'NOT_FOUND at standings.leaderboard: There is no benchmark "none".',
    ]);
  });
});

describe("the columns of a leaderboard", () => {
  const columns = async (argument: string) => {
    const query = `{ standings(domain: "vision") { leaderboard(benchmark: "leaf-a", first: 1) { nodes { scores${argument} { benchmark { identifier } state display } } } } }`;
    const [{ scores }] = (await joined.data(query)).standings.leaderboard.nodes;
    return scores.map(({ benchmark, state, display }: { benchmark: { identifier: string }; state: string; display: string }) =>
      [benchmark.identifier, state, display].join(" "),
    );
  };

  it("come in tree order, in every state", async () => {
    expect(await columns("")).toEqual([...["average_vision SCORED .400", "leaf-a SCORED .800", "leaf-b NOT_RUN ", "engineering NOT_RUN "]]);
  });

  it("come in the order asked, without what is outside the tree", async () => {
    expect(await columns('(benchmarks: ["leaf-b", "hidden", "unversioned", "average_vision"])')).toEqual([
      ...["leaf-b NOT_RUN ", "average_vision SCORED .400"],
    ]);
    expect(await columns("(benchmarks: [])")).toEqual([]);
  });

  it("go as deep as asked", async () => {
    expect(await columns("(maxDepth: 0)")).toEqual(["average_vision SCORED .400", "engineering NOT_RUN "]);
  });

  it("are refused where unknown, by code and path", async () => {
    const query = `{ standings(domain: "vision") { leaderboard(first: 1) { nodes { scores(benchmarks: ["none"]) { state } } } } }`;
    expect(await faultsOf(joined, query)).toEqual(['NOT_FOUND at standings.leaderboard.nodes.0.scores: There is no benchmark "none".']);
  });
});

describe("a list that was begun before", () => {
  it("shows no model that has been made private since, on no page (§10)", async () => {
    const own = await createTestDatabase();
    try {
      const story = seed(own.dataSource).domain("vision").tree("average_vision");
      ["one", "two", "three", "four"].forEach((name, at) => story.model(name).score(name, "average_vision", 0.9 - at / 10));
      await story.write();
      const { schema } = joinedSchema();
      const before = await readBoard(own.dataSource);
      await seed(own.dataSource)
        .domain("vision")
        .also(async (append) => {
          const rows = await append.query("SELECT pk FROM model WHERE name IN ('one', 'three')");
          await append.change(
            "model",
            rows.map(({ pk }) => ({ pk, is_public: false })),
          );
        })
        .write();
      const after = await readBoard(own.dataSource);
      const ask = async (view: View, page: string) => {
        const source = `{ standings(domain: "vision") { leaderboard(${page}) { nodes { model { name } score { display statistics { best { name } } } } pageInfo { endCursor } } } }`;
        const { data, errors } = await graphql({
          schema,
          source,
          contextValue: new Context({ view, dataSource: own.dataSource, baseUrl: "" }),
        });
        expect(errors).toBeUndefined();
        return (data as Json).standings.leaderboard;
      };
      const { pageInfo } = await ask(new View(before, null), "first: 2");
      const { nodes } = await ask(new View(after, null, () => [before]), `after: "${pageInfo.endCursor}"`);
      expect(nodes.map(({ model }: Row) => model.name)).toEqual(["four"]);
      expect(nodes[0].score.statistics.best).toEqual([]);
    } finally {
      await own.drop();
    }
  });
});
