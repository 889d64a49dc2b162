import fc from "fast-check";
import { FAILED, NOT_RUN, SCORED } from "../../src/scoring/column";
import { Timeline } from "../../src/scoring/timeline";
import { trend, type TrendPoint } from "../../src/scoring/trend";
import { referenceAnswers } from "../reference/reference";
import { type World } from "../reference/world";
import { coreConditions, coreFacts, snapshotOf } from "./core-answers";
import { seed, type Seed } from "./seed";
import { worlds } from "./worlds";

const STATES = ["NOT_RUN", "FAILED", "SCORED"] as const;

function trendOf(world: World, benchmark: string, model: string, instants: readonly number[]): TrendPoint[] {
  const facts = coreFacts(world);
  const { tree, versions, observations, isPublic } = facts;
  const snapshots = new Timeline(tree, versions, observations, isPublic).snapshots(instants);
  const slot = world.models.findIndex((m) => m.name === model);
  return pointsOf(trend(tree, snapshots, tree.find(benchmark), slot, coreConditions(world, facts)));
}

/** The points, without the steps between them. */
const pointsOf = (steps: Iterable<TrendPoint | void>): TrendPoint[] => [...steps].filter((step) => step !== undefined) as TrendPoint[];

test("§8 every point of a trend is what standings from scratch say as of it, and its new leaves those that had not counted", () => {
  const instants = fc.uniqueArray(fc.integer({ min: -1, max: 7 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(worlds, instants, fc.nat(), fc.nat(), (world, unsorted, m, b) => {
      const model = world.models[m % world.models.length].name;
      const benchmark = world.benchmarks[b % world.benchmarks.length].identifier;
      const times = unsorted.toSorted((x, y) => x - y);
      const { tree } = coreFacts(world);
      const expected = times.map((at, i) => {
        const [now, before] = [at, times[i - 1]].map((asOf) => referenceAnswers({ ...world, asOf: asOf ?? null }));
        const leaves = now.leaves(benchmark);
        const known = i === 0 ? leaves : before.leaves(benchmark);
        const isRenewed = (leaf: string): boolean => i > 0 && before.currentVersion(leaf) !== now.currentVersion(leaf);
        return {
          ...{ at, state: STATES.indexOf(now.state(model, benchmark)), value: now.value(model, benchmark) },
          ...{ rank: now.rank(model, benchmark), of: now.statistics(benchmark).count, coverage: now.coverage(model, benchmark) },
          newLeaves: leaves.filter((leaf) => !known.includes(leaf)).map((leaf) => tree.find(leaf)),
          newVersions: leaves
            .filter((leaf) => known.includes(leaf) && isRenewed(leaf))
            .map((leaf) => ({ node: tree.find(leaf), number: now.currentVersion(leaf) })),
        };
      });
      expect(trendOf(world, benchmark, model, times)).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

const story = (): Seed =>
  seed()
    .tree({ all: { part: { a: {}, b: {} }, c: {} } })
    .versions("a", 1, 2)
    .models("m", "n")
    .outsiders("private")
    .score("m", "a", { ceiled: 0.4, endedAt: 10 })
    .score("n", "a", { ceiled: 0.6, endedAt: 20 })
    .score("m", "b", { ceiled: 0.8, endedAt: 30 })
    .score("n", "a", { ceiled: 0.5, endedAt: 40, version: 2 })
    .score("private", "c", { ceiled: 0.9, endedAt: 50 })
    .score("m", "c", { failed: true, endedAt: 60 });

test("§8 a trend tells value, rank, population, coverage and what began to count", () => {
  const points = trendOf(story().world(), "part", "m", [5, 10, 20, 30, 40]);
  expect(points.map(({ at, state, value, rank, of }) => [at, state, value, rank, of])).toEqual([
    [5, NOT_RUN, null, null, 0],
    [10, SCORED, 0.4, 1, 1],
    [20, SCORED, 0.4, 2, 2],
    [30, SCORED, (0.4 + 0.8) / 2, 1, 2],
    [40, SCORED, 0.8 / 2, 1, 2],
  ]);
  expect(points.map(({ coverage: { scored, leaves } }) => [scored, leaves])).toEqual([[0, 0], [1, 1], [1, 1], [2, 2], [1, 2]]); // prettier-ignore
  expect(points.map(({ newLeaves }) => newLeaves)).toEqual([[], [2], [], [3], []]);
  expect(points.map(({ newVersions }) => newVersions)).toEqual([[], [], [], [], [{ node: 2, number: 2 }]]);
});

test("§8 the first point tells of no new leaves and versions", () => {
  const [first] = trendOf(story().world(), "all", "m", [45]);
  expect([first.newLeaves, first.newVersions]).toEqual([[], []]);
});

test("§8 a failed cell has no value and no rank, and is in no population", () => {
  const [point] = trendOf(story().world(), "c", "m", [60]);
  expect(point).toMatchObject({ state: FAILED, value: null, rank: null, of: 0, coverage: { scored: 0, leaves: 1 } });
});

test("§5 §8 a model that is not public ranks as if it joined, among those that are", () => {
  const told = story().score("private", "b", { ceiled: 0.9, endedAt: 1 });
  expect(trendOf(told.world(), "b", "private", [29, 30])).toMatchObject([{ value: null, of: 0 }, { value: 0.9, rank: 1, of: 1 }]); // prettier-ignore
});

test("§7 §8 a trend under conditions: weights, leaves, missing, chosen models", () => {
  const told = (conditions: Parameters<Seed["under"]>[0]): TrendPoint =>
    trendOf(story().under(conditions).world(), "all", "m", [30, 60])[1];
  expect(told({}).value).toBeCloseTo(0.8 / 2 / 2, 15);
  expect(told({ weights: { part: 3 } }).value).toBeCloseTo((3 * 0.4) / 4, 15);
  expect(told({ only: ["b"] })).toMatchObject({ value: 0.8, coverage: { scored: 1, leaves: 1 }, newLeaves: [] });
  expect(told({ missing: "SKIP_NOT_RUN" }).value).toBeCloseTo(0.8 / 2, 15);
  expect(told({ missing: "SKIP_ALL" }).value).toBe(0.8);
  expect(told({ among: ["m"] })).toMatchObject({ rank: 1, of: 1 });
});

test("§8 a version that does not match leaves the tree, and its leaf begins to count again with one that does", () => {
  const { tree, versions, observations, isPublic } = coreFacts(story().score("n", "a", { ceiled: 1, endedAt: 70, version: 3 }).world());
  const more = { length: 4, node: Int32Array.of(...versions.node, 2), number: Int32Array.of(...versions.number, 3) };
  expect(versions.length).toBe(4);
  const registered = { ...more, length: 5 };
  const snapshots = new Timeline(tree, registered, observations, isPublic).snapshots([30, 40, 70]);
  const points = pointsOf(trend(tree, snapshots, 2, 0, { matches: (_, version) => version !== 2 }));
  expect(points.map(({ coverage, newLeaves }) => [coverage.leaves, newLeaves])).toEqual([[1, []], [0, []], [1, [2]]]); // prettier-ignore
});

test("§8 the last point can be now: the highest registered versions, everything of unknown end", () => {
  const world = story().versions("b", 1, 2).score("m", "b", { ceiled: 0.7, version: 2, endedAt: null }).world();
  const facts = coreFacts(world);
  const { tree, versions, observations, isPublic } = facts;
  const timeline = new Timeline(tree, versions, observations, isPublic);
  const now = { ...snapshotOf(world, facts), at: timeline.newestEnd! };
  const points = pointsOf(trend(tree, [...timeline.snapshots([40]), now], tree.find("b"), 0));
  expect(points).toMatchObject([{ at: 40, value: 0.8 }, { at: 60, value: 0.7, newVersions: [{ node: tree.find("b"), number: 2 }] }]); // prettier-ignore
});
