import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { faultsOf } from "../../support/faults-of";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";

let database: TestDatabase;
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision", { columns: { name: "Vision", license: "CC0-1.0", usage: "use {name}" } })
    .tree(
      `
      average_vision    decimals 2
        V1
          hidden-group  invisible
            leaf-a      versions 1 2
            inner       invisible
              leaf-b
          leaf-c
          leaf-d        invisible
        V4
          leaf-e        no versions
      hidden-root       invisible
        leaf-f          exact
      engineering       raw
        leaf-g
      `,
    )
    .model("alpha")
    .model("secret", { isPublic: false, owner: "lab" })
    .domain("empty")
    .write();
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

interface Listed {
  identifier: string;
  parent: Listed | null;
  children: Listed[];
  ancestors: Listed[];
  descendants: Listed[];
}
const names = (benchmarks: { identifier: string }[]): string[] => benchmarks.map(({ identifier }) => identifier);
const benchmark = async (identifier: string, selection: string) =>
  (await joined.data(`{ benchmark(domain: "vision", identifier: "${identifier}") { ${selection} } }`)).benchmark;
const around = async (identifier: string) => {
  const { parent, children, ancestors, depth } = await benchmark(
    identifier,
    "parent { identifier } children { identifier } ancestors { identifier } depth",
  );
  return { parent: parent?.identifier ?? null, children: names(children), ancestors: names(ancestors), depth };
};

describe("a benchmark's place in listings (§3)", () => {
  it("lets the visible descendants of an invisible parent stand in its place", async () => {
    expect(await around("V1")).toEqual({
      parent: "average_vision",
      children: ["leaf-a", "leaf-b", "leaf-c"],
      ancestors: ["average_vision"],
      depth: 1,
    });
    expect(await around("leaf-b")).toEqual({ parent: "V1", children: [], ancestors: ["average_vision", "V1"], depth: 2 });
  });

  it("puts the descendants of an invisible root at the top", async () => {
    expect(await around("leaf-f")).toEqual({ parent: null, children: [], ancestors: [], depth: 0 });
  });

  it("finds an invisible benchmark by name, with its children and the place that they stand in", async () => {
    expect(await around("hidden-group")).toEqual({
      parent: "V1",
      children: ["leaf-a", "leaf-b"],
      ancestors: ["average_vision", "V1"],
      depth: 2,
    });
    expect(await around("hidden-root")).toEqual({ parent: null, children: ["leaf-f"], ancestors: [], depth: 0 });
    expect(await benchmark("inner", "isVisible")).toEqual({ isVisible: false });
  });

  it("agrees with itself: who names a parent is among its children, one deeper", async () => {
    const { benchmarks } = await joined.data(
      `{ benchmarks(domain: "vision") { nodes { identifier depth parent { identifier depth children { identifier } } } } }`,
    );
    for (const { identifier, depth, parent } of benchmarks.nodes) {
      expect(depth).toBe(parent ? parent.depth + 1 : 0);
      if (parent) expect(names(parent.children)).toContain(identifier);
    }
  });
});

describe("descendants", () => {
  const below = async (identifier: string, argument = "") => {
    const { descendants }: Listed = await benchmark(identifier, `descendants${argument} { identifier }`);
    return names(descendants);
  };

  it("lists the visible benchmarks below in tree order, without itself", async () => {
    expect(await below("average_vision")).toEqual(["V1", "leaf-a", "leaf-b", "leaf-c", "V4", "leaf-e"]);
    expect(await below("leaf-c")).toEqual([]);
  });

  it("goes as deep as it is told, counting visible levels", async () => {
    expect(await below("average_vision", "(maxDepth: 0)")).toEqual([]);
    expect(await below("average_vision", "(maxDepth: 1)")).toEqual(["V1", "V4"]);
    expect(await below("average_vision", "(maxDepth: 2)")).toEqual(["V1", "leaf-a", "leaf-b", "leaf-c", "V4", "leaf-e"]);
    expect(await below("V1", "(maxDepth: 1)")).toEqual(["leaf-a", "leaf-b", "leaf-c"]);
    expect(await below("hidden-group", "(maxDepth: 1)")).toEqual(["leaf-a", "leaf-b"]);
    expect(await below("hidden-root", "(maxDepth: 1)")).toEqual(["leaf-f"]);
  });

  it("leaves the parents out on request", async () => {
    expect(await below("average_vision", "(leavesOnly: true)")).toEqual(["leaf-a", "leaf-b", "leaf-c", "leaf-e"]);
    expect(await below("average_vision", "(leavesOnly: true, maxDepth: 1)")).toEqual([]);
    expect(await below("average_vision", "(leavesOnly: null, maxDepth: null)")).toHaveLength(6);
  });

  it("refuses a negative depth, with a code and a path", async () => {
    const query = `{ benchmark(domain: "vision", identifier: "V1") { descendants(maxDepth: -1) { identifier } } }`;
    expect(await faultsOf(joined, query)).toEqual(["BAD_USER_INPUT at benchmark.descendants: `maxDepth` must be from 0 to 1000; got -1."]);
  });
});

describe("a benchmark's own properties", () => {
  const properties = "shortName isLeaf isVisible isRaw rankDecimals leafCount domain { slug }";

  it("tells the root's rawness on every benchmark below", async () => {
    expect((await benchmark("leaf-g", "isRaw")).isRaw).toBe(true);
    expect((await benchmark("engineering", "isRaw")).isRaw).toBe(true);
    expect((await benchmark("leaf-a", "isRaw")).isRaw).toBe(false);
  });

  it("counts the leaves that count: visible ones with a version (§3)", async () => {
    const count = async (identifier: string) => (await benchmark(identifier, "leafCount")).leafCount;
    expect(await count("average_vision")).toBe(3);
    expect(await count("hidden-group")).toBe(2);
    expect([await count("leaf-c"), await count("leaf-d"), await count("leaf-e"), await count("V4")]).toEqual([1, 0, 0, 0]);
  });

  it("tells decimals, null meaning exact", async () => {
    expect(await benchmark("average_vision", properties)).toEqual({
      shortName: "average_vision",
      isLeaf: false,
      isVisible: true,
      isRaw: false,
      rankDecimals: 2,
      leafCount: 3,
      domain: { slug: "vision" },
    });
    expect(await benchmark("leaf-f", "rankDecimals")).toEqual({ rankDecimals: null });
  });

  it("is null for an unknown identifier, an unknown domain and one of another domain", async () => {
    expect(await benchmark("none", "id")).toBeNull();
    const query = `{ a: benchmark(domain: "none", identifier: "V1") { id } b: benchmark(domain: "empty", identifier: "V1") { id } }`;
    expect(await joined.data(query)).toEqual({ a: null, b: null });
  });
});

describe("domains", () => {
  it("are listed by slug, with their roots and what everybody may count (§10)", async () => {
    const { domains } = await joined.data(
      `{ domains { slug name usage license roots { identifier } benchmarkCount leafCount modelCount references { key } } }`,
    );
    const nothing = { usage: null, license: null, roots: [], benchmarkCount: 0, leafCount: 0, modelCount: 0, references: [] };
    expect(domains).toEqual([
      { slug: "empty", name: "empty", ...nothing },
      {
        slug: "vision",
        name: "Vision",
        usage: "use {name}",
        license: "CC0-1.0",
        roots: [{ identifier: "average_vision" }, { identifier: "leaf-f" }, { identifier: "engineering" }],
        benchmarkCount: 10,
        leafCount: 6,
        modelCount: 1,
        references: [],
      },
    ]);
    expect((await joined.data(`{ domain(slug: "none") { slug } }`)).domain).toBeNull();
  });
});
