import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createRelease } from "../../src/subgraphs/scores/create-release";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { type Joined, openJoined } from "../support/joined";
import { seed } from "../support/seed";
import { viewerOf } from "../support/viewer-of";
import { changed } from "./release-world";

let database: TestDatabase;
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision")
    .tree(
      `
      average
        V1
          a
          b          versions 1 2
        c
      engineering    raw
        f
      `,
    )
    .model("alpha", { columns: { family: "cnn" } })
    .model("beta", { columns: { family: "vit" } })
    .model("gamma", { columns: { family: "cnn" } })
    .model("secret", { isPublic: false, owner: "lab" })
    .score("alpha", "a", { ceiled: 0.8, endedAt: "2023-01-10T12:00:00Z" })
    .score("beta", "b", { ceiled: 0.6, version: 1, endedAt: "2023-02-20" })
    .score("alpha", "c", { ceiled: 0.2, endedAt: "2023-03-31T23:59:59.999Z" })
    .score("beta", "c", { ceiled: 0.5, endedAt: "2023-04-01" })
    .score("beta", "a", { failed: true, endedAt: "2023-04-01" })
    .score("gamma", "b", { ceiled: 0.9, version: 2, endedAt: "2023-05-05" })
    .score("secret", "c", { ceiled: 0.7, endedAt: "2023-01-02" })
    .score("alpha", "f", { raw: 2, endedAt: "2023-05-01" })
    .score("gamma", "c", { ceiled: 0.1, endedAt: "2023-05-20" })
    .score("alpha", "a", { ceiled: 0.9, endedAt: "2023-06-15T08:00:00Z" })
    .score("gamma", "a", { ceiled: 0.3, raw: 0.3, endedAt: "2023-02-01", retractedAt: "2024-01-01T00:00:00Z" })
    .write();
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

interface Point {
  readonly at: string;
  readonly value: number | null;
  readonly rank: number | null;
  readonly of: number;
  readonly coverage: { readonly scored: number; readonly leaves: number };
  readonly newLeaves: readonly { readonly identifier: string }[];
  readonly newVersions: readonly { readonly number: number; readonly benchmark: { readonly identifier: string } }[];
}

const TREND = `query ($name: String!, $benchmark: String, $every: Period, $from: DateTime, $to: DateTime, $under: Conditions) {
  model(domain: "vision", name: $name) { trend(benchmark: $benchmark, every: $every, from: $from, to: $to, under: $under) {
    at value rank of coverage { scored leaves } newLeaves { identifier } newVersions { number benchmark { identifier } } } } }`;
const trend = async (variables: Record<string, unknown>, question = {}): Promise<Point[]> =>
  (await joined.data(TREND, { ...question, variables: { name: "alpha", ...variables } })).model.trend;

const shown = ({ at, value, rank, of, coverage, newLeaves, newVersions }: Point): string =>
  [
    at.slice(0, 10),
    value === null ? "-" : `${Number(value.toFixed(9))} #${rank}`,
    `of ${of}, ${coverage.scored}/${coverage.leaves}`,
    ...newLeaves.map(({ identifier }) => `+${identifier}`),
    ...newVersions.map(({ number, benchmark }) => `${benchmark.identifier}@${number}`),
  ].join(" ");

describe("trends (§8)", () => {
  it("go from the model's first run to the newest public one, month by month, with new leaves and versions", async () => {
    expect((await trend({})).map(shown)).toEqual([
      // a alone; c has not begun, since secret begins nothing.
      "2023-01-31 0.8 #1 of 1, 1/1",
      // a and b: alpha (.8 + 0)/2, beta (0 + .6)/2.
      "2023-02-28 0.4 #1 of 2, 1/2 +b",
      // c: (.4 + .2)/2.
      "2023-03-31 0.3 #1 of 2, 2/3 +c",
      "2023-04-30 0.3 #2 of 2, 2/3",
      // b is of version 2 now: beta (0 + .5)/2, gamma (.45 + .1)/2.
      "2023-05-31 0.3 #1 of 3, 2/3 b@2",
      // The end of the newest run: alpha (.45 + .2)/2.
      "2023-06-15 0.325 #1 of 3, 2/3",
    ]);
  });

  it("have a point for each period that overlaps the time, of every kind, in UTC", async () => {
    const ends = async (every: string, from: string, to: string) => (await trend({ every, from, to })).map(({ at }) => at);
    expect(await ends("DAY", "2023-02-27", "2023-03-01")).toEqual([
      "2023-02-27T23:59:59.999Z",
      "2023-02-28T23:59:59.999Z",
      "2023-03-01T23:59:59.999Z",
    ]);
    // 2023-01-01 is a Sunday: the last day of its ISO week.
    expect(await ends("WEEK", "2023-01-01", "2023-01-09")).toEqual([
      "2023-01-01T23:59:59.999Z",
      "2023-01-08T23:59:59.999Z",
      "2023-01-15T23:59:59.999Z",
    ]);
    expect(await ends("MONTH", "2023-02-28T23:59:59.999Z", "2023-03-01T00:00:00Z")).toEqual([
      "2023-02-28T23:59:59.999Z",
      "2023-03-31T23:59:59.999Z",
    ]);
    expect(await ends("QUARTER", "2022-12-31", "2023-04-01")).toEqual([
      "2022-12-31T23:59:59.999Z",
      "2023-03-31T23:59:59.999Z",
      "2023-06-30T23:59:59.999Z",
    ]);
    expect(await ends("YEAR", "2022-12-31T23:00:00-02:00", "2023-06-01")).toEqual(["2023-12-31T23:59:59.999Z"]);
    expect(await ends("YEAR", "2023-06-02", "2023-06-01")).toEqual([]);
  });

  it("have at most 1,000 points", async () => {
    expect(await trend({ every: "DAY", from: "2021-01-01", to: "2023-09-27" })).toHaveLength(1000);
    const { errors } = await joined.ask(TREND, { variables: { name: "alpha", every: "DAY", from: "2021-01-01", to: "2023-09-28" } });
    expect(errors).toEqual([expect.objectContaining({ path: ["model", "trend"], message: expect.stringMatching(/1000 points.* 1001/) })]);
    expect(errors![0].extensions.code).toBe("BAD_USER_INPUT");
  });

  it("look back from a first point that has no new leaves", async () => {
    expect((await trend({ from: "2023-03-01", to: "2023-03-31" })).map(shown)).toEqual(["2023-03-31 0.3 #1 of 2, 2/3"]);
    expect((await trend({ every: "YEAR", from: "2021-01-01", to: "2022-12-31" })).map(shown)).toEqual([
      "2021-12-31 - of 0, 0/0",
      "2022-12-31 - of 0, 0/0",
    ]);
  });

  it("end at what counts now, if no end is asked for", async () => {
    for (const name of ["alpha", "beta", "gamma"]) {
      const source = `query ($name: String!) { model(domain: "vision", name: $name) { score(benchmark: "average") { value rank coverage { scored leaves } } } }`;
      const { score } = (await joined.data(source, { variables: { name } })).model;
      const { value, rank, coverage } = (await trend({ name })).at(-1)!;
      expect({ value, rank, coverage }).toEqual(score);
    }
    // A retracted run is no first one: gamma begins in May.
    expect((await trend({ name: "gamma" })).map(({ at }) => at.slice(0, 10))).toEqual(["2023-05-31", "2023-06-15"]);
  });

  it("refuse moments in their conditions, and unknown benchmarks", async () => {
    for (const under of [{ asOf: "2023-01-01" }, { release: "x" }])
      expect((await joined.ask(TREND, { variables: { name: "alpha", under } })).errors![0].extensions.code).toBe("BAD_USER_INPUT");
    for (const variables of [{ benchmark: "Z" }, { under: { among: { scored: [{ benchmark: "Z" }] } } }])
      expect((await joined.ask(TREND, { variables: { name: "alpha", ...variables } })).errors![0].extensions.code).toBe("NOT_FOUND");
    const weights = [{ benchmark: "a", weight: -1 }];
    expect((await joined.ask(TREND, { variables: { name: "alpha", under: { weights } } })).errors![0].extensions.code).toBe(
      "BAD_USER_INPUT",
    );
  });

  it("§10 tell of a private model to its owner only, and count nothing of it", async () => {
    expect(await joined.data(TREND, { variables: { name: "secret" } })).toEqual({ model: null });
    const viewer = await viewerOf(database.dataSource, "lab");
    // Before c begins there is nothing that it was run on.
    expect((await trend({ name: "secret", to: "2023-04-30" }, { viewer })).map(shown)).toEqual([
      "2023-01-31 - of 1, 0/1",
      "2023-02-28 - of 2, 0/2 +b",
      "2023-03-31 0.35 #1 of 2, 1/3 +c",
      "2023-04-30 0.35 #2 of 2, 1/3",
    ]);
  });

  const CONDITIONS = [
    null,
    { weights: [{ benchmark: "V1", weight: 2 }, { benchmark: "b", weight: 0.5 }] }, // prettier-ignore
    { missing: "SKIP_ALL" },
    { among: { family: ["cnn"] } },
    { among: { scored: [{ benchmark: "V1", value: { min: 0.29 } }] } },
    {
      among: { scored: [{ benchmark: "average", coverage: { min: 0.5 } }] },
      missing: "SKIP_NOT_RUN",
      only: { not: { identifiers: ["b"] } },
    },
    { only: { identifiers: [] } },
  ];
  it.each(CONDITIONS.map((under) => [JSON.stringify(under), under]))(
    "say at each point what standings as of it say, under %s",
    async (_, under) => {
      const source = `query ($under: Conditions, $name: String!, $benchmark: String!) { standings(domain: "vision", under: $under) {
      statistics(benchmark: $benchmark) { count } score(model: $name, benchmark: $benchmark) { value rank coverage { scored leaves } } } }`;
      for (const name of ["alpha", "beta", "gamma"])
        for (const benchmark of ["average", "V1", "b", "f"]) {
          const points = await trend({ name, benchmark, under, every: "WEEK", from: "2022-12-25", to: "2023-06-30" });
          expect(points).toHaveLength(28);
          for (const { at, value, rank, of, coverage } of points) {
            const { standings } = await joined.data(source, { variables: { name, benchmark, under: { ...(under as object), asOf: at } } });
            const { score, statistics } = standings;
            const outside = { value: null, rank: null, coverage: { scored: 0, leaves: 0 } };
            expect({ value, rank, coverage }).toEqual(score ?? outside);
            expect(of).toBe(statistics.count);
          }
        }
    },
  );
});

describe("changes (§8)", () => {
  const CHANGES = `query ($from: Moment!, $to: Moment, $benchmark: String, $under: Conditions, $first: Int, $after: String) {
    changes(domain: "vision", from: $from, to: $to, benchmark: $benchmark, under: $under, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } nodes { model { name } benchmark { identifier } rankGain valueGain
      before { value rank } after { value rank } contributions { benchmark { identifier } value } } } }`;
  interface Change {
    readonly model: { readonly name: string };
    readonly benchmark: { readonly identifier: string };
    readonly rankGain: number | null;
    readonly valueGain: number | null;
    readonly before: { readonly value: number | null; readonly rank: number | null } | null;
    readonly after: { readonly value: number | null; readonly rank: number | null } | null;
    readonly contributions: readonly { readonly benchmark: { readonly identifier: string }; readonly value: number }[];
  }
  const ask = async (variables: Record<string, unknown>, over = joined) => (await over.data(CHANGES, { variables })).changes;
  const changes = async (variables: Record<string, unknown>, over = joined): Promise<Change[]> => (await ask(variables, over)).nodes;
  const round = (value: number | null | undefined) => (value == null ? "-" : Number(value.toFixed(9)));
  const tell = ({ model, rankGain, valueGain, before, after }: Change): string =>
    `${model.name} ${rankGain} ${round(valueGain)}: ${round(before?.value)} #${before?.rank} to ${round(after?.value)} #${after?.rank}`;

  it("between two instants: who moved, the biggest move first, who is new or gone last", async () => {
    expect((await changes({ from: { asOf: "2023-04-30T00:00:00Z" }, to: { asOf: "2023-05-31" } })).map(tell)).toEqual([
      // beta lost its b to a new version: (.3 + .5)/2 to .25; gamma is new.
      "beta -2 -0.15: 0.4 #1 to 0.25 #3",
      "alpha 1 0: 0.3 #2 to 0.3 #1",
      "gamma null -: - #undefined to 0.275 #2",
    ]);
  });

  it("from the first instant of a date, to the last of one; to now, if no end is asked for", async () => {
    // The run of 2023-04-01 00:00 had ended by the first instant of that day.
    expect((await changes({ from: { asOf: "2023-04-01" }, to: { asOf: "2023-04-30" } })).map(tell)).toEqual([]);
    // Within that day c began: alpha (.4 + .2)/2, beta (.3 + 0)/2.
    expect((await changes({ from: { asOf: "2023-03-31" }, to: { asOf: "2023-03-31" } })).map(tell)).toEqual([
      "beta 0 -0.15: 0.3 #2 to 0.15 #2",
      "alpha 0 -0.1: 0.4 #1 to 0.3 #1",
    ]);
    expect((await changes({ from: { asOf: "2023-06-01" } })).map(tell)).toEqual(["alpha 0 0.025: 0.3 #1 to 0.325 #1"]);
  });

  it("contributions of the leaves sum to the gain (§3)", async () => {
    for (const under of [null, { missing: "SKIP_ALL" }, { weights: [{ benchmark: "c", weight: 3 }] }])
      for (const from of ["2023-01-31", "2023-02-28", "2023-03-31", "2023-04-30"])
        for (const change of await changes({ from: { asOf: from }, under })) {
          const sum = change.contributions.reduce((total, { value }) => total + value, 0);
          expect(sum).toBeCloseTo((change.after?.value ?? 0) - (change.before?.value ?? 0), 12);
          expect(change.valueGain === null).toBe(change.before?.value == null || change.after?.value == null);
        }
    const [beta] = await changes({ from: { asOf: "2023-04-30" }, to: { asOf: "2023-05-31" } });
    expect(beta.contributions.filter(({ value }) => value !== 0)).toEqual([
      { benchmark: { identifier: "b" }, value: expect.closeTo(-0.15, 12) },
    ]);
  });

  it("come in pages that hold together", async () => {
    const from = { asOf: "2023-04-30" };
    const all = await changes({ from });
    const names: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page: { nodes: Change[]; totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string } } = await ask({
        from,
        first: 1,
        after,
      });
      expect(page.totalCount).toBe(all.length);
      names.push(...page.nodes.map(({ model }) => model.name));
      ({ hasNextPage: more, endCursor: after } = page.pageInfo);
    }
    expect(names).toEqual(all.map(({ model }) => model.name));
    expect(names.length).toBeGreaterThan(1);
  });

  it("name exactly one moment each, and know the benchmark at one of them", async () => {
    const code = async (variables: Record<string, unknown>) => (await joined.ask(CHANGES, { variables })).errors?.[0].extensions.code;
    const from = { asOf: "2023-01-01" };
    expect(await code({ from: {} })).toBe("BAD_USER_INPUT");
    expect(await code({ from: { asOf: "2023-01-01", release: "x" } })).toBe("BAD_USER_INPUT");
    expect(await code({ from, to: {} })).toBe("BAD_USER_INPUT");
    expect(await code({ from, under: { asOf: "2023-01-01" } })).toBe("BAD_USER_INPUT");
    expect(await code({ from, to: { release: "x" } })).toBe("NOT_FOUND");
    expect(await code({ from, benchmark: "Z" })).toBe("NOT_FOUND");
    expect(await changes({ from: { asOf: "2023-06-01" }, to: { asOf: "2023-06-02" } })).toEqual([]);
  });

  it("§9 between releases, and from a release to now", async () => {
    const own = await createTestDatabase();
    try {
      await seed(own.dataSource)
        .domain("vision")
        .tree("average\n  a\n  b")
        .model("alpha")
        .model("beta")
        .score("alpha", "a", 0.5)
        .score("beta", "a", 0.4)
        .write();
      await createRelease(own.dataSource, { domain: "vision", name: "one" });
      await seed(own.dataSource)
        .domain("vision")
        .also(async ({ add, query }) => {
          const [{ pk: domain_pk }] = await query(`SELECT pk FROM domain`);
          const root = { order: 0, is_visible: true, is_raw: false, rank_decimals: 3, root_position: 1 };
          await add("benchmark", [{ id: "benchmark_new", domain_pk, identifier: "c", ...root }]);
        })
        .version("c", 1)
        .model("gamma")
        .score("gamma", "a", 0.9)
        .score("beta", "b", 0.6)
        .score("alpha", "c", 1)
        .write();
      await createRelease(own.dataSource, { domain: "vision", name: "two" });
      await seed(own.dataSource)
        .also(changed("observation", "raw = 0.9", { retracted_at: "2024-01-01T00:00:00Z" }))
        .also(changed("benchmark", "identifier = 'b'", { is_visible: false }))
        .write();
      const over = await openJoined(own);
      expect((await changes({ from: { release: "one" }, to: { release: "two" } }, over)).map(tell)).toEqual([
        "alpha -2 0: 0.25 #1 to 0.25 #3",
        "beta 1 0.3: 0.2 #2 to 0.5 #1",
        "gamma null -: - #undefined to 0.45 #2",
      ]);
      // gamma's run is retracted, b hidden: alpha .5, beta .4.
      expect((await changes({ from: { release: "two" } }, over)).map(tell)).toEqual([
        "alpha 2 0.25: 0.25 #3 to 0.5 #1",
        "beta -1 -0.1: 0.5 #1 to 0.4 #2",
        "gamma null -: 0.45 #2 to - #null",
      ]);
      // Back in time, and on a benchmark that came in between.
      expect((await changes({ from: { release: "two" }, to: { release: "one" } }, over)).map(tell)).toHaveLength(3);
      for (const [from, to] of [
        ["one", "two"],
        ["two", "one"],
      ]) {
        // prettier-ignore
        const moved = await changes({ from: { release: from }, to: { release: to }, benchmark: "c" }, over);
        expect(
          moved
            .filter(({ before, after }) => before?.value != null || after?.value != null)
            .map(({ model, benchmark }) => [model.name, benchmark.identifier]),
        ).toEqual([["alpha", "c"]]);
      }
      // Pages between releases do not expire.
      const first = await ask({ from: { release: "one" }, to: { release: "two" }, first: 1 }, over);
      await seed(own.dataSource).domain("vision").model("later").write();
      const rest = await ask({ from: { release: "one" }, to: { release: "two" }, after: first.pageInfo.endCursor }, await openJoined(own));
      expect(rest.nodes).toHaveLength(2);
    } finally {
      await own.drop();
    }
  });
});
