import { aggregate, averageOf } from "../../src/scoring/aggregate";
import { Scope } from "../../src/scoring/scope";
import { Tree } from "../../src/scoring/tree";
import { leafColumns } from "../../src/scoring/winners";
import { BOTH } from "./both";
import { observationsOf } from "./observations-of";
import { seed, type Seed } from "./seed";

const story = (): Seed =>
  seed()
    .tree({ all: { a: {}, b: {}, c: {} } })
    .models("m");

describe.each(BOTH)("%s", (_, answers) => {
  const root = (told: Seed): string | number | null => {
    const { state, value } = answers(told.world());
    return state("m", "all") === "SCORED" ? value("m", "all") : state("m", "all");
  };

  test("§3 a parent is the mean of its children", () => {
    expect(root(story().scores("a", { m: 0.25 }).score("m", "b", 0.5).score("m", "c", 0.75))).toBe(0.5);
  });

  test("§3 children that failed or were not run count 0", () => {
    expect(root(story().score("m", "a", 0.75).score("m", "b", "failed"))).toBe(0.25);
  });

  test("§3 a parent without a scored child is FAILED if one failed, else NOT_RUN", () => {
    expect(root(story().score("m", "b", "failed"))).toBe("FAILED");
    expect(root(story())).toBe("NOT_RUN");
  });

  test("§3 states climb: a parent of FAILED and NOT_RUN parents is FAILED", () => {
    const told = seed().tree({ all: { V1: { a: {} }, V2: { b: {} } } }).models("m").score("m", "b", "failed"); // prettier-ignore
    expect(root(told)).toBe("FAILED");
    expect(answers(told.world()).state("m", "V1")).toBe("NOT_RUN");
  });

  test("§3 V1 of the seed's card: (.766 + .272 + 0) / 3 = .346", () => {
    const told = story().score("m", "a", 0.766).score("m", "b", 0.272).score("m", "c", "failed");
    expect(answers(told.world()).display("m", "all")).toBe(".346");
  });

  test("§3 a parent averages its children, not its leaves", () => {
    const told = seed().tree({ all: { V1: { a: {}, b: {} }, c: {} } }).models("m").score("m", "a", 1).score("m", "b", 0.5); // prettier-ignore
    expect(root(told)).toBe(0.375);
  });

  test("§3 an invisible leaf is not averaged, an invisible parent averages", () => {
    expect(root(story().score("m", "a", 0.5).score("m", "b", 0.25).benchmark("c", { isVisible: false }))).toBe(0.375);
    const told = seed().tree({ all: { V1: { a: {}, b: {} }, c: {} } }).models("m").score("m", "a", 1).score("m", "c", 0.5); // prettier-ignore
    expect(root(told.benchmark("V1", { isVisible: false }))).toBe(0.5);
  });

  test("§3 what is outside the tree has no cell", () => {
    const told = answers(story().score("m", "a", 0.5).benchmark("a", { isVisible: false }).world());
    expect([told.value("m", "a"), told.rank("m", "a"), told.winner("m", "a"), told.leaderboard("a")]).toEqual([null, null, null, []]);
    expect(told.statistics("a")).toMatchObject({ count: 0, failed: 0, notRun: 0, mean: null });
  });

  test("§3 unrounded numbers are aggregated", () => {
    expect(root(story().score("m", "a", 0.0004).score("m", "b", 0.0004).score("m", "c", 0.0004))).toBeCloseTo(0.0004, 12);
  });

  test("§3 weights: Σ weight · value / Σ weight", () => {
    const told = story()
      .score("m", "a", 0.5)
      .score("m", "b", 0.25)
      .under({ weights: { a: 3, b: 4 } });
    expect(root(told)).toBe((3 * 0.5 + 4 * 0.25) / 8);
  });

  test("§3 SKIP_NOT_RUN leaves NOT_RUN children out, not FAILED ones", () => {
    const told = story().score("m", "a", 0.5).score("m", "b", "failed").under({ missing: "SKIP_NOT_RUN" });
    expect(root(told)).toBe(0.25);
  });

  test("§3 SKIP_ALL leaves FAILED children out too", () => {
    const told = story()
      .score("m", "a", 0.5)
      .score("m", "b", "failed")
      .under({ missing: "SKIP_ALL", weights: { a: 7 } });
    expect(root(told)).toBe(0.5);
    expect(root(story().score("m", "b", "failed").under({ missing: "SKIP_ALL" }))).toBe("FAILED");
  });

  test("§3 a failed child under a raw root counts 0, below or above the others", () => {
    const told = story().benchmark("all", { isRaw: true }).score("m", "a", -30).score("m", "b", "failed").score("m", "c", 90);
    expect(root(told)).toBe(20);
  });

  test("§3 a parent's error: √Σ (w·e)² / Σ w, a child without one being exact", () => {
    const told = story()
      .score("m", "a", { raw: 0.5, ceiled: 0.5, error: 0.03 })
      .score("m", "b", { raw: 0.5, ceiled: 0.5, error: 0.02 })
      .score("m", "c", 0.5);
    expect(answers(told.world()).error("m", "all")).toBeCloseTo(Math.hypot(0.03, 0.02) / 3, 15);
    expect(answers(told.under({ weights: { a: 1, b: 2 } }).world()).error("m", "all")).toBeCloseTo(0.05 / 4, 15);
  });

  test("§3 a parent's error divides by the weights in the sums", () => {
    const told = story().score("m", "a", { raw: 0.5, ceiled: 0.5, error: 0.06 }).score("m", "b", "failed");
    const error = (missing: "ZERO" | "SKIP_NOT_RUN" | "SKIP_ALL"): number | null =>
      answers(told.under({ missing }).world()).error("m", "all");
    expect([error("ZERO"), error("SKIP_NOT_RUN"), error("SKIP_ALL")]).toEqual([0.06 / 3, 0.06 / 2, 0.06]);
  });

  test("§3 a parent with no child error has none; an error of 0 is one", () => {
    expect(answers(story().score("m", "a", 0.5).world()).error("m", "all")).toBeNull();
    expect(answers(story().score("m", "a", { ceiled: 0.5, error: 0 }).world()).error("m", "all")).toBe(0);
  });

  test("§3 coverage is scored leaves over counting leaves", () => {
    const told = seed().tree({ all: { V1: { a: {}, b: {} }, c: {}, d: {} } }).models("m").benchmark("d", { isVisible: false }); // prettier-ignore
    const { coverage } = answers(told.score("m", "a", 0.5).score("m", "c", "failed").score("m", "d", 1).world());
    expect(coverage("m", "all")).toEqual({ scored: 1, leaves: 3 });
    expect(coverage("m", "a")).toEqual({ scored: 1, leaves: 1 });
    expect(coverage("m", "d")).toEqual({ scored: 0, leaves: 0 });
  });
});

describe.each(BOTH)("%s, contributions", (_, answers) => {
  const told = (): Seed =>
    seed()
      .tree({ all: { V1: { a: {}, b: {} }, c: {} } })
      .models("m")
      .score("m", "a", 0.4)
      .score("m", "c", 0.5);

  test("§3 a leaf's contribution is its value times its shares along the path", () => {
    expect(answers(told().world()).contributions("m", "all")).toEqual([
      { leaf: "c", value: 0.25 },
      { leaf: "a", value: 0.1 },
    ]);
  });

  test("§3 shares are those of the weights used for that model", () => {
    const skipping = told().under({ missing: "SKIP_NOT_RUN", weights: { V1: 3 } });
    expect(answers(skipping.world()).contributions("m", "all")).toEqual([
      { leaf: "a", value: 0.4 * 0.75 },
      { leaf: "c", value: 0.125 },
    ]);
  });

  test("§3 the largest in size come first, equal ones in tree order", () => {
    const raw = told().benchmark("all", { isRaw: true }).score("m", "b", -0.4).score("m", "a", { raw: 0.4, version: 1 });
    expect(answers(raw.world()).contributions("m", "V1").map(({ leaf }) => leaf)).toEqual(["a", "b"]); // prettier-ignore
  });

  test("§3 a leaf contributes its own value; a cell without value has no contributions", () => {
    expect(answers(told().world()).contributions("m", "a")).toEqual([{ leaf: "a", value: 0.4 }]);
    expect(answers(told().world()).contributions("m", "b")).toEqual([]);
    expect(answers(told().score("m", "b", 0).world()).contributions("m", "b")).toEqual([{ leaf: "b", value: 0 }]);
  });
});

test("leaves' columns are shared, and one parent can be averaged anew", () => {
  const world = story().score("m", "a", 0.75).world();
  const tree = new Tree(world.benchmarks);
  const { columns: leaves } = leafColumns(tree, observationsOf(world, tree), 1, Int32Array.of(0, 1, 1, 1));
  const scope = new Scope(tree, Uint8Array.of(0, 1, 1, 1));
  const columns = aggregate(scope, leaves, 1);
  expect(columns[1]).toBe(leaves[1]);
  expect(averageOf(scope, columns, 0, 1)).toEqual(columns[0]);
  expect(columns[0]!.values[0]).toBe(0.25);
});
