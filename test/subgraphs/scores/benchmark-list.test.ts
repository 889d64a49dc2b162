import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { faultsOf } from "../../support/faults-of";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";

let database: TestDatabase;
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  const recorded = { recording_region: "V4", recording_species: "macaque", recording_task: "fixation", recording_is_public: true };
  const many = Array.from({ length: 120 }, (_, at) => `  leaf-${String(at).padStart(3, "0")}`);
  await seed(database.dataSource)
    .domain("vision")
    .tree(
      `
      average_vision
        V4
          known         versions 1 2
          hidden-group  invisible
            under-it
        IT
          older         versions 1 2
          hidden-leaf   invisible
          no%version    no versions
      engineering       raw
      `,
    )
    .version("known", 2, { ...recorded, stimuli_count: 100, ceiling: 0.5 })
    .version("older", 1, { ...recorded, stimuli_count: 100, ceiling: 0.5 })
    .version("older", 2, { recording_is_public: false })
    .version("hidden-leaf", 1, recorded)
    .domain("wide")
    .tree(["average_wide", ...many].join("\n"))
    .domain("empty")
    .write();
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

const list = async (rest = "", domain = "vision") => {
  const query = `{ benchmarks(domain: "${domain}"${rest}) { totalCount nodes { identifier } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const { nodes, totalCount, pageInfo } = (await joined.data(query)).benchmarks;
  return { names: nodes.map(({ identifier }: { identifier: string }) => identifier) as string[], totalCount, ...pageInfo };
};
const matching = async (filter: string) => (await list(`, filter: ${filter}`)).names;

const ALL = ["average_vision", "V4", "known", "under-it", "IT", "older", "no%version", "engineering"];

describe("a list of benchmarks", () => {
  it("shows visible ones in tree order, those without a version too (§3)", async () => {
    expect(await list()).toMatchObject({ names: ALL, totalCount: 8, hasNextPage: false });
  });

  it("is 25 at a time unless asked otherwise, walked in both directions", async () => {
    const first = await list("", "wide");
    expect([first.names.length, first.totalCount, first.hasNextPage]).toEqual([25, 121, true]);
    const second = await list(`, first: 100, after: "${first.endCursor}"`, "wide");
    expect([second.names.length, second.names[0], second.hasNextPage]).toEqual([96, "leaf-024", false]);
    expect((await list(`, last: 2, before: "${second.startCursor}"`, "wide")).names).toEqual(["leaf-022", "leaf-023"]);
    expect((await list(", last: 1", "wide")).names).toEqual(["leaf-119"]);
  });

  it("is empty in a domain without benchmarks, and refused for an unknown one", async () => {
    expect(await list("", "empty")).toMatchObject({ names: [], totalCount: 0 });
    expect(await faultsOf(joined, `{ benchmarks(domain: "none") { totalCount } }`)).toEqual([
      'NOT_FOUND at benchmarks: There is no domain "none".',
    ]);
  });

  it("takes no cursor of another domain or filter", async () => {
    const cursors = [(await list(", first: 1", "wide")).endCursor, (await list(', first: 1, filter: { search: "V" }')).endCursor];
    for (const cursor of cursors) {
      const [fault] = await faultsOf(joined, `{ benchmarks(domain: "vision", after: "${cursor}") { totalCount } }`);
      expect(fault).toMatch(/^INVALID_CURSOR at benchmarks/);
    }
  });
});

describe("each field of a benchmark filter (§7)", () => {
  it.each([
    ['identifiers: ["older", "V4", "hidden-leaf"]', ["V4", "older"]],
    ['below: ["V4"]', ["V4", "known", "under-it"]],
    ['below: ["hidden-group", "engineering"]', ["under-it", "engineering"]],
    ['search: "v4"', ["V4"]],
    ['search: "%"', ["no%version"]],
    ['search: "_"', ["average_vision"]],
    ["isLeaf: true", ["known", "under-it", "older", "no%version", "engineering"]],
    ["isLeaf: false", ["average_vision", "V4", "IT"]],
    ['region: ["V4", "IT"]', ["known"]],
    ['species: ["macaque"]', ["known"]],
    ['task: ["fixation"]', ["known"]],
    ["dataIsPublic: true", ["known"]],
    ["dataIsPublic: false", ["older"]],
    ["stimulusCount: { min: 100, max: 100 }", ["known"]],
    ["stimulusCount: { min: 101 }", []],
    ["ceiling: { max: 0.5 }", ["known"]],
    ["ceiling: {}", ["known"]],
  ])("%s", async (filter, names) => {
    expect(await matching(`{ ${filter} }`)).toEqual(names);
  });
});

describe("a benchmark filter that names an unknown benchmark", () => {
  it.each(["identifiers", "below"])("by %s is refused, with code and path", async (field) => {
    expect(await faultsOf(joined, `{ benchmarks(domain: "vision", filter: { ${field}: ["V4", "none"] }) { totalCount } }`)).toEqual([
      'NOT_FOUND at benchmarks: There is no benchmark "none".',
    ]);
  });
});

describe("combined benchmark filters (§7)", () => {
  it("take and, or and not, which lets the unknown through", async () => {
    expect(await matching('{ below: ["average_vision"], not: { isLeaf: false }, search: "n" }')).toEqual([
      "known",
      "under-it",
      "no%version",
    ]);
    expect(await matching('{ or: [{ region: ["V4"] }, { and: [{ isLeaf: false }, { below: ["IT"] }] }] }')).toEqual(["known", "IT"]);
    expect(await matching("{ not: { dataIsPublic: true } }")).toEqual(ALL.filter((name) => name !== "known"));
  });

  it("match nothing by an empty list, everything by an empty `and`", async () => {
    for (const filter of ["{ identifiers: [] }", "{ below: [] }", "{ region: [] }", "{ or: [] }"])
      expect(await matching(filter)).toEqual([]);
    expect(await matching("{ and: [] }")).toEqual(ALL);
  });
});
