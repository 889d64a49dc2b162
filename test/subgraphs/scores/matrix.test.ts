import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { faultsOf } from "../../support/faults-of";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";

let database: TestDatabase;
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  const story = seed(database.dataSource)
    .domain("vision")
    .tree("average_vision\n  leaf-a\n  leaf-b\n  leaf-c\n  hidden  invisible\nengineering  raw")
    .model("secret", { isPublic: false, owner: "lab" })
    .score("secret", "leaf-a", 1)
    .score("secret", "leaf-c", 1);
  [0, 0.2, 0.4, 1].forEach((value, at) => story.model(`m${4 - at}`).score(`m${4 - at}`, "leaf-a", value));
  await story
    .score("m1", "leaf-b", { raw: 0.5, ceiled: 0.5, error: 0.1 })
    .score("m2", "leaf-b", { failed: true })
    .score("m1", "engineering", { raw: 80 })
    .score("m2", "engineering", { raw: 40 })
    .score("m3", "engineering", { raw: 60 })
    .write();
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

const standings = async (selection: string) => (await joined.data(`{ standings(domain: "vision") { ${selection} } }`)).standings;

describe("the matrix", () => {
  it("has a row a public model by name, a column a visible benchmark in tree order, and every cell", async () => {
    const { matrix } = await standings("matrix { models { name } benchmarks { identifier } states values errors ranks }");
    expect(matrix).toEqual({
      models: [{ name: "m1" }, { name: "m2" }, { name: "m3" }, { name: "m4" }],
      benchmarks: ["average_vision", "leaf-a", "leaf-b", "leaf-c", "engineering"].map((identifier) => ({ identifier })),
      states: [
        ["SCORED", "SCORED", "SCORED", "NOT_RUN", "SCORED"],
        ["SCORED", "SCORED", "FAILED", "NOT_RUN", "SCORED"],
        ["SCORED", "SCORED", "NOT_RUN", "NOT_RUN", "SCORED"],
        ["SCORED", "SCORED", "NOT_RUN", "NOT_RUN", "NOT_RUN"],
      ],
      values: [
        [0.5, 1, 0.5, null, 80],
        [0.4 / 3, 0.4, null, null, 40],
        [0.2 / 3, 0.2, null, null, 60],
        [0, 0, null, null, null],
      ],
      errors: [
        [expect.closeTo(0.1 / 3, 12), null, 0.1, null, null],
        [null, null, null, null, null],
        [null, null, null, null, null],
        [null, null, null, null, null],
      ],
      ranks: [
        [1, 1, 1, null, 1],
        [2, 2, null, null, 3],
        [3, 3, null, null, 2],
        [4, 4, null, null, null],
      ],
    });
  });

  it("takes columns in the order asked, leaves only, and rows by filter without ranking anew (§5)", async () => {
    const argument = 'benchmarks: ["leaf-b", "hidden", "average_vision", "leaf-a"], leavesOnly: true, models: { names: ["m3", "secret"] }';
    expect((await standings(`matrix(${argument}) { models { name } benchmarks { identifier } ranks }`)).matrix).toEqual({
      models: [{ name: "m3" }],
      benchmarks: [{ identifier: "leaf-b" }, { identifier: "leaf-a" }],
      ranks: [[null, 3]],
    });
    expect(await faultsOf(joined, `{ standings(domain: "vision") { matrix(benchmarks: ["none"]) { ranks } } }`)).toEqual([
      'NOT_FOUND at standings.matrix: There is no benchmark "none".',
    ]);
  });
});

describe("statistics (§6)", () => {
  const all =
    "count failed notRun min max mean median lowerQuartile upperQuartile standardDeviation best { name } histogram(bins: 2) { min max count }";

  it("are over the scored cells of the public models, zeros included", async () => {
    expect((await standings(`statistics(benchmark: "leaf-a") { ${all} }`)).statistics).toEqual({
      ...{ count: 4, failed: 0, notRun: 0, min: 0, max: 1, mean: 0.4 },
      ...{ median: expect.closeTo(0.3, 12), lowerQuartile: expect.closeTo(0.15, 12), upperQuartile: expect.closeTo(0.55, 12) },
      standardDeviation: expect.closeTo(Math.sqrt((0.16 + 0.04 + 0 + 0.36) / 3), 12),
      best: [{ name: "m1" }],
      histogram: [
        { min: 0, max: 0.5, count: 3 },
        { min: 0.5, max: 1, count: 1 },
      ],
    });
  });

  it("count failed and never-run models apart; one value has no standard deviation", async () => {
    expect((await standings(`statistics(benchmark: "leaf-b") { ${all} }`)).statistics).toMatchObject({
      ...{ count: 1, failed: 1, notRun: 2, min: 0.5, median: 0.5, standardDeviation: null },
    });
  });

  it("are null and 0 where nobody scored, private models aside (§10)", async () => {
    const nothing = { min: null, max: null, mean: null, median: null, lowerQuartile: null, upperQuartile: null, standardDeviation: null };
    expect((await standings(`statistics(benchmark: "leaf-c") { ${all} }`)).statistics).toEqual({
      ...{ count: 0, failed: 0, notRun: 4, ...nothing, best: [], histogram: [] },
    });
  });

  it("have count 0 outside the tree, from everywhere; an unknown benchmark is an error (§3)", async () => {
    const nothing = { count: 0, failed: 0, notRun: 0, best: [], histogram: [] };
    const selection = "count failed notRun best { name } histogram { count }";
    expect((await standings(`statistics(benchmark: "hidden") { ${selection} }`)).statistics).toEqual(nothing);
    const { benchmark } = await joined.data(`{ benchmark(domain: "vision", identifier: "hidden") { statistics { ${selection} } } }`);
    expect(benchmark.statistics).toEqual(nothing);
    expect(await faultsOf(joined, `{ standings(domain: "vision") { statistics(benchmark: "none") { count } } }`)).toEqual([
      'NOT_FOUND at standings.statistics: There is no benchmark "none".',
    ]);
  });

  it("are the same from the benchmark and from a cell", async () => {
    const query = `{ benchmark(domain: "vision", identifier: "leaf-a") { statistics { ${all} } }
      model(domain: "vision", name: "m2") { score(benchmark: "leaf-a") { statistics { ${all} } } }
      standings(domain: "vision") { statistics(benchmark: "leaf-a") { ${all} } } }`;
    const { benchmark, model, standings: whole } = await joined.data(query);
    expect(benchmark.statistics).toEqual(whole.statistics);
    expect(model.score.statistics).toEqual(whole.statistics);
  });
});

describe("histograms (§6)", () => {
  const bins = async (benchmark: string, argument = "") =>
    (await standings(`statistics(benchmark: "${benchmark}") { histogram${argument} { min max count } }`)).statistics.histogram;

  it("have 20 bins over [0, 1] unless asked otherwise, the last one closed", async () => {
    const histogram = await bins("leaf-a");
    expect(histogram).toHaveLength(20);
    expect(histogram.at(-1)).toEqual({ min: expect.closeTo(0.95, 12), max: 1, count: 1 });
    expect(await bins("leaf-a", "(bins: null)")).toHaveLength(20);
  });

  it("go from the lowest to the highest value under a raw root", async () => {
    expect(await bins("engineering", "(bins: 2)")).toEqual([
      { min: 40, max: 60, count: 1 },
      { min: 60, max: 80, count: 2 },
    ]);
  });

  it("take 1 to 200 bins", async () => {
    expect(await bins("leaf-a", "(bins: 200)")).toHaveLength(200);
    for (const number of [0, 201, -1])
      expect(
        await faultsOf(
          joined,
          `{ standings(domain: "vision") { statistics(benchmark: "leaf-a") { histogram(bins: ${number}) { count } } } }`,
        ),
      ).toEqual([`BAD_USER_INPUT at standings.statistics.histogram: \`bins\` must be from 1 to 200; got ${number}.`]);
  });
});
