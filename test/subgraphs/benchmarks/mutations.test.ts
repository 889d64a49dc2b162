import type { Viewer } from "../../../src/board/viewer";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";
import { viewerOf } from "../../support/viewer-of";

const BENCHMARK = `benchmark {
  identifier parent { identifier } isVisible isRaw rankDecimals isLeaf depth reference { key }
  version {
    number ceiling ceilingError
    stimuli { count kind samples { position url } }
    recording { sites region isPublic } metric { name }
  }
}`;
const mutation = (name: string, fields: string): string =>
  `mutation ($input: ${name[0].toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} revision userErrors { code path message } } }`;
const MUTATIONS: Readonly<Record<string, string>> = {
  registerBenchmark: mutation("registerBenchmark", BENCHMARK),
  updateBenchmark: mutation("updateBenchmark", BENCHMARK),
  setBenchmarkVisibility: mutation("setBenchmarkVisibility", BENCHMARK),
  addBenchmarkVersion: mutation("addBenchmarkVersion", "version { number isCurrent benchmark { identifier version { number } } }"),
};

describe("mutations of benchmarks", () => {
  let database: TestDatabase;
  let joined: Joined;
  let admin: Viewer;
  let lab: Viewer;

  beforeEach(async () => {
    database = await createTestDatabase();
    await seed(database.dataSource)
      .domain("vision")
      .reference("Cited2020")
      .reference("Imported2020")
      .tree(
        `
        average
          V1
            leaf-a
            leaf-b versions 1 3
          V2
            leaf-c reference Cited2020
        engineering raw
          top1
      `,
      )
      .account("admin")
      .account("lab")
      .model("alpha")
      .score("alpha", "leaf-a", 0.2)
      .score("alpha", "leaf-b", 0.4)
      .score("alpha", "leaf-c", 0.6)
      .score("alpha", "top1", 1.5)
      .write();
    joined = await openJoined(database);
    admin = { ...(await viewerOf(database.dataSource, "admin"))!, isAdmin: true };
    lab = await viewerOf(database.dataSource, "lab");
  });
  afterEach(() => database.drop());

  const run = async (name: string, input: object, viewer = admin) =>
    (await joined.data(MUTATIONS[name], { viewer, variables: { input: { domain: "vision", ...input } } }))[name];
  const done = async (name: string, input: object) => {
    const { userErrors, benchmark, version } = await run(name, input);
    expect(userErrors).toEqual([]);
    return benchmark ?? version;
  };
  const refused = async (name: string, input: object, viewer = admin): Promise<string[]> => {
    const before = await revisions();
    const { userErrors, ...rest } = await run(name, input, viewer);
    for (const value of Object.values(rest)) expect(value).toBeNull();
    expect(await revisions()).toEqual(before);
    return (userErrors as { code: string; path: string[] }[]).map(({ code, path }) => `${code} ${path.join(".")}`).sort();
  };
  const revisions = async () =>
    (await database.dataSource.query(`SELECT last_revision AS "all", public_revision AS "public" FROM ledger`))[0];
  const display = async (benchmark: string) =>
    (
      await joined.data(
        `query ($benchmark: String!) { model(domain: "vision", name: "alpha") { score(benchmark: $benchmark) { display } } }`,
        {
          variables: { benchmark },
        },
      )
    ).model.score?.display ?? null;
  const roots = async () =>
    (await joined.data(`{ domain(slug: "vision") { roots { identifier isRaw } } }`)).domain.roots.map(
      ({ identifier, isRaw }: { identifier: string; isRaw: boolean }) => identifier + (isRaw ? " raw" : ""),
    );

  describe("registerBenchmark", () => {
    it("registers a leaf with its version, a parent, and a root after the others", async () => {
      const leaf = await done("registerBenchmark", {
        identifier: "leaf-d",
        parent: "V2",
        order: 7,
        isVisible: false,
        rankDecimals: null,
        reference: "Imported2020",
        version: {
          number: 2,
          ceiling: 0.8,
          ceilingError: 0.01,
          stimuli: {
            count: 30,
            kind: "",
            samples: [
              { position: 2, url: "https://a.org/2" },
              { position: 1, url: "https://a.org/1" },
            ],
          },
          recording: { sites: 5, region: "V2", isPublic: true },
          metric: { name: "pls" },
        },
      });
      expect(leaf).toEqual({
        identifier: "leaf-d",
        parent: { identifier: "V2" },
        isVisible: false,
        isRaw: false,
        rankDecimals: null,
        isLeaf: true,
        depth: 2,
        reference: { key: "Imported2020" },
        version: {
          number: 2,
          ceiling: 0.8,
          ceilingError: 0.01,
          stimuli: {
            count: 30,
            kind: null,
            samples: [
              { position: 1, url: "https://a.org/1" },
              { position: 2, url: "https://a.org/2" },
            ],
          },
          recording: { sites: 5, region: "V2", isPublic: true },
          metric: { name: "pls" },
        },
      });
      expect(await done("registerBenchmark", { identifier: "behavior", isRaw: true })).toMatchObject({
        rankDecimals: 3,
        version: null,
        isRaw: true,
      });
      expect(await roots()).toEqual(["average", "engineering raw", "behavior raw"]);
    });

    it("makes the first root of a domain without any the global one", async () => {
      await seed(database.dataSource).domain("empty").write();
      await done("registerBenchmark", { domain: "empty", identifier: "first" });
      const [{ root_position }] = await database.dataSource.query(`SELECT root_position FROM benchmark WHERE identifier = 'first'`);
      expect(root_position).toBe(0);
    });

    it("§10: makes the reference that it cites one that everybody sees", async () => {
      const find = async () => (await joined.data(`{ reference(domain: "vision", key: "Imported2020") { key } }`)).reference;
      expect(await find()).toBeNull();
      await done("registerBenchmark", { identifier: "leaf-d", parent: "V2", reference: "Imported2020" });
      expect(await find()).toEqual({ key: "Imported2020" });
    });

    it("tells all faults at once, each with its place", async () => {
      const faults = await refused("registerBenchmark", {
        identifier: 'a"b',
        parent: "nowhere",
        isRaw: true,
        rankDecimals: 10,
        reference: "Nobody",
        version: {
          number: 0,
          ceiling: 2e12,
          ceilingError: -1,
          stimuli: {
            count: -1,
            sizeMegabytes: -1,
            samples: [
              { position: 1, url: "https://a.org" },
              { position: 1, url: "https://a.org" },
              { position: 0, url: "https://a.org/x y" },
            ],
          },
          recording: { sites: -1, subjects: -1, durationMilliseconds: -1 },
        },
      });
      expect(faults).toEqual(
        [
          "INVALID identifier",
          "INVALID isRaw",
          "INVALID rankDecimals",
          "INVALID version.ceiling",
          "INVALID version.ceilingError",
          "INVALID version.number",
          "INVALID version.recording.durationMilliseconds",
          "INVALID version.recording.sites",
          "INVALID version.recording.subjects",
          "INVALID version.stimuli.count",
          "INVALID version.stimuli.samples.1.position",
          "INVALID version.stimuli.samples.2.position",
          "INVALID version.stimuli.samples.2.url",
          "INVALID version.stimuli.sizeMegabytes",
          "NOT_FOUND parent",
          "NOT_FOUND reference",
        ].sort(),
      );
    });

    it("refuses who is no admin, a taken name, a child of a leaf, an unknown domain and too many samples", async () => {
      expect(await refused("registerBenchmark", { identifier: "x" }, lab)).toEqual(["NOT_ALLOWED "]);
      expect(await refused("registerBenchmark", { identifier: "x" }, null)).toEqual(["NOT_ALLOWED "]);
      expect(await refused("registerBenchmark", { identifier: "leaf-a", parent: "V1" })).toEqual(["CONFLICT identifier"]);
      expect(await refused("registerBenchmark", { identifier: "x", parent: "leaf-a" })).toEqual(["CONFLICT parent"]);
      expect(await refused("registerBenchmark", { domain: "nowhere", identifier: "x" })).toEqual(["NOT_FOUND domain"]);
      const samples = Array.from({ length: 101 }, (_, place) => ({ position: place + 1, url: "https://a.org" }));
      expect(await refused("registerBenchmark", { identifier: "x", version: { number: 1, stimuli: { samples } } })).toEqual([
        "TOO_MANY version.stimuli.samples",
      ]);
    });
  });

  describe("updateBenchmark", () => {
    it("§3: moves a benchmark with all below it, and everything is computed anew", async () => {
      expect([await display("V1"), await display("V2"), await display("average")]).toEqual([".300", ".600", ".450"]);
      expect(await done("updateBenchmark", { identifier: "leaf-a", parent: "V2" })).toMatchObject({ parent: { identifier: "V2" } });
      expect([await display("V1"), await display("V2"), await display("average")]).toEqual([".400", ".400", ".400"]);
      await done("updateBenchmark", { identifier: "V1", parent: "V2" });
      expect([await display("V2"), await display("average")]).toEqual([".400", ".400"]);
    });

    it("leaves what is absent as it is, and clears what is null", async () => {
      const before = await revisions();
      const leaf = await done("updateBenchmark", { identifier: "leaf-c" });
      expect(leaf).toMatchObject({ parent: { identifier: "V2" }, isVisible: true, rankDecimals: 3, reference: { key: "Cited2020" } });
      expect(await revisions()).toEqual(before);
      expect(await done("updateBenchmark", { identifier: "leaf-c", rankDecimals: null, reference: null })).toMatchObject({
        parent: { identifier: "V2" },
        rankDecimals: null,
        reference: null,
      });
      expect(await refused("updateBenchmark", { identifier: "leaf-c", order: null, isVisible: null })).toEqual([
        "INVALID isVisible",
        "INVALID order",
      ]);
    });

    it("makes a root of what has no parent, where scores count as they did", async () => {
      expect(await done("updateBenchmark", { identifier: "top1", parent: null })).toMatchObject({ parent: null, isRaw: true });
      expect(await display("top1")).toBe("1.5");
      await done("updateBenchmark", { identifier: "V2", parent: null });
      expect(await roots()).toEqual(["average", "engineering raw", "top1 raw", "V2"]);
    });

    it("moves the later roots up when one goes, and lets the tree that it joins say how scores count", async () => {
      await done("registerBenchmark", { identifier: "behavior" });
      expect(await done("updateBenchmark", { identifier: "engineering", parent: "average" })).toMatchObject({ isRaw: false });
      expect(await display("top1")).toBe("1.0");
      expect(await database.dataSource.query(`SELECT identifier, root_position FROM benchmark WHERE parent_pk IS NULL ORDER BY 2`)).toEqual(
        [
          { identifier: "average", root_position: 0 },
          { identifier: "behavior", root_position: 1 },
        ],
      );
    });

    it("refuses loops, leaves as parents, a move of the global root, and what is unknown", async () => {
      expect(await refused("updateBenchmark", { identifier: "V1", parent: "V1" })).toEqual(["CONFLICT parent"]);
      await done("updateBenchmark", { identifier: "V1", parent: "V2" });
      expect(await refused("updateBenchmark", { identifier: "V2", parent: "V1" })).toEqual(["CONFLICT parent"]);
      expect(await refused("updateBenchmark", { identifier: "V2", parent: "leaf-a" })).toEqual(["CONFLICT parent"]);
      expect(await refused("updateBenchmark", { identifier: "average", parent: "engineering" })).toEqual(["CONFLICT parent"]);
      expect(await refused("updateBenchmark", { identifier: "V2", parent: "x", rankDecimals: -1, reference: "x" })).toEqual([
        "INVALID rankDecimals",
        "NOT_FOUND parent",
        "NOT_FOUND reference",
      ]);
      expect(await refused("updateBenchmark", { identifier: "x" })).toEqual(["NOT_FOUND identifier"]);
      expect(await refused("updateBenchmark", { identifier: "V2", order: 1 }, lab)).toEqual(["NOT_ALLOWED "]);
    });
  });

  it("setBenchmarkVisibility §3: hides a benchmark from listings, where it counts no more, and shows it again", async () => {
    const list = async () => (await joined.data(`{ benchmarks(domain: "vision") { totalCount } }`)).benchmarks.totalCount;
    const before = await revisions();
    expect(await done("setBenchmarkVisibility", { benchmark: "leaf-a", isVisible: true })).toMatchObject({ identifier: "leaf-a" });
    expect(await revisions()).toEqual(before);
    expect(await list()).toBe(8);
    expect(await done("setBenchmarkVisibility", { benchmark: "leaf-a", isVisible: false })).toMatchObject({ isVisible: false });
    expect([await list(), await display("V1"), await display("leaf-a")]).toEqual([7, ".400", null]);
    await done("setBenchmarkVisibility", { benchmark: "leaf-a", isVisible: true });
    expect([await list(), await display("V1")]).toEqual([8, ".300"]);
    expect(await refused("setBenchmarkVisibility", { benchmark: "x", isVisible: true })).toEqual(["NOT_FOUND benchmark"]);
    expect(await refused("setBenchmarkVisibility", { benchmark: "V1", isVisible: true }, lab)).toEqual(["NOT_ALLOWED "]);
  });

  describe("addBenchmarkVersion", () => {
    it("§8: makes the new version the current one, which empties the leaf until its first run", async () => {
      expect(await display("leaf-a")).toBe(".200");
      expect(await done("addBenchmarkVersion", { benchmark: "leaf-a", version: { number: 2, ceiling: 0.5 } })).toEqual({
        number: 2,
        isCurrent: true,
        benchmark: { identifier: "leaf-a", version: { number: 2 } },
      });
      expect([await display("leaf-a"), await display("V1")]).toEqual(["", ".200"]);
    });

    it("gives a benchmark without children its first version", async () => {
      await done("registerBenchmark", { identifier: "leaf-d", parent: "V2" });
      expect(await done("addBenchmarkVersion", { benchmark: "leaf-d", version: { number: 5 } })).toMatchObject({ number: 5 });
      expect(await refused("registerBenchmark", { identifier: "x", parent: "leaf-d" })).toEqual(["CONFLICT parent"]);
    });

    it("refuses a number that is not above every registered one, a parent, and what is unknown", async () => {
      for (const number of [1, 2, 3])
        expect(await refused("addBenchmarkVersion", { benchmark: "leaf-b", version: { number } })).toEqual(["CONFLICT version.number"]);
      expect(await refused("addBenchmarkVersion", { benchmark: "V1", version: { number: 1, ceilingError: -1 } })).toEqual([
        "CONFLICT benchmark",
        "INVALID version.ceilingError",
      ]);
      expect(await refused("addBenchmarkVersion", { benchmark: "x", version: { number: 1 } })).toEqual(["NOT_FOUND benchmark"]);
      expect(await refused("addBenchmarkVersion", { benchmark: "leaf-a", version: { number: 9 } }, lab)).toEqual(["NOT_ALLOWED "]);
    });
  });

  it("§9: notes in the audit who wrote what, and moves the public revision", async () => {
    const before = await revisions();
    await done("addBenchmarkVersion", { benchmark: "leaf-a", version: { number: 2 } });
    expect(await revisions()).toEqual({ all: before.all + 1, public: before.public + 1 });
    const [append] = await database.dataSource.query(`SELECT account_pk, source FROM fact_append ORDER BY last_revision DESC LIMIT 1`);
    expect(append).toEqual({ account_pk: admin!.accountPk, source: "addBenchmarkVersion" });
  });
});
