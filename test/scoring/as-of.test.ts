import { populationAsOf, snapshotAsOf, versionsAsOf } from "../../src/scoring/as-of";
import { BOTH } from "./both";
import { coreFacts } from "./core-answers";
import { seed, type Seed } from "./seed";

const story = (): Seed =>
  seed()
    .tree({ all: { leaf: {}, other: {} } })
    .versions("leaf", 1, 2, 3)
    .models("m", "n")
    .outsiders("private");
const ran = (version: number, endedAt: number | null, more = {}) => ({ version, endedAt, ceiled: 0.5, ...more });

describe.each(BOTH)("%s", (_, answers) => {
  /** The version of the leaf at each instant; the last is now. */
  const versions = (told: Seed, ...instants: number[]): number[] =>
    [...instants, null].map((asOf) => answers(told.under({ asOf }).world()).currentVersion("leaf"));
  const population = (told: Seed, asOf: number | null): readonly string[] => answers(told.under({ asOf }).world()).population;

  test("§8 now the highest registered version counts, as of an instant the highest whose first observation had ended", () => {
    const told = story().score("m", "leaf", ran(1, 10)).score("n", "leaf", ran(2, 20)).score("m", "leaf", ran(2, 30));
    expect(versions(told, 9, 10, 19, 20, 1e9)).toEqual([0, 1, 1, 2, 2, 3]);
  });

  test("§8 a version that a higher one preceded never counts", () => {
    const told = story().score("m", "leaf", ran(2, 10)).score("m", "leaf", ran(1, 20));
    expect(versions(told, 10, 20)).toEqual([2, 2, 3]);
  });

  test("§8 observations of any outcome begin a version", () => {
    const told = story()
      .score("m", "leaf", ran(1, 10, { ceiled: null, failed: true }))
      .score("m", "leaf", ran(2, 20, { ceiled: null }));
    expect(versions(told, 10, 20)).toEqual([1, 2, 3]);
  });

  test("§8 models that are not public, retracted observations and unknown ends begin no version", () => {
    const told = story()
      .score("private", "leaf", ran(1, 10))
      .score("m", "leaf", ran(2, 10, { retracted: true }))
      .score("m", "leaf", ran(3, null));
    expect(versions(told, 1e9)).toEqual([0, 3]);
  });

  test("§8 a version begun counts what models that are not public had measured before", () => {
    const told = story()
      .score("private", "leaf", ran(2, 10, { ceiled: 0.7 }))
      .score("m", "leaf", ran(1, 20))
      .score("m", "leaf", ran(2, 30));
    const value = (asOf: number): number | null => answers(told.under({ asOf }).world()).value("private", "leaf");
    expect([value(10), value(20), value(30)]).toEqual([null, null, 0.7]);
  });

  test("§8 a leaf without a version is not in the tree as of then", () => {
    const told = story().score("m", "leaf", ran(1, 10)).score("m", "other", { endedAt: 20, ceiled: 0.9 });
    const leaves = (asOf: number): readonly string[] => answers(told.under({ asOf }).world()).leaves("all");
    expect([leaves(9), leaves(10), leaves(20)]).toEqual([[], ["leaf"], ["leaf", "other"]]);
    expect(answers(told.under({ asOf: 10 }).world()).value("m", "all")).toBe(0.5);
    expect(answers(told.under({ asOf: 20 }).world()).value("m", "all")).toBe(0.7);
  });

  test("§2.5 §8 a new version empties the leaf as of its first run", () => {
    const told = story().score("m", "leaf", ran(1, 10)).score("n", "leaf", ran(2, 20));
    const state = (asOf: number): string => answers(told.under({ asOf }).world()).state("m", "leaf");
    expect([state(19), state(20)]).toEqual(["SCORED", "NOT_RUN"]);
  });

  test("§7 the population is the public models, as of an instant those with an observation that had ended", () => {
    const told = story().score("m", "leaf", ran(1, 10)).score("private", "leaf", ran(1, 10)).score("n", "other", "failed");
    expect([population(told, null), population(told, 1), population(told, 9), population(told, 10)]).toEqual([
      ["m", "n"],
      [],
      ["n"],
      ["m", "n"],
    ]);
  });

  test("§7 a score on an old version, or on a leaf that does not count, brings a model into the population", () => {
    const told = story().benchmark("other", { isVisible: false }).score("m", "leaf", ran(2, 10)).score("n", "leaf", ran(1, 10));
    expect(population(told.score("private", "other", { endedAt: 1 }), 10)).toEqual(["m", "n"]);
    expect(population(told.under({ only: [] }), 10)).toEqual(["m", "n"]);
  });

  test("§2.1 §7 retracted observations and unknown ends bring nobody into the population as of an instant", () => {
    const told = story()
      .score("m", "leaf", ran(1, 10, { retracted: true }))
      .score("n", "leaf", ran(1, null));
    expect([population(told, 1e9), population(told, null)]).toEqual([[], ["m", "n"]]);
  });

  test("§7 visibility and publicity are today's at every instant", () => {
    const told = story().benchmark("other", { isVisible: false }).score("m", "other", { endedAt: 1, ceiled: 1 });
    expect(answers(told.under({ asOf: 5 }).world()).leaves("all")).toEqual([]);
  });
});

test("§8 versions that are not registered count at no instant", () => {
  const { tree, versions, observations, isPublic } = coreFacts(story().score("m", "leaf", ran(9, 1)).world());
  expect([...versionsAsOf(tree, versions, observations, isPublic, 5)]).toEqual([0, 0, 0]);
});

test("a snapshot is what counts as of its instant", () => {
  const { tree, versions, observations, isPublic } = coreFacts(story().score("m", "leaf", ran(2, 1)).world());
  const { at, currentVersion, population, columns, winners } = snapshotAsOf(tree, versions, observations, isPublic, 5);
  expect([at, [...currentVersion], [...population]]).toEqual([5, [0, 2, 0], [1, 0, 0]]);
  expect(population).toEqual(populationAsOf(observations, isPublic, 5));
  expect([columns.map((column) => column && [...column.states]), winners[1]]).toEqual([[null, [2, 0, 0], null], Int32Array.of(0, -1, -1)]);
});
