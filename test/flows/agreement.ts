import { expect } from "@jest/globals";
import type { Json } from "../support/json";

/** A tree whose nodes rank by different decimals, and its leaves. */
export const AGREEING_TREE = `
    average        decimals 1
      V1
        a
        b
      V4           decimals 2
        c
        d          versions 1 2`;
export const LEAVES = ["a", "b", "c", "d"];

/** Conditions to ask the question under: none, and some that population or values follow from. */
export const CONDITIONS = [
  null,
  { missing: "SKIP_ALL", weights: [{ benchmark: "V1", weight: 3 }] },
  { among: { search: "1" } },
  { among: { scored: [{ benchmark: "V1", value: { min: 0.4 } }] }, asOf: "2021-06-30" },
];

const CELL = `state value rank tiedWith percentile`;
const NUMBERS = `count failed notRun min max mean best { name } histogram(bins: 4) { count }`;
/** Asks for the same numbers in every way in which they are told. */
export const QUESTION = `query ($under: Conditions) {
  domain(slug: "vision") { modelCount }
  models(domain: "vision", first: 1) { totalCount }
  standings(domain: "vision", under: $under) { revision populationSize
    statistics(benchmark: "average") { ${NUMBERS} }
    tree { benchmark { identifier } statistics { count failed notRun } }
    matrix { models { name } benchmarks { identifier } states values ranks }
    leaderboard(first: 100) { totalCount nodes { rank model { name } score { ${CELL} statistics { ${NUMBERS} } } } } }
  benchmark(domain: "vision", identifier: "average") { statistics(under: $under) { ${NUMBERS} }
    leaderboard(first: 100, under: $under) { totalCount nodes { rank model { name } score { ${CELL} statistics { ${NUMBERS} } } } } } }`;

type Answer = Json;

/** Fails unless all numbers of an answer agree with each other. */
export function expectAgreement({ domain, models, standings, benchmark }: Answer, isWhole: boolean): void {
  const { statistics, matrix, leaderboard, populationSize, tree } = standings;
  expect(benchmark).toEqual({ statistics, leaderboard });
  expect(models.totalCount).toBe(domain.modelCount);
  if (isWhole) expect(populationSize).toBe(domain.modelCount);
  expect(matrix.models).toHaveLength(populationSize);
  expect(leaderboard.totalCount).toBe(leaderboard.nodes.length);
  expect(leaderboard.totalCount).toBe(statistics.count + statistics.failed);
  const nodes: string[] = matrix.benchmarks.map(({ identifier }: { identifier: string }) => identifier);
  nodes.forEach((node, column) => {
    const decimals = { average: 1, V4: 2 }[node] ?? 3;
    const cells = matrix.models.map((_: unknown, row: number) => ({
      ...{ state: matrix.states[row][column], value: matrix.values[row][column], rank: matrix.ranks[row][column] },
    }));
    const keys: number[] = cells.filter(({ state }: { state: string }) => state === "SCORED").map(({ value }: { value: number }) => key(value, decimals)); // prettier-ignore
    for (const { value, rank } of cells)
      expect(rank).toBe(value === null ? null : 1 + keys.filter((other) => other > key(value, decimals)).length);
    const count = (state: string) => cells.filter((cell: { state: string }) => cell.state === state).length;
    expect(tree[column]).toEqual({
      benchmark: { identifier: node },
      statistics: { count: keys.length, failed: count("FAILED"), notRun: count("NOT_RUN") },
    });
  });
  const values: number[] = leaderboard.nodes.flatMap(({ score }: { score: { value: number | null } }) => score.value ?? []);
  expect(values).toEqual([...values].sort((a, b) => b - a));
  if (values.length > 0) {
    expect([statistics.max, statistics.min]).toEqual([values[0], values.at(-1)]);
    expect(statistics.mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 12);
  }
  const inBins = statistics.histogram.reduce((sum: number, bin: { count: number }) => sum + bin.count, 0);
  expect(inBins).toBe(values.length);
  const keys = values.map((value) => key(value, 1));
  for (const { rank, model, score } of leaderboard.nodes) {
    const row = matrix.models.findIndex(({ name }: { name: string }) => name === model.name);
    expect([score.state, score.value, score.rank]).toEqual([matrix.states[row][0], matrix.values[row][0], rank]);
    expect(matrix.ranks[row][0]).toBe(rank);
    expect(score.statistics).toEqual(statistics);
    if (rank === null) continue;
    const worse = keys.filter((other) => other < key(score.value, 1)).length;
    expect(score.tiedWith).toBe(keys.length - worse - rank);
    expect(score.percentile).toBe(keys.length === 1 ? null : worse / (keys.length - 1));
    expect(statistics.best.some(({ name }: { name: string }) => name === model.name) || rank > 1 || score.tiedWith >= 10).toBe(true);
  }
}

const key = (value: number, decimals: number): number => Math.floor(value * 10 ** decimals + 0.5 + 10 ** (decimals - 12));
