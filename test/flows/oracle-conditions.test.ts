import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { importDataset } from "../../src/dataset/import-dataset";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { type Joined, openJoined } from "../support/joined";
import { type Cell, hasOracle, ORACLE, oracleCells, type OracleConditions, rowsOf } from "./oracle-cells";

const MATRIX = `query ($under: Conditions, $benchmarks: [String!]!) { standings(domain: "vision", under: $under) { populationSize
  matrix(benchmarks: $benchmarks) { models { name } benchmarks { identifier } states values ranks } } }`;

const WEIGHTS = { behavior_vision: 2, V1: 0.1, V4: 1e6, IT: 0, Marques2020: 1 / 3 };
const weights = Object.entries(WEIGHTS).map(([benchmark, weight]) => ({ benchmark, weight }));
const isScored = (cell: Cell, least: number): boolean => typeof cell === "number" && cell >= least;

/** What is asked, and the same as predicates on the rows of the files. */
const CASES: readonly [string, unknown, OracleConditions][] = [
  ["nothing", null, {}],
  ["asOf before everything", { asOf: "2000-01-01" }, { asOf: "2000-01-01T23:59:59.999Z" }],
  ["asOf a date: its last instant", { asOf: "2021-07-01" }, { asOf: "2021-07-01T23:59:59.999Z" }],
  ["asOf an instant", { asOf: "2023-01-01T00:00:00+05:00" }, { asOf: "2022-12-31T19:00:00Z" }],
  [
    "among those submitted in a range",
    { among: { submitted: { from: "2021-01-01", to: "2022-06-30" } } },
    { among: ({ submitted_at }) => submitted_at >= "2021-01-01" && submitted_at < "2022-07-01" },
  ],
  [
    "among those that score on V1, weighed and SKIP_ALL",
    { among: { scored: [{ benchmark: "V1", value: { min: 0.3 } }] }, weights, missing: "SKIP_ALL" },
    { among: (_, cell) => isScored(cell("V1"), 0.3), weights: WEIGHTS, missing: "SKIP_ALL" },
  ],
  [
    "only below V1 or V4 with a ceiling of .5, and no leaf of Ringach",
    { only: { below: ["V1", "V4"], ceiling: { min: 0.5 }, not: { search: "RINGACH" } } },
    {
      only: ({ benchmark, ceiling }, path) =>
        (path.includes("V1") || path.includes("V4")) && ceiling !== "" && Number(ceiling) >= 0.5 && !/ringach/i.test(benchmark),
    },
  ],
  ["weights", { weights }, { weights: WEIGHTS }],
  ["SKIP_NOT_RUN", { missing: "SKIP_NOT_RUN" }, { missing: "SKIP_NOT_RUN" }],
  ["SKIP_ALL", { missing: "SKIP_ALL" }, { missing: "SKIP_ALL" }],
  [
    "all at once",
    {
      asOf: "2022-09-01",
      among: {
        or: [{ search: "RESNET" }, { search: "vit" }, { scored: [{ benchmark: "V4", value: { min: 0.2 } }] }],
        not: { names: ["none"] },
      },
      only: { not: { below: ["V2"] } },
      weights,
      missing: "SKIP_NOT_RUN",
    },
    {
      asOf: "2022-09-01T23:59:59.999Z",
      among: ({ name }, cell) => /resnet|vit/i.test(name) || isScored(cell("V4"), 0.2),
      only: (_, path) => !path.includes("V2"),
      weights: WEIGHTS,
      missing: "SKIP_NOT_RUN",
    },
  ],
];

(hasOracle ? describe : describe.skip)("the oracle of 120 models under conditions (skipped where ../shared is not there)", () => {
  let database: TestDatabase;
  let joined: Joined;
  beforeAll(async () => {
    database = await createTestDatabase();
    await importDataset(database.dataSource, ORACLE);
    joined = await openJoined(database);
  });
  afterAll(() => database?.drop());

  it.each(CASES)("§7 agrees cell by cell with its files under %s", async (_, under, conditions) => {
    const { columns, counted, rank } = oracleCells(conditions);
    const all = rowsOf("benchmarks.csv").map(({ identifier }) => identifier);
    const { standings } = await joined.data(MATRIX, { variables: { under, benchmarks: all } });
    const { models, benchmarks, states, values, ranks } = standings.matrix;
    // Every case but the one before everything says something.
    expect([counted.length > 10, columns.size > 10]).toEqual(Array(2).fill(conditions.asOf !== CASES[1][2].asOf));
    expect(standings.populationSize).toBe(counted.length);
    expect(models.map(({ name }: { name: string }) => name)).toEqual(counted);
    expect(benchmarks.map(({ identifier }: { identifier: string }) => identifier)).toEqual(all.filter((id) => columns.has(id)));
    const wrong: unknown[] = [];
    benchmarks.forEach(({ identifier }: { identifier: string }, j: number) =>
      counted.forEach((model, i) => {
        const cell = columns.get(identifier)!.get(model)!;
        const [state, value, place] = [states[i][j], values[i][j], ranks[i][j]];
        const isSame =
          typeof cell === "number"
            ? state === "SCORED" && Math.abs(value - cell) <= 1e-12 * Math.max(1, Math.abs(cell)) && place === rank(identifier, cell)
            : state === (cell === "X" ? "FAILED" : "NOT_RUN") && value === null && place === null;
        if (!isSame) wrong.push({ identifier, model, cell, state, value, place });
      }),
    );
    expect(wrong).toEqual([]);
  });
});
