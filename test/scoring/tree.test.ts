import { EXACT } from "../../src/scoring/rounding";
import { Tree } from "../../src/scoring/tree";
import { BOTH } from "./both";
import { seed } from "./seed";

const story = () => seed().tree({ vision: { V1: { a: {}, b: {} }, V2: { c: {} } }, engineering: { d: {} } });

describe.each(BOTH)("%s", (_, answers) => {
  const order = (told: ReturnType<typeof story>): string => answers(told.world()).treeOrder.join(" ");

  test("§3 tree order is pre-order", () => {
    expect(order(story())).toBe("vision V1 a b V2 c engineering d");
  });

  test("§3 roots stand as the data set lists them", () => {
    const told = story().benchmark("vision", { rootPosition: 1 }).benchmark("engineering", { rootPosition: 0 });
    expect(order(told)).toBe("engineering d vision V1 a b V2 c");
  });

  test("§3 siblings stand by order, equal ones by code point", () => {
    expect(order(story().benchmark("V1", { order: 7 }).benchmark("V2", { order: -1 }))).toBe("vision V2 c V1 a b engineering d");
    const names = ["😀", "ﬁ", "é", "b", "a-2", "a-10", "Z", "a"];
    const told = seed().tree({ all: Object.fromEntries(names.map((name) => [name, {}])) });
    for (const name of names) told.benchmark(name, { order: 999 });
    expect(order(told)).toBe("all Z a a-10 a-2 b é ﬁ 😀");
  });
});

test("nodes are numbered so that a subtree is a range", () => {
  const tree = new Tree(story().world().benchmarks.toReversed());
  expect(tree.identifiers.map((identifier, node) => [identifier, tree.parent[node], tree.end[node], tree.isLeaf[node]])).toEqual([
    ["vision", -1, 6, 0],
    ["V1", 0, 4, 0],
    ["a", 1, 3, 1],
    ["b", 1, 4, 1],
    ["V2", 0, 6, 0],
    ["c", 4, 6, 1],
    ["engineering", -1, 8, 0],
    ["d", 6, 8, 1],
  ]);
  expect(tree.roots).toEqual([0, 6]);
  expect([tree.rootOf(3), tree.rootOf(7)]).toEqual([0, 6]);
  expect([tree.children(0), tree.children(2)]).toEqual([[1, 4], []]);
  expect([tree.find("c"), tree.find("C")]).toEqual([5, -1]);
});

test("a node knows where it stood among the nodes given", () => {
  const nodes = story().world().benchmarks.toReversed();
  const tree = new Tree(nodes);
  expect(Array.from(tree.source, (source) => nodes[source].identifier)).toEqual(tree.identifiers);
});

test("§2 what is below a raw root is raw, whatever it says itself", () => {
  const told = story().benchmark("engineering", { isRaw: true }).benchmark("V1", { isRaw: true });
  expect([...new Tree(told.world().benchmarks).isRaw]).toEqual([0, 0, 0, 0, 0, 0, 1, 1]);
});

test("§5 rank decimals of null are exact", () => {
  const told = story().benchmark("V1", { rankDecimals: null }).benchmark("a", { rankDecimals: 0 });
  expect([...new Tree(told.world().benchmarks).rankDecimals]).toEqual([3, EXACT, 0, 3, 3, 3, 3, 3]);
});

test("a tree of no nodes is one", () => {
  expect(new Tree([]).size).toBe(0);
});

test.each([
  ["an unknown parent", "the parent nowhere of V1 is unknown", story().benchmark("V1", { parent: "nowhere" })],
  ["a circle", "go in a circle", story().benchmark("V1", { parent: "a" })],
  ["a node that is its own parent", "go in a circle", story().benchmark("d", { parent: "d" })],
  ["an identifier given twice", "the same identifier", story().benchmark("V2", { identifier: "V1" })],
])("a tree refuses %s", (_, message, told) => {
  expect(() => new Tree(told.world().benchmarks)).toThrow(message);
});
