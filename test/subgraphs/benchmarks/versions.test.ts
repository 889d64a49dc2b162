import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { faultsOf } from "../../support/faults-of";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";
import { ADMIN } from "../../support/viewer-of";

const samples = Array.from({ length: 12 }, (_, at) => ({ position: 12 - at, url: `stimuli/a b/${12 - at}#%.png` }));

let database: TestDatabase;
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision")
    .tree(
      `
      average_vision
        moved         versions 1 2 3
        overtaken     versions 1 2
        untouched     versions 1 2
        plain         versions 1
        hidden        versions 1
      `,
    )
    .version("moved", 3, {
      ceiling: 0.8,
      ceiling_error: 0.01,
      stimuli_count: 0,
      recording_region: "V4",
      recording_is_public: false,
      metric_name: "pls",
      samples,
    })
    .version("overtaken", 2, { samples: [{ position: 1, url: "https://example.org/1.png?x=1" }] })
    .model("alpha")
    .model("beta")
    .model("secret", { isPublic: false, owner: "lab" })
    // The first run of all was declared not to count, the one on version 1 of a private model tells nobody anything.
    .score("alpha", "moved", { version: 1, raw: 0.1, ceiled: 0.1, endedAt: "2020-01-01", retractedAt: "2020-02-01T00:00:00Z" })
    .score("secret", "moved", { version: 1, raw: 0.1, ceiled: 0.1, endedAt: "2020-01-02" })
    .score("beta", "moved", { version: 1, failed: true, endedAt: "2020-03-01T12:00:00Z" })
    .score("alpha", "moved", { version: 1, raw: 0.3, ceiled: 0.3, endedAt: null })
    .score("secret", "moved", { version: 2, raw: 0.2, ceiled: 0.2, endedAt: "2020-04-01" })
    .score("alpha", "moved", { version: 2, raw: 0.2, ceiled: 0.2, endedAt: "2021-01-01" })
    .score("alpha", "overtaken", { version: 2, raw: 0.2, ceiled: 0.2, endedAt: "2020-01-01" })
    .score("alpha", "overtaken", { version: 1, raw: 0.2, ceiled: 0.2, endedAt: "2020-06-01" })
    .score("secret", "hidden", { raw: 0.2, ceiled: 0.2, endedAt: "2020-01-01" })
    .write();
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

const versions = async (identifier: string, selection: string, viewer = null as typeof ADMIN) => {
  const query = `{ benchmark(domain: "vision", identifier: "${identifier}") { versions { ${selection} } } }`;
  return (await joined.data(query, { viewer })).benchmark.versions;
};

describe("versions", () => {
  it("are listed newest first, the highest being current, run or not (§8)", async () => {
    expect(await versions("moved", "number isCurrent benchmark { identifier }")).toEqual(
      [3, 2, 1].map((number) => ({ number, isCurrent: number === 3, benchmark: { identifier: "moved" } })),
    );
    const { benchmark } = await joined.data(`{ benchmark(domain: "vision", identifier: "untouched") { version { number isCurrent } } }`);
    expect(benchmark.version).toEqual({ number: 2, isCurrent: true });
  });

  it("are none on a parent", async () => {
    const query = `{ benchmark(domain: "vision", identifier: "average_vision") { version { number } versions { number } } }`;
    expect((await joined.data(query)).benchmark).toEqual({ version: null, versions: [] });
  });

  it("are valid from the first unretracted run of a public model until a higher one is (§8)", async () => {
    expect(await versions("moved", "validFrom validTo")).toEqual([
      { validFrom: null, validTo: null },
      { validFrom: "2021-01-01T00:00:00.000Z", validTo: null },
      { validFrom: "2020-03-01T12:00:00.000Z", validTo: "2021-01-01T00:00:00.000Z" },
    ]);
  });

  it("were never valid if a higher one came first (§8)", async () => {
    expect(await versions("overtaken", "validFrom validTo")).toEqual([
      { validFrom: "2020-01-01T00:00:00.000Z", validTo: null },
      { validFrom: null, validTo: null },
    ]);
  });

  it("tell nothing of private models by the time that they became valid, not even to an admin (§8, §10)", async () => {
    for (const viewer of [null, ADMIN])
      expect(await versions("hidden", "validFrom validTo", viewer)).toEqual([{ validFrom: null, validTo: null }]);
  });
});

describe("what is known of a version", () => {
  it("is told, zeros and false included, and null where an object would be empty", async () => {
    const selection = `ceiling ceilingError stimuli { count kind samples { url } } recording { region isPublic sites } metric { name notes }`;
    const [three, two] = await versions("moved", selection);
    expect(three).toMatchObject({
      ceiling: 0.8,
      ceilingError: 0.01,
      stimuli: { count: 0, kind: null },
      recording: { region: "V4", isPublic: false, sites: null },
      metric: { name: "pls", notes: null },
    });
    expect(two).toEqual({ ceiling: null, ceilingError: null, stimuli: null, recording: null, metric: null });
  });

  const shown = async (identifier: string, argument = "") => {
    const [{ stimuli }] = await versions(identifier, `stimuli { samples${argument} { position url } }`);
    return stimuli.samples as { position: number; url: string }[];
  };

  it("shows ten samples by position unless asked for another number", async () => {
    expect((await shown("moved")).map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect((await shown("moved", "(first: 100)")).map(({ position }) => position)).toHaveLength(12);
    expect(await shown("moved", "(first: 0)")).toEqual([]);
    expect(await shown("moved", "(first: null)")).toHaveLength(10);
  });

  it("makes the path of a sample in the data set an absolute address, and leaves others as they are", async () => {
    expect((await shown("moved"))[0]).toEqual({ position: 1, url: "http://test/samples/vision/stimuli/a%20b/1%23%25.png" });
    expect(await shown("overtaken")).toEqual([{ position: 1, url: "https://example.org/1.png?x=1" }]);
  });

  it("refuses more than 100 samples", async () => {
    const query = `{ benchmark(domain: "vision", identifier: "moved") { version { stimuli { samples(first: 101) { url } } } } }`;
    expect(await faultsOf(joined, query)).toEqual([
      "BAD_USER_INPUT at benchmark.version.stimuli.samples: `first` must be from 0 to 100; got 101.",
    ]);
  });
});
