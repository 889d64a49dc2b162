import fc from "fast-check";
import { differences } from "../../src/scoring/differences";
import { referenceAnswers } from "../reference/reference";
import { type World } from "../reference/world";
import { coreFacts, coreStandings } from "./core-answers";
import { seed, type Seed } from "./seed";
import { worlds } from "./worlds";

/** Why the value of one model in one world is above that of another in another: identifier and difference. */
function between(a: World, modelA: string, b: World, modelB: string, benchmark: string): [string, number][] {
  const side = (world: World, model: string) => ({
    standings: coreStandings(world, coreFacts(world)),
    model: world.models.findIndex((m) => m.name === model),
  });
  const { tree } = coreFacts(a);
  return differences(side(a, modelA), side(b, modelB), tree.find(benchmark)).map(({ node, value }) => [tree.identifiers[node], value]);
}

const story = (): Seed =>
  seed()
    .tree({ all: { part: { a: {}, b: {} }, c: {} } })
    .models("m", "n", "never")
    .scores("a", { m: 0.5, n: 0.25 })
    .scores("b", { m: 0.25, n: 0.75 })
    .scores("c", { m: 0.5, n: 0.5 });

test("§3 the difference of two models is the leaves' differences of contributions, largest in size first", () => {
  const world = story().world();
  expect(between(world, "m", world, "n", "all")).toEqual([["b", -0.125], ["a", 0.0625], ["c", 0]]); // prettier-ignore
  expect(between(world, "n", world, "m", "part")).toEqual([["b", 0.25], ["a", -0.125]]); // prettier-ignore
});

test("§3 a side without a value counts as nothing", () => {
  const world = story().score("n", "c", { version: 9, ceiled: 1 }).world();
  expect(between(world, "m", world, "never", "part")).toEqual([["a", 0.25], ["b", 0.125]]); // prettier-ignore
  expect(between(world, "never", world, "m", "part")).toEqual([["a", -0.25], ["b", -0.125]]); // prettier-ignore
  expect(between(world, "never", world, "never", "part")).toEqual([]);
});

test("§3 between two moments, leaves of either tree are told", () => {
  const told = seed().tree({ all: { a: {}, b: {} } }).models("m").score("m", "a", { ceiled: 0.5, endedAt: 1 }).score("m", "b", { ceiled: 0.25, endedAt: 2 }); // prettier-ignore
  const at = (asOf: number): World => told.under({ asOf }).world();
  expect(between(at(2), "m", at(1), "m", "all")).toEqual([["a", -0.25], ["b", 0.125]]); // prettier-ignore
  expect(between(at(1), "m", at(0), "m", "all")).toEqual([["a", 0.5]]);
});

test("§3 the two sides may be under different conditions", () => {
  const [a, b] = [
    story()
      .under({ only: ["a"] })
      .world(),
    story()
      .under({ only: ["c"], weights: { c: 9 } })
      .world(),
  ];
  expect(between(a, "m", b, "m", "all")).toEqual([["a", 0.5], ["c", -0.5]]); // prettier-ignore
  expect(between(a, "m", b, "m", "c")).toEqual([["c", -0.5]]);
});

test("§3 differences sum to the difference of the values, and each is the reference's", () => {
  const conditions = fc.record({ asOf: fc.option(fc.nat(6)), missing: fc.constantFrom("ZERO" as const, "SKIP_ALL" as const) });
  fc.assert(
    fc.property(worlds, conditions, fc.nat(), fc.nat(), (world, other, m, n) => {
      const [modelA, modelB] = [m, n].map((i) => world.models[i % world.models.length].name);
      const [a, b] = [world, { ...world, ...other }];
      const [answersA, answersB] = [a, b].map(referenceAnswers);
      for (const { identifier } of world.benchmarks) {
        const found = between(a, modelA, b, modelB, identifier);
        const [ofA, ofB] = [answersA.contributions(modelA, identifier), answersB.contributions(modelB, identifier)];
        const of = (told: typeof ofA, leaf: string): number => told.find((c) => c.leaf === leaf)?.value ?? 0;
        const leaves = [...new Set([...ofA, ...ofB].map(({ leaf }) => leaf))];
        expect(Object.fromEntries(found)).toEqual(Object.fromEntries(leaves.map((leaf) => [leaf, of(ofA, leaf) - of(ofB, leaf)])));
        const sizes = found.map(([, value]) => Math.abs(value));
        expect(sizes).toEqual(sizes.toSorted((x, y) => y - x));
        const gain = (answersA.value(modelA, identifier) ?? 0) - (answersB.value(modelB, identifier) ?? 0);
        const sum = found.reduce((total, [, value]) => total + value, 0);
        const size = Math.max(1, ...[...ofA, ...ofB].map(({ value }) => Math.abs(value)));
        expect(Math.abs(sum - gain)).toBeLessThanOrEqual(1e-12 * size);
      }
    }),
    { numRuns: 200 },
  );
});
