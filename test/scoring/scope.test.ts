import { Scope } from "../../src/scoring/scope";
import { Tree } from "../../src/scoring/tree";
import { BOTH } from "./both";
import { seed, type Seed } from "./seed";

const story = (): Seed => seed().tree({ all: { V1: { a: {}, b: {} }, V2: { c: {}, deep: { d: {}, e: {} } } }, other: { f: {} } });
const hidden = { isVisible: false };

describe.each(BOTH)("%s", (_, answers) => {
  const counts = (told: Seed): Record<string, number> => {
    const { leafCount, treeOrder } = answers(told.world());
    return Object.fromEntries(treeOrder.map((b) => [b, leafCount(b)]).filter(([, count]) => count !== 0));
  };
  const below = (told: Seed, benchmark: string | null): string => answers(told.world()).listed(benchmark).join(" ");

  test("§3 every visible leaf with a version counts, and its ancestors are the tree", () => {
    expect(counts(story())).toEqual({ all: 5, V1: 2, a: 1, b: 1, V2: 3, c: 1, deep: 2, d: 1, e: 1, other: 1, f: 1 });
  });

  test("§3 an invisible leaf does not count", () => {
    expect(counts(story().benchmark("a", hidden))).toMatchObject({ all: 4, V1: 1, b: 1 });
    expect(counts(story().benchmark("a", hidden))).not.toHaveProperty("a");
  });

  test("§3 a leaf without a version does not count, nor does a parent that has no counting leaf", () => {
    const told = counts(story().versions("d").versions("e"));
    expect(told).toMatchObject({ all: 3, V2: 1 });
    expect(Object.keys(told)).not.toEqual(expect.arrayContaining(["deep"]));
  });

  test("§3 a leaf that does not match `only` does not count", () => {
    expect(counts(story().under({ only: ["b", "e"] }))).toEqual({ all: 2, V1: 1, b: 1, V2: 1, deep: 1, e: 1 });
    expect(counts(story().under({ only: [] }))).toEqual({});
  });

  test("§3 a weight of 0 takes a benchmark and all below it out of the tree", () => {
    expect(counts(story().under({ weights: { V2: 0, a: 0 } }))).toEqual({ all: 1, V1: 1, b: 1, other: 1, f: 1 });
  });

  test("§3 an invisible parent does not hide its leaves", () => {
    expect(counts(story().benchmark("V1", hidden))).toMatchObject({ all: 5, V1: 2, a: 1, b: 1 });
  });

  test("§3 listings show the children in the tree", () => {
    expect([below(story(), null), below(story(), "all"), below(story(), "V2"), below(story(), "c")]).toEqual([
      "all other",
      "V1 V2",
      "c deep",
      "",
    ]);
    expect(below(story().versions("a").versions("b"), "all")).toBe("V2");
  });

  test("§3 visible descendants stand in the place of an invisible parent", () => {
    const told = story().benchmark("V2", hidden).benchmark("deep", hidden);
    expect([below(told, "all"), below(told, "V2"), below(told, "deep")]).toEqual(["V1 c d e", "c d e", "d e"]);
    const { listedParent, depth } = answers(told.world());
    expect([listedParent("d"), depth("d"), listedParent("V1"), depth("V1"), depth("all")]).toEqual(["all", 1, "all", 1, 0]);
  });

  test("§3 the descendants of an invisible root stand at the top", () => {
    const told = story().benchmark("all", hidden);
    expect(below(told, null)).toBe("V1 V2 other");
    const { listedParent, depth } = answers(told.world());
    expect([listedParent("V1"), depth("V1"), listedParent("a"), depth("a")]).toEqual([null, 0, "V1", 1]);
  });
});

test("listings and leaves of a scope stand in tree order", () => {
  const told = story().benchmark("V2", hidden).benchmark("a", hidden);
  const tree = new Tree(told.world().benchmarks);
  const scope = new Scope(tree, new Uint8Array(tree.size).fill(1));
  const named = (nodes: readonly number[]): string => nodes.map((node) => tree.identifiers[node]).join(" ");
  expect(named(scope.listedAll())).toBe("all V1 b c deep d e other f");
  expect(named(scope.leaves(0))).toBe("b c d e");
  expect(named(scope.leaves(tree.find("a")))).toBe("");
  expect(named(scope.children(0))).toBe("V1 V2");
  expect(named(scope.children(tree.find("V1")))).toBe("b");
});

test("a scope refuses arrays of another length", () => {
  const tree = new Tree(story().world().benchmarks);
  expect(() => new Scope(tree, new Uint8Array(3))).toThrow("one entry a node");
});
