import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { type Joined, openJoined } from "../support/joined";
import { seed } from "../support/seed";

interface Listed {
  readonly benchmark: { readonly identifier: string };
  readonly leafCount?: number;
}

let database: TestDatabase;
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision")
    .tree(
      `
      average
        neural
          V1
            a
            b
          hidden   invisible
            c
        behavior
          d
          e        versions 1 2
      engineering  raw
        f
      `,
    )
    .version("a", 1, { recording_region: "V1", stimuli_count: 10 })
    .version("b", 1, { recording_region: "V1", stimuli_count: 20 })
    .version("c", 1, { recording_region: "V4" })
    .model("alpha", { owner: "lab", columns: { family: "cnn", parameter_count: 5, submitted_at: "2020-05-01T00:00:00Z" } })
    .model("beta", { columns: { family: "cnn", parameter_count: 50 } })
    .model("gamma", { columns: { family: "vit" } })
    .model("secret", { isPublic: false, owner: "lab", columns: { family: "cnn" } })
    .score("alpha", "a", { ceiled: 0.8, endedAt: "2020-06-01" })
    .score("alpha", "b", { ceiled: 0.4, endedAt: "2020-07-01" })
    .score("alpha", "c", { ceiled: 0.6, endedAt: "2022-01-01T12:00:00Z" })
    .score("alpha", "e", { ceiled: 0.9, version: 1, endedAt: "2020-08-01" })
    .score("alpha", "f", { raw: 3, endedAt: "2020-08-01" })
    .score("beta", "a", { ceiled: 0.5, endedAt: "2021-06-01" })
    .score("beta", "b", { failed: true, endedAt: "2021-06-01" })
    .score("beta", "d", { ceiled: 0.7, endedAt: "2021-06-01" })
    .score("beta", "e", { ceiled: 0.3, version: 2, endedAt: "2021-06-01" })
    .score("gamma", "d", { ceiled: 0.2, endedAt: "2023-01-01" })
    .score("secret", "a", { ceiled: 0.6, endedAt: "2019-01-01" })
    .score("secret", "e", { ceiled: 0.6, version: 2, endedAt: "2019-01-01" })
    .write();
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

/** State or value and rank of each model of the population on some benchmarks: `.6 #1`, `X`, `` for not run. */
async function cells(under: unknown, benchmarks: readonly string[]): Promise<Record<string, (string | undefined)[]>> {
  const source = `query ($under: Conditions, $benchmarks: [String!]!) { standings(domain: "vision", under: $under) {
    matrix(benchmarks: $benchmarks) { models { name } benchmarks { identifier } states values ranks } } }`;
  const { matrix } = (await joined.data(source, { variables: { under, benchmarks } })).standings;
  const columns = matrix.benchmarks.map(({ identifier }: { identifier: string }) => identifier);
  const show = (i: number, j: number): string | undefined =>
    j < 0
      ? undefined
      : { SCORED: `${Number(matrix.values[i][j]?.toFixed(12))} #${matrix.ranks[i][j]}`, FAILED: "X", NOT_RUN: "" }[
          matrix.states[i][j] as "SCORED"
        ];
  return Object.fromEntries(
    matrix.models.map(({ name }: { name: string }, i: number) => [name, benchmarks.map((id) => show(i, columns.indexOf(id)))]),
  );
}

const NODES = ["average", "neural", "V1", "c", "behavior", "e", "f"];

describe("each condition alone, by hand", () => {
  it("§3 counts everything without conditions", async () => {
    // alpha: V1 = .6, hidden = c = .6, neural = .6, behavior NOT_RUN; its e is of an old version (§2.5).
    expect(await cells(null, NODES)).toEqual({
      alpha: ["0.3 #2", "0.6 #1", "0.6 #1", "0.6 #1", "", "", "3 #1"],
      beta: ["0.3125 #1", "0.125 #2", "0.25 #2", "", "0.5 #1", "0.3 #1", ""],
      gamma: ["0.05 #3", "", "", "", "0.1 #2", "", ""],
    });
  });

  it("§7 §8 asOf: what had been measured, the versions that had begun, the models that had been run", async () => {
    // By the end of 2020: a, b and version 1 of e have begun by public models; secret begins none; beta and gamma are not there yet.
    expect(await cells({ asOf: "2020-12-31" }, [...NODES, "d"])).toEqual({
      alpha: ["0.75 #1", "0.6 #1", "0.6 #1", undefined, "0.9 #1", "0.9 #1", "3 #1", undefined],
    });
    // From 2021-06-01 on version 2 of e counts, which alpha was not run on; c has not begun.
    expect(await cells({ asOf: "2021-12-31" }, NODES)).toEqual({
      alpha: ["0.3 #2", "0.6 #1", "0.6 #1", undefined, "", "", "3 #1"],
      beta: ["0.375 #1", "0.25 #2", "0.25 #2", undefined, "0.5 #1", "0.3 #1", ""],
    });
  });

  it("§8 asOf: a date is its last instant, an instant is itself", async () => {
    const c = async (asOf: string) => (await cells({ asOf }, ["c"])).alpha[0];
    expect(await c("2022-01-01")).toBe("0.6 #1");
    expect(await c("2022-01-01T12:00:00Z")).toBe("0.6 #1");
    expect(await c("2022-01-01T11:59:59.999Z")).toBeUndefined();
    expect(await c("2022-01-01T14:00:00+02:00")).toBe("0.6 #1");
  });

  it("§7 among: only its models are counted, and ranked anew", async () => {
    expect(await cells({ among: { family: ["vit"] } }, ["average", "d"])).toEqual({ gamma: ["0.05 #1", "0.2 #1"] });
    const source = `query ($under: Conditions) { model(domain: "vision", name: "alpha") { score(benchmark: "average", under: $under) {
      rank tiedWith percentile statistics { count } } } }`;
    const ask = async (under: unknown) => (await joined.data(source, { variables: { under } })).model.score;
    // alpha is outside: it gets the rank that it would have if it joined (§5), and is not counted.
    expect(await ask({ among: { names: ["gamma"] } })).toEqual({ rank: 1, tiedWith: 0, percentile: 1, statistics: { count: 1 } });
    expect(await ask({ among: { names: ["beta"] } })).toEqual({ rank: 2, tiedWith: 0, percentile: 0, statistics: { count: 1 } });
  });

  it("§7 among: unknown properties match no range, and `not` lets them through; `scored` looks under the same conditions", async () => {
    const among = async (filter: unknown, rest = {}) => Object.keys(await cells({ among: filter, ...rest }, ["average"]));
    expect(await among({ parameterCount: {} })).toEqual(["alpha", "beta"]);
    expect(await among({ not: { parameterCount: { max: 10 } } })).toEqual(["beta", "gamma"]);
    expect(await among({ scored: [{ benchmark: "behavior" }] })).toEqual(["beta", "gamma"]);
    expect(await among({ scored: [{ benchmark: "behavior" }] }, { asOf: "2020-12-31" })).toEqual(["alpha"]);
    expect(await among({ scored: [{ benchmark: "average", value: { max: 0.305 }, coverage: { min: 0.6 } }] })).toEqual(["alpha"]);
    expect(await among({ scored: [{ benchmark: "behavior" }] }, { weights: [{ benchmark: "behavior", weight: 0 }] })).toEqual([]);
    expect(await among({ and: [] })).toEqual(["alpha", "beta", "gamma"]);
    expect(await among({ or: [] })).toEqual([]);
    expect(await among({ names: [] })).toEqual([]);
    expect(await among({ names: ["secret"] })).toEqual([]);
  });

  it("§7 only: the leaves that match, by the version that counts", async () => {
    expect(await cells({ only: { region: ["V1"] } }, NODES)).toEqual({
      alpha: ["0.6 #1", "0.6 #1", "0.6 #1", undefined, undefined, undefined, undefined],
      beta: ["0.25 #2", "0.25 #2", "0.25 #2", undefined, undefined, undefined, undefined],
      gamma: ["", "", "", undefined, undefined, undefined, undefined],
    });
    expect((await cells({ only: { stimulusCount: { min: 15 } } }, ["average", "a", "b"])).alpha).toEqual(["0.4 #1", undefined, "0.4 #1"]);
    expect((await cells({ only: { below: ["hidden", "d"] } }, ["average", "neural", "hidden"])).alpha).toEqual([
      "0.3 #2",
      "0.6 #1",
      "0.6 #1",
    ]);
  });

  it("§3 weights: among siblings, invisible ones too; 0 takes a benchmark and all below out of the tree", async () => {
    const weigh = (weights: Record<string, number>) => ({
      weights: Object.entries(weights).map(([benchmark, weight]) => ({ benchmark, weight })),
    });
    // neural = (.6 + 3 · .6)/4; beta's V1 = (.5 · 3 + 0)/4 = .375, neural = .375/4.
    expect(await cells(weigh({ hidden: 3, a: 3 }), ["V1", "neural", "average"])).toEqual({
      alpha: ["0.7 #1", "0.625 #1", "0.3125 #1"],
      beta: ["0.375 #2", "0.09375 #2", "0.296875 #2"],
      gamma: ["", "", "0.05 #3"],
    });
    expect(await cells(weigh({ V1: 0, hidden: 1e6 }), ["neural", "V1", "a", "average"])).toEqual({
      alpha: ["0.6 #1", undefined, undefined, "0.3 #1"],
      beta: ["", undefined, undefined, "0.25 #2"],
      gamma: ["", undefined, undefined, "0.05 #3"],
    });
    // Outside the tree: no effect (§7).
    expect(await cells({ ...weigh({ a: 5 }), only: { below: ["behavior"] } }, ["average"])).toEqual(
      await cells({ only: { below: ["behavior"] } }, ["average"]),
    );
  });

  it("§3 missing: what children without a value do", async () => {
    expect(await cells({ missing: "SKIP_NOT_RUN" }, NODES)).toEqual({
      alpha: ["0.6 #1", "0.6 #1", "0.6 #1", "0.6 #1", "", "", "3 #1"],
      beta: ["0.375 #2", "0.25 #2", "0.25 #2", "", "0.5 #1", "0.3 #1", ""],
      gamma: ["0.2 #3", "", "", "", "0.2 #2", "", ""],
    });
    expect((await cells({ missing: "SKIP_ALL" }, NODES)).beta).toEqual(["0.5 #2", "0.5 #2", "0.5 #2", "", "0.5 #1", "0.3 #1", ""]);
    expect(await cells({ missing: "ZERO" }, NODES)).toEqual(await cells(null, NODES));
    expect(await cells({ missing: null }, NODES)).toEqual(await cells(null, NODES));
  });
});

describe("a Score keeps its conditions", () => {
  const SCORE = `id state value rank coverage { scored leaves } version { number } statistics { count max } contributions { value }`;
  const source = `query ($under: Conditions) { model(domain: "vision", name: "alpha") { score(benchmark: "neural", under: $under) {
    ${SCORE} parent { ${SCORE} } children { benchmark { identifier } ${SCORE} children { benchmark { identifier } ${SCORE} } } } } }`;
  const ask = async (under: unknown) => (await joined.data(source, { variables: { under } })).model.score;

  it("§7 parent, children, rank, statistics, coverage and contributions stay under them", async () => {
    const under = { asOf: "2021-12-31", weights: [{ benchmark: "a", weight: 3 }], among: { names: ["beta"] } };
    const score = await ask(under);
    // c has not begun; the children in listings: V1 only.
    expect(score).toMatchObject({
      value: expect.closeTo(0.7, 12),
      rank: 1,
      coverage: { scored: 2, leaves: 2 },
      statistics: { count: 1, max: 0.375 },
    });
    expect(score.parent).toMatchObject({
      value: expect.closeTo(0.35, 12),
      rank: 2,
      coverage: { scored: 2, leaves: 4 },
      statistics: { count: 1, max: 0.4375 },
    });
    expect(score.children.map(({ benchmark }: Listed) => benchmark.identifier)).toEqual(["V1"]);
    expect(score.children[0].children[0]).toMatchObject({ benchmark: { identifier: "a" }, value: 0.8, version: { number: 1 } });
    const sum = score.contributions.reduce((total: number, { value }: { value: number }) => total + value, 0);
    expect(sum).toBeCloseTo(0.7, 12);
  });

  it("§7 the version is the one that counts under them", async () => {
    const version = `query ($under: Conditions) { model(domain: "vision", name: "alpha") { score(benchmark: "e", under: $under) {
      version { number } observation { version } value } } }`;
    const at = async (under: unknown) => (await joined.data(version, { variables: { under } })).model.score;
    expect(await at({ asOf: "2020-12-31" })).toEqual({ version: { number: 1 }, observation: { version: 1 }, value: 0.9 });
    expect(await at(null)).toEqual({ version: { number: 2 }, observation: null, value: null });
  });

  it("has ids that are equal for equal conditions, and for no others", async () => {
    const id = async (under?: unknown) => (await ask(under)).id as string;
    const none = await id();
    // Ways to say that nothing is asked otherwise.
    for (const under of [null, {}, { missing: "ZERO" }, { missing: null }, { weights: [] }, { among: null }])
      expect(await id(under)).toBe(none);
    const weights = [
      { benchmark: "a", weight: 2 },
      { benchmark: "b", weight: 3 },
    ];
    expect(await id({ weights })).toBe(await id({ weights: [...weights].reverse() }));
    expect(await id({ asOf: "2021-12-31" })).toBe(await id({ asOf: "2021-12-31T23:59:59.999Z" }));
    const others = [
      { asOf: "2021-12-31" },
      { asOf: "2022-12-31" },
      { weights },
      { missing: "SKIP_ALL" },
      { missing: "SKIP_NOT_RUN" },
      { only: { below: ["neural"] } },
      { among: { names: ["beta"] } },
      { among: { names: [] } },
    ];
    const ids = await Promise.all(others.map(id));
    expect(new Set([none, ...ids]).size).toBe(others.length + 1);
    const parent = (await ask({ missing: "SKIP_ALL" })).parent.id;
    const there = `{ model(domain: "vision", name: "alpha") { score(benchmark: "average", under: { missing: SKIP_ALL }) { id } } }`;
    expect((await joined.data(there)).model.score.id).toBe(parent);
  });
});

describe("what is outside the tree (§3)", () => {
  const OUT = { only: { below: ["behavior"] } };
  it("has no cell, no list, an empty leaderboard and statistics of count 0", async () => {
    const source = `query ($under: Conditions) {
      benchmark(domain: "vision", identifier: "V1") { statistics(under: $under) { ...S } leaderboard(under: $under) { ...L }
        correlation(with: "average", under: $under) { r count } }
      model(domain: "vision", name: "alpha") { score(benchmark: "V1", under: $under) { id }
        scores(under: $under, states: [SCORED, FAILED, NOT_RUN]) { benchmark { identifier } } trend(benchmark: "V1", every: YEAR, under: { only: { below: ["behavior"] } }) { value rank of coverage { leaves } } }
      standings(domain: "vision", under: $under) { score(model: "alpha", benchmark: "V1") { id } statistics(benchmark: "V1") { ...S }
        tree { benchmark { identifier } leafCount } leaderboard(benchmark: "V1") { ...L } scatter(x: "V1", y: "d") { x }
        compare(models: ["alpha", "beta"], benchmarks: ["V1", "d"], below: "V1") { sharedLeaves pairs { sharedLeaves differences(benchmark: "V1") { value } } rows { benchmark { identifier } } } } }
      fragment S on Statistics { count failed notRun min mean best { name } histogram { count } }
      fragment L on LeaderboardConnection { totalCount nodes { rank } pageInfo { hasNextPage } }`;
    const { benchmark, model, standings } = await joined.data(source, { variables: { under: OUT } });
    const nothing = { count: 0, failed: 0, notRun: 0, min: null, mean: null, best: [], histogram: [] };
    const empty = { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false } };
    expect(benchmark).toEqual({ statistics: nothing, leaderboard: empty, correlation: { r: null, count: 0 } });
    expect(model.score).toBeNull();
    expect(model.scores.map(({ benchmark }: Listed) => benchmark.identifier)).toEqual(["average", "behavior", "d", "e"]);
    for (const point of model.trend) expect(point).toEqual({ value: null, rank: null, of: 0, coverage: { leaves: 0 } });
    expect(standings).toMatchObject({ score: null, statistics: nothing, leaderboard: empty, scatter: [] });
    expect(standings.tree.map(({ benchmark, leafCount }: Listed) => [benchmark.identifier, leafCount])).toEqual([
      ["average", 2],
      ["behavior", 2],
      ["d", 1],
      ["e", 1],
    ]);
    expect(standings.compare).toEqual({
      sharedLeaves: 0,
      pairs: [{ sharedLeaves: 0, differences: [] }],
      rows: [{ benchmark: { identifier: "d" } }],
    });
  });

  it("§7 a filter that leaves no leaf or no model leaves empty standings, and is no error", async () => {
    const source = `query ($under: Conditions) { standings(domain: "vision", under: $under) { populationSize tree { depth }
      leaderboard { totalCount } matrix { models { name } benchmarks { identifier } values } statistics(benchmark: "average") { count notRun } } }`;
    const ask = async (under: unknown) => (await joined.data(source, { variables: { under } })).standings;
    expect(await ask({ only: { identifiers: [] } })).toEqual({
      populationSize: 3,
      tree: [],
      leaderboard: { totalCount: 0 },
      matrix: { models: [{ name: "alpha" }, { name: "beta" }, { name: "gamma" }], benchmarks: [], values: [[], [], []] },
      statistics: { count: 0, notRun: 0 },
    });
    const nobody = await ask({ among: { names: [] } });
    expect(nobody).toMatchObject({ populationSize: 0, leaderboard: { totalCount: 0 }, statistics: { count: 0, notRun: 0 } });
    expect(nobody.tree).toHaveLength(11);
    expect(await ask({ asOf: "1990-01-01" })).toMatchObject({ populationSize: 0, tree: [], leaderboard: { totalCount: 0 } });
  });
});

describe("conditions that are refused", () => {
  const PLACES = [
    `standings(domain: "vision", under: $under) { populationSize }`,
    `model(domain: "vision", name: "alpha") { score(benchmark: "a", under: $under) { value } }`,
    `benchmark(domain: "vision", identifier: "a") { statistics(under: $under) { count } }`,
    `benchmark(domain: "vision", identifier: "a") { leaderboard(under: $under) { totalCount } }`,
    `benchmark(domain: "vision", identifier: "a") { correlation(with: "b", under: $under) { count } }`,
  ];
  const weight = (benchmark: string, ...values: number[]) => ({ weights: values.map((value) => ({ benchmark, weight: value })) });
  const REFUSED: readonly [string, unknown, string, RegExp][] = [
    ["weights of an unknown benchmark", weight("Z", 2), "BAD_USER_INPUT", /"Z"/],
    ["a negative weight", weight("a", -1), "BAD_USER_INPUT", /-1/],
    ["a weight above 1e6", weight("a", 1e6 + 1), "BAD_USER_INPUT", /1e6/],
    ["a root's weight", weight("engineering", 2), "BAD_USER_INPUT", /root/],
    ["a weight given twice", weight("a", 1, 1), "BAD_USER_INPUT", /twice/],
    ["asOf and release at once", { asOf: "2021-01-01", release: "r" }, "BAD_USER_INPUT", /not both/],
    ["an unknown release", { release: "r" }, "NOT_FOUND", /release "r"/],
    ["only of an unknown benchmark", { only: { identifiers: ["Z"] } }, "NOT_FOUND", /"Z"/],
    ["only below an unknown benchmark", { only: { not: { below: ["Z"] } } }, "NOT_FOUND", /"Z"/],
    ["scored on an unknown benchmark", { among: { or: [{ scored: [{ benchmark: "Z" }] }] } }, "NOT_FOUND", /"Z"/],
  ];
  it.each(REFUSED)("§7 %s: everywhere, with a code and a path", async (_, under, code, message) => {
    for (const place of PLACES) {
      const { errors } = await joined.ask(`query ($under: Conditions) { ${place} }`, { variables: { under } });
      expect(errors).toHaveLength(1);
      expect(errors![0].message).toMatch(message);
      expect(errors![0].extensions.code).toBe(code);
      expect(errors![0].path?.length).toBeGreaterThan(0);
    }
  });
});
