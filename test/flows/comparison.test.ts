import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { type Joined, openJoined } from "../support/joined";
import { seed } from "../support/seed";
import { viewerOf } from "../support/viewer-of";

let database: TestDatabase;
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  const story = seed(database.dataSource)
    .domain("vision")
    .tree(
      `
      average
        V1
          a
          b          decimals 1
          c
        d
        hidden       invisible
          e
      engineering    raw
        f
      `,
    )
    .model("alpha")
    .model("beta")
    .model("gamma")
    .model("delta")
    .model("mine", { isPublic: false, owner: "lab" });
  const cells = {
    alpha: [0.9, 0.52, 0.3, 0.4, null, 5],
    beta: [0.7, 0.48, 0.6, 0.4, 0.8, 3],
    gamma: [0.5, null, 0.2, 0.1, 0.6, 4],
    delta: [0.1, 0.2, 0.3, null, 0.2, null],
    mine: [1, 1, 1, 1, 1, 9],
  };
  for (const [model, values] of Object.entries(cells))
    values.forEach((value, place) => {
      if (value !== null) story.score(model, "abcdef"[place], value);
    });
  // delta failed on d.
  await story.score("delta", "d", { failed: true }).write();
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

const sum = (list: readonly { value: number }[]): number => list.reduce((total, { value }) => total + value, 0);

describe("models side by side (§6)", () => {
  const COMPARE = `query ($models: [String!]!, $benchmarks: [String!], $below: String, $under: Conditions, $of: String) {
    standings(domain: "vision", under: $under) { compare(models: $models, benchmarks: $benchmarks, below: $below) {
      models { name } sharedLeaves pairs { a { name } b { name } sharedLeaves aWins bWins ties pearson spearman
        differences(benchmark: $of, first: 100) { benchmark { identifier } value } }
      rows { benchmark { identifier } scores { model { name } state value rank } } } } }`;
  const compare = async (variables: Record<string, unknown>, question = {}) =>
    (await joined.data(COMPARE, { ...question, variables })).standings.compare;

  it("over the leaves of the global root on which both are SCORED: wins, and ties after rounding", async () => {
    const { models, sharedLeaves, pairs } = await compare({ models: ["beta", "alpha"] });
    expect(models).toEqual([{ name: "beta" }, { name: "alpha" }]);
    expect(sharedLeaves).toBe(4);
    // a: alpha; b: .48 and .52 are both .5; c: beta; d: equal. f is of another root, e alpha was not run on.
    expect(pairs).toHaveLength(1);
    expect(pairs[0]).toMatchObject({ a: { name: "beta" }, b: { name: "alpha" }, sharedLeaves: 4, aWins: 1, bWins: 1, ties: 2 });
    // By hand: x = (.7, .48, .6, .4), y = (.9, .52, .3, .4): ranks (4, 2, 3, 1) and (4, 3, 1, 2): Σd² = 6, ρ = 1 − 36/60.
    expect(pairs[0].spearman).toBeCloseTo(0.4, 12);
    const [x, y] = [
      [0.7, 0.48, 0.6, 0.4],
      [0.9, 0.52, 0.3, 0.4],
    ].map((values) => values.map((value) => value - values.reduce((total, other) => total + other) / 4));
    const product = (p: number[], q: number[]) => p.reduce((total, value, at) => total + value * q[at], 0);
    expect(pairs[0].pearson).toBeCloseTo(product(x, y) / Math.sqrt(product(x, x) * product(y, y)), 12);
  });

  it("every two of several, in the order asked, with the leaves that all share", async () => {
    const { sharedLeaves, pairs } = await compare({ models: ["gamma", "alpha", "delta"] });
    expect(sharedLeaves).toBe(2);
    expect(
      pairs.map((pair: Record<string, { name: string } & number>) => [
        pair.a.name,
        pair.b.name,
        pair.sharedLeaves,
        pair.aWins,
        pair.bWins,
        pair.ties,
      ]),
    ).toEqual([
      ["gamma", "alpha", 3, 0, 3, 0],
      ["gamma", "delta", 3, 2, 1, 0],
      ["alpha", "delta", 3, 2, 0, 1],
    ]);
    // Under 3 shared leaves there is no correlation.
    const [pair] = (await compare({ models: ["alpha", "delta"], below: "V1", under: { only: { identifiers: ["a", "c"] } } })).pairs;
    expect(pair).toMatchObject({ sharedLeaves: 2, pearson: null, spearman: null });
  });

  it("below a node, of any root: counts and rows", async () => {
    const below = await compare({ models: ["alpha", "beta"], below: "V1" });
    expect(below.sharedLeaves).toBe(3);
    expect(below.pairs[0]).toMatchObject({ sharedLeaves: 3, aWins: 1, bWins: 1, ties: 1 });
    const identifiers = ({ rows }: { rows: { benchmark: { identifier: string } }[] }) => rows.map(({ benchmark }) => benchmark.identifier);
    expect(identifiers(below)).toEqual(["V1", "a", "b", "c"]);
    expect((await compare({ models: ["alpha", "beta"], below: "engineering" })).pairs[0]).toMatchObject({ sharedLeaves: 1, aWins: 1 });
    expect(identifiers(await compare({ models: ["alpha", "beta"] }))).toEqual([
      "average",
      "V1",
      "a",
      "b",
      "c",
      "d",
      "e",
      "engineering",
      "f",
    ]);
    expect(identifiers(await compare({ models: ["alpha", "beta"], benchmarks: ["f", "V1"] }))).toEqual(["f", "V1"]);
    expect(below.rows[3].scores).toEqual([
      { model: { name: "alpha" }, state: "SCORED", value: 0.3, rank: 2 },
      { model: { name: "beta" }, state: "SCORED", value: 0.6, rank: 1 },
    ]);
  });

  it("§3 differences of contributions sum to the difference, whatever the node and the conditions", async () => {
    const values = `query ($under: Conditions, $of: String!) { standings(domain: "vision", under: $under) { a: score(model: "beta", benchmark: $of) { value }
      b: score(model: "alpha", benchmark: $of) { value } } }`;
    for (const under of [
      null,
      { missing: "SKIP_NOT_RUN" },
      {
        weights: [
          { benchmark: "V1", weight: 5 },
          { benchmark: "a", weight: 0.1 },
        ],
      },
    ])
      for (const node of ["average", "V1", "d", "hidden", "engineering"]) {
        const [{ differences }] = (await compare({ models: ["beta", "alpha"], under, of: node })).pairs;
        const { a, b } = (await joined.data(values, { variables: { under, of: node } })).standings;
        expect(sum(differences)).toBeCloseTo((a.value ?? 0) - (b.value ?? 0), 12);
        const sizes = differences.map(({ value }: { value: number }) => Math.abs(value));
        expect(sizes).toEqual([...sizes].sort((x, y) => y - x));
      }
    // Of the global root if no benchmark is named; e counts for beta: .8 / 3.
    const [{ differences }] = (await compare({ models: ["beta", "alpha"] })).pairs;
    expect(differences[0]).toEqual({ benchmark: { identifier: "e" }, value: expect.closeTo(0.8 / 3, 12) });
  });

  it("§5 shows an own private model with the rank that it would have; to others it is unknown", async () => {
    const variables = { models: ["mine", "alpha"], benchmarks: ["a"] };
    const { rows } = await compare(variables, { viewer: await viewerOf(database.dataSource, "lab") });
    expect(rows[0].scores.map(({ rank }: { rank: number }) => rank)).toEqual([1, 1]);
    for (const models of [
      ["mine", "alpha"],
      ["nobody", "alpha"],
    ]) {
      const { errors } = await joined.ask(COMPARE, { variables: { models } });
      expect(errors).toEqual([expect.objectContaining({ message: `There is no model "${models[0]}".`, path: ["standings", "compare"] })]);
      expect(errors![0].extensions.code).toBe("NOT_FOUND");
    }
  });

  it("takes 2 to 10 models, each once, and benchmarks that are known", async () => {
    const code = async (variables: Record<string, unknown>) => (await joined.ask(COMPARE, { variables })).errors?.[0].extensions.code;
    expect(await code({ models: ["alpha"] })).toBe("BAD_USER_INPUT");
    expect(await code({ models: Array(11).fill("alpha") })).toBe("BAD_USER_INPUT");
    expect(await code({ models: ["alpha", "alpha"] })).toBe("BAD_USER_INPUT");
    expect(await code({ models: ["alpha", "beta"], below: "Z" })).toBe("NOT_FOUND");
    expect(await code({ models: ["alpha", "beta"], benchmarks: ["Z"] })).toBe("NOT_FOUND");
    expect(await code({ models: ["alpha", "beta"], of: "Z" })).toBe("NOT_FOUND");
  });
});

describe("correlations of benchmarks (§6)", () => {
  const CORRELATION = `query ($x: String!, $y: String!, $method: CorrelationMethod!, $under: Conditions) {
    standings(domain: "vision", under: $under) { correlation(x: $x, y: $y, method: $method) { ...C }
      correlations(benchmarks: [$x, $y], method: $method) { ...C } scatter(x: $x, y: $y) { model { name } x y } }
    benchmark(domain: "vision", identifier: $x) { correlation(with: $y, method: $method, under: $under) { ...C } } }
    fragment C on Correlation { x { identifier } y { identifier } method r count pValue slope intercept }`;
  const correlate = async (x: string, y: string, method = "PEARSON", under: unknown = null) => {
    const { standings, benchmark } = await joined.data(CORRELATION, { variables: { x, y, method, under } });
    // The same three ways.
    expect(benchmark.correlation).toEqual(standings.correlation);
    expect(standings.correlations[0][1]).toEqual(standings.correlation);
    expect(standings.correlations[1][0]).toMatchObject({ x: { identifier: y }, y: { identifier: x }, count: standings.correlation.count });
    return standings;
  };

  it("over the population that is SCORED on both, by hand", async () => {
    // alpha (.9, .3), beta (.7, .6), gamma (.5, .2), delta (.1, .3); mine is private.
    const { correlation, scatter } = await correlate("a", "c");
    expect(scatter).toEqual([
      { model: { name: "alpha" }, x: 0.9, y: 0.3 },
      { model: { name: "beta" }, x: 0.7, y: 0.6 },
      { model: { name: "delta" }, x: 0.1, y: 0.3 },
      { model: { name: "gamma" }, x: 0.5, y: 0.2 },
    ]);
    // Means .55 and .35; Sxx .35, Syy .09, Sxy −.0175 + .0375 + .0075 + .0225 = .05.
    expect(correlation).toMatchObject({ x: { identifier: "a" }, y: { identifier: "c" }, method: "PEARSON", count: 4 });
    expect(correlation.slope).toBeCloseTo(0.05 / 0.35, 12);
    expect(correlation.intercept).toBeCloseTo(0.35 - 0.55 * (0.05 / 0.35), 12);
    const r = 0.05 / Math.sqrt(0.35 * 0.09);
    expect(correlation.r).toBeCloseTo(r, 12);
    // Student's t with 2 degrees of freedom has a closed form: p = 1 − |t| / √(2 + t²) = 1 − |r|.
    expect(correlation.pValue).toBeCloseTo(1 - r, 10);
  });

  it("by ranks", async () => {
    // Ranks of a: 4 3 2 1; of c, ties averaged: 2.5 4 1 2.5. Spearman: Sxy = 1.5, Sxx = 5, Syy = 4.5.
    expect((await correlate("a", "c", "SPEARMAN")).correlation.r).toBeCloseTo(1.5 / Math.sqrt(5 * 4.5), 12);
    // Pairs: 3 concordant, 2 discordant, 1 tied in c: τ-b = 1 / √(6 · 5).
    expect((await correlate("a", "c", "KENDALL")).correlation.r).toBeCloseTo(1 / Math.sqrt(30), 12);
  });

  it("under conditions, and null under 3 models or without variance", async () => {
    const nothing = { r: null, pValue: null, slope: null, intercept: null };
    const { correlation, scatter } = await correlate("a", "c", "PEARSON", { among: { names: ["alpha", "beta"] } });
    expect(correlation).toMatchObject({ ...nothing, count: 2 });
    expect(scatter).toHaveLength(2);
    expect((await correlate("V1", "d", "PEARSON", { weights: [{ benchmark: "a", weight: 0 }] })).correlation.count).toBe(3);
    expect((await correlate("a", "b", "PEARSON", { weights: [{ benchmark: "a", weight: 0 }] })).correlation).toMatchObject({
      ...nothing,
      count: 0,
    });
    expect((await correlate("a", "a")).correlation).toMatchObject({ r: 1, count: 4, pValue: 0 });
  });

  it("takes 1 to 40 benchmarks that are known", async () => {
    const ask = (benchmarks: string[]) =>
      joined.ask(`query ($b: [String!]!) { standings(domain: "vision") { correlations(benchmarks: $b) { r } } }`, {
        variables: { b: benchmarks },
      });
    expect((await ask(Array(40).fill("a"))).errors).toBeUndefined();
    for (const [benchmarks, code] of [
      [[], "BAD_USER_INPUT"],
      [Array(41).fill("a"), "BAD_USER_INPUT"],
      [["a", "Z"], "NOT_FOUND"],
    ] as const)
      expect((await ask([...benchmarks])).errors![0].extensions.code).toBe(code);
  });
});
