import { compareModels } from "../../src/scoring/compare-models";
import { BOTH } from "./both";
import { coreFacts, coreStandings } from "./core-answers";
import { seed, type Seed } from "./seed";

const story = (): Seed =>
  seed()
    .tree({ all: { part: { a: {}, b: {}, c: {} }, d: {}, e: {} }, raw: { speed: {} } })
    .benchmark("raw", { isRaw: true })
    .models("m", "n")
    .outsiders("private")
    .scores("a", { m: 0.5, n: 0.4, private: 0.1 })
    .scores("b", { m: 0.2, n: 0.9, private: 0.1 })
    .scores("c", { m: 0.3004, n: 0.3, private: 0.1 })
    .scores("d", { m: "failed", n: 0.5 })
    .scores("e", { n: 0.5 })
    .scores("speed", { m: 9, n: 1 });

describe.each(BOTH)("%s", (_, answers) => {
  const compare = (told: Seed, a: string, b: string, benchmark = "all") => answers(told.world()).compare(a, b, benchmark);

  test("§6 wins and ties are counted over the leaves on which both are SCORED, after rounding", () => {
    expect(compare(story(), "m", "n")).toMatchObject({ sharedLeaves: 3, aWins: 1, bWins: 1, ties: 1 });
    expect(compare(story(), "n", "m")).toMatchObject({ sharedLeaves: 3, aWins: 1, bWins: 1, ties: 1 });
  });

  test("§6 a leaf compares with its own decimals, or exactly", () => {
    const exact = story().benchmark("c", { rankDecimals: null });
    expect(compare(exact, "m", "n")).toMatchObject({ aWins: 2, bWins: 1, ties: 0 });
    expect(compare(exact.benchmark("a", { rankDecimals: 0 }).benchmark("b", { rankDecimals: 0 }), "m", "n")).toMatchObject({
      ...{ aWins: 2, bWins: 1, ties: 0 }, // .5 rounds to 1, .4 to 0
    });
  });

  test("§6 only leaves below the node given", () => {
    expect(compare(story(), "m", "n", "raw")).toMatchObject({ sharedLeaves: 1, aWins: 1, bWins: 0, ties: 0 });
    expect(compare(story(), "m", "n", "a")).toMatchObject({ sharedLeaves: 1, aWins: 1 });
    expect(compare(story(), "m", "n", "e")).toEqual({ sharedLeaves: 0, aWins: 0, bWins: 0, ties: 0, pearson: null, spearman: null });
  });

  test("§6 correlations over the shared leaves, null where one is the same on all", () => {
    const found = compare(story(), "m", "n");
    expect(found.pearson).toBeCloseTo(-0.646, 4);
    expect(found.spearman).toBeCloseTo(-0.5, 12);
    expect(compare(story(), "m", "private")).toMatchObject({ sharedLeaves: 3, aWins: 3, pearson: null, spearman: null });
    expect(compare(story().under({ only: ["a", "b"] }), "m", "n")).toMatchObject({ sharedLeaves: 2, pearson: null });
  });

  test("§3 §6 leaves outside the tree are not shared", () => {
    expect(compare(story().under({ weights: { part: 0 } }), "m", "n")).toMatchObject({ sharedLeaves: 0 });
  });
});

test("§6 by default models are compared below the global root", () => {
  const world = story().world();
  expect(compareModels(coreStandings(world, coreFacts(world)), 0, 1).sharedLeaves).toBe(3);
});
