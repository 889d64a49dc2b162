import { aggregate } from "../../src/scoring/aggregate";
import { NOT_RUN, SCORED } from "../../src/scoring/column";
import { Scope } from "../../src/scoring/scope";
import { Standings } from "../../src/scoring/standings";
import { Tree } from "../../src/scoring/tree";
import { leafColumns } from "../../src/scoring/winners";
import { observationsOf } from "./observations-of";
import { seed } from "./seed";

function standings(): Standings {
  const world = seed()
    .tree({ all: { a: {}, b: {} } })
    .models("m", "n")
    .outsiders("o")
    .score("m", "a", { raw: 0.5, ceiled: 0.5, error: 0.1 })
    .score("n", "b", "failed")
    .world();
  const tree = new Tree(world.benchmarks);
  const scope = new Scope(tree, Uint8Array.of(0, 1, 0));
  const { columns, winners } = leafColumns(tree, observationsOf(world, tree), 3, Int32Array.of(0, 1, 1));
  return new Standings({
    scope,
    columns: aggregate(scope, columns, 3),
    winners,
    population: Uint8Array.of(1, 1, 0),
    names: ["m", "n", "o"],
  });
}

test("standings count their models and their population", () => {
  expect([standings().modelCount, standings().populationSize]).toEqual([3, 2]);
});

test("§3 a node in the tree has cells, one outside has none", () => {
  const told = standings();
  expect([0, 1, 2].map((node) => told.has(node))).toEqual([true, true, false]);
  expect([told.state(1, 0), told.value(1, 0), told.error(1, 0), told.winner(1, 0)]).toEqual([SCORED, 0.5, 0.1, 0]);
  expect([told.state(2, 1), told.value(2, 1), told.error(2, 1), told.winner(2, 1)]).toEqual([NOT_RUN, null, null, -1]);
  expect([told.ranking(2).rank(1), told.coverage(2, 1), told.contributions(2, 1)]).toEqual([null, { scored: 0, leaves: 0 }, []]);
  expect([[...told.leaderboard(2)], [...told.best(2)], told.histogram(2)]).toEqual([[], [], []]);
  expect(told.statistics(2)).toMatchObject({ count: 0, failed: 0, notRun: 0, min: null });
});

test("what is made on first use is kept", () => {
  const told = standings();
  expect(told.ranking(1)).toBe(told.ranking(1));
  expect(told.leaderboard(1)).toBe(told.leaderboard(1));
  expect(told.statistics(1)).toBe(told.statistics(1));
});

test("standings refuse parts of different lengths", () => {
  const { scope, columns, winners, population } = standings();
  const parts = { scope, columns, winners, population, names: ["m", "n", "o"] };
  expect(() => new Standings({ ...parts, columns: [] })).toThrow("one column a node");
  expect(() => new Standings({ ...parts, names: ["m"] })).toThrow("one name");
});
