import { type Answers } from "../reference/world";
import { BOTH } from "./both";
import { seed, type Seed } from "./seed";

type Told = Parameters<Seed["under"]>[0];

const story = (): Seed =>
  seed()
    .tree({ all: { part: { a: {}, b: {} }, c: {} } })
    .models("k", "l", "m", "n")
    .outsiders("private")
    .score("k", "a", { ceiled: 0.8, endedAt: 10 })
    .score("l", "a", { ceiled: 0.4, endedAt: 20 })
    .score("k", "b", { ceiled: 0.2, endedAt: 30 })
    .score("l", "b", { failed: true, endedAt: 30 })
    .score("m", "c", { ceiled: 0.6, endedAt: 40 })
    .score("private", "c", { ceiled: 0.7, endedAt: 50 });

describe.each(BOTH)("%s", (_, answers) => {
  const under = (conditions: Told, told = story()): Answers => answers(told.under(conditions).world());
  const values = (conditions: Told, model: string): (number | null)[] => {
    const found = under(conditions);
    return ["all", "part", "a", "b", "c"].map((benchmark) => found.value(model, benchmark));
  };

  test("§7 among: everything is ranked anew among the models that match", () => {
    const found = under({ among: ["l", "m"] });
    expect(["k", "l", "m"].map((model) => found.rank(model, "all"))).toEqual([2, 2, 1]);
    expect([found.leaderboard("all"), found.population]).toEqual([["m", "l"], ["l", "m"]]); // prettier-ignore
    expect(found.statistics("part")).toMatchObject({ count: 1, failed: 0, notRun: 1, max: 0.2 });
  });

  test("§7 among: the population is public, whoever matches", () => {
    expect(under({ among: ["private", "m"] }).population).toEqual(["m"]);
    expect(under({ among: ["private"] }).rank("private", "c")).toBe(1);
  });

  test("§7 among: a filter that matches nobody is not an error", () => {
    const found = under({ among: [] });
    expect([found.population, found.leaderboard("all"), found.statistics("all").count]).toEqual([[], [], 0]);
    expect([found.value("k", "all"), found.rank("k", "all"), found.percentile("k", "all")]).toEqual([0.25, 1, null]);
  });

  test("§7 among changes no value", () => {
    expect(values({ among: ["k"] }, "k")).toEqual(values({}, "k"));
  });

  test("§7 only: the leaves that match count, and what is above them", () => {
    expect(values({ only: ["a", "c"] }, "k")).toEqual([0.4, 0.8, 0.8, null, null]);
    const found = under({ only: ["a"] });
    expect([found.leafCount("all"), found.leafCount("c"), found.listed("all"), found.leaderboard("c")]).toEqual([1, 0, ["part"], []]);
    expect([found.state("m", "all"), found.coverage("k", "all")]).toEqual(["NOT_RUN", { scored: 1, leaves: 1 }]);
  });

  test("§7 only: a filter that matches no leaf is not an error", () => {
    const found = under({ only: [] });
    expect([found.value("k", "all"), found.leafCount("all"), found.listed(null), found.leaderboard("all")]).toEqual([null, 0, [], []]);
    expect(found.population).toHaveLength(4);
  });

  test("§7 weights: a benchmark counts among its siblings by its weight", () => {
    expect(values({ weights: { a: 3 } }, "k")).toEqual([expect.closeTo(0.325, 15), expect.closeTo(0.65, 15), 0.8, 0.2, null]);
    expect(under({ weights: { c: 3 } }).value("k", "all")).toBe(0.125);
  });

  test("§7 weights: 0 takes it and all below out of the tree", () => {
    const found = under({ weights: { part: 0 } });
    expect([found.value("m", "all"), found.leaves("all"), found.state("k", "all")]).toEqual([0.6, ["c"], "NOT_RUN"]);
    expect([found.value("k", "a"), found.leaderboard("a"), found.leafCount("part")]).toEqual([null, [], 0]);
  });

  test("§7 weights: outside the tree they have no effect", () => {
    expect(values({ only: ["a"], weights: { c: 9, b: 2 } }, "k")).toEqual(values({ only: ["a"] }, "k"));
  });

  test("§3 §7 missing: what was not run, and what failed, can be left out", () => {
    expect([values({ missing: "SKIP_NOT_RUN" }, "k")[0], values({ missing: "SKIP_ALL" }, "k")[0]]).toEqual([0.5, 0.5]);
    expect([values({ missing: "SKIP_NOT_RUN" }, "l")[0], values({ missing: "SKIP_ALL" }, "l")[0]]).toEqual([0.2, 0.4]);
    expect(values({ missing: "SKIP_ALL" }, "m")[0]).toBe(0.6);
  });

  test("§7 asOf: what had been measured by then, in the tree of then, among the models of then", () => {
    expect(values({ asOf: 20 }, "k")).toEqual([0.8, 0.8, 0.8, null, null]);
    expect(under({ asOf: 20 }).leaderboard("all")).toEqual(["k", "l"]);
    expect(under({ asOf: 30 }).population).toEqual(["k", "l"]);
    expect([under({ asOf: 40 }).statistics("all").notRun, under({}).statistics("all").notRun]).toEqual([0, 1]);
  });

  test("§7 asOf and among: the models that match of those that had been run by then", () => {
    expect(under({ asOf: 30, among: ["l", "m", "n"] }).population).toEqual(["l"]);
  });

  test("§7 conditions combine freely", () => {
    const found = under({ asOf: 40, among: ["k", "l"], only: ["a", "b", "c"], weights: { b: 3, c: 0 }, missing: "SKIP_ALL" });
    expect(["k", "l", "m"].map((model) => found.value(model, "all"))).toEqual([expect.closeTo(0.35, 15), 0.4, null]);
    expect(["k", "l", "m"].map((model) => found.rank(model, "all"))).toEqual([2, 1, null]);
    expect(found.contributions("k", "all").map(({ leaf }) => leaf)).toEqual(["a", "b"]);
    expect([found.leaves("all"), found.population]).toEqual([["a", "b"], ["k", "l"]]); // prettier-ignore
  });
});
