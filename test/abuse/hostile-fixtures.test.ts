import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type BrainscoreReport, importBrainscore } from "../../src/dataset/brainscore/import-brainscore";
import { LiteralFault, readLiteral } from "../../src/dataset/brainscore/read-literal";
import { folderOf, removeSites, score, SITE, siteFolder } from "../dataset/brainscore/site";
import { createTestDatabase, type TestDatabase } from "../support/database";

let database: TestDatabase;
beforeAll(async () => (database = await createTestDatabase()));
afterAll(async () => {
  removeSites();
  await database.drop();
});

const at = (folder: string): Promise<BrainscoreReport> =>
  importBrainscore(database.dataSource, { from: "brainscore-fixtures", at: folder }, { dryRun: true });
const files = (more: Readonly<Record<string, string | Buffer>>): string =>
  folderOf({
    ...Object.fromEntries(Object.entries(SITE).map(([name, entries]) => [`${name}.json`, JSON.stringify(entries, null, 1)])),
    ...more,
  });
const refused = async (folder: string): Promise<string> =>
  at(folder).then(
    () => "nothing is wrong",
    (error: Error) => `${error.name} ${error.message}`,
  );

const SCORE = JSON.stringify(score(1, 1, 0.4, 0.5));

describe("files that are no fixtures", () => {
  it.each<[string, string | Buffer, RegExp]>([
    [
      "cut off in an entry",
      `[\n${SCORE},\n{"model": "benchmarks.score", "fi`,
      /x\.json:3: expected the end of the entry that begins in line 3/,
    ],
    ["cut off in a string", `[{"model": "benchmarks.sc`, /x\.json:1: expected the end of the entry/],
    ["cut off between entries", `[${SCORE}`, /x\.json:1: expected \] at the end/],
    ["empty", "", /x\.json:1: expected a JSON array, got the end of the file/],
    ["an object", SCORE, /x\.json:1: expected a JSON array, got "\{/],
    ["an array of numbers", "[1, 2]", /x\.json:1: expected an object, got "1, 2\]/],
    ["more after the array", `[${SCORE}]\n[]`, /x\.json:2: expected the end of the file, got "\[\]"/],
    ["brackets that do not match", `[{"model": "a.b", "fields": {]]}]`, /x\.json:1: the entry is not JSON/],
    ["an entry without fields", `[{"model": "benchmarks.score"}]`, /x\.json:1: expected an entry of a Django fixture/],
    ["fields that are a list", `[{"model": "benchmarks.score", "fields": []}]`, /x\.json:1: expected an entry of a Django fixture/],
    ["not UTF-8", Buffer.from([91, 123, 34, 0xff, 0xfe]), /x\.json:1: expected UTF-8/],
    [
      "an entry of 10 MB",
      `[{"model": "benchmarks.score", "fields": {"comment": "${"x".repeat(1e7)}"}}]`,
      /x\.json:1: expected an entry of at most 1000000/,
    ],
    ["brackets without end", "[".repeat(100_000), /x\.json:1: expected an object, got "\[\[/],
  ])("%s: a fault with its line, nothing written", async (_, content, wanted) => {
    const told = await refused(files({ "x.json": content }));
    expect(told).toMatch(wanted);
    expect(told).toMatch(/^ExpectedError The data set has .* nothing was written/);
  });

  it("an entry nested 100,000 deep is a fault", async () => {
    const deep = SCORE.replace('"comment":null', `"comment":${"[".repeat(1e5)}${"]".repeat(1e5)}`);
    expect(await refused(files({ "x.json": `[${deep}]` }))).toMatch(/x\.json:1: expected an entry of at most 64 brackets in one another/);
  });

  it("a bad entry does not hide the others", async () => {
    const told = await refused(files({ "x.json": `[\n{"model": 1},\n{"a" 2},\n${SCORE},\n{"model": "benchmarks.score"}]` }));
    expect(told).toMatch(/3 faults[^]*x\.json:2: [^]*x\.json:3: [^]*x\.json:5: /);
  });

  it("what is wrong beside an e-mail address is told without it", async () => {
    const told = await refused(files({ "x.json": `[{"model": "benchmarks.user", "fields": {"email": "ann@example.org" "x"}}]` }));
    expect(told).toMatch(/x\.json:1: the entry is not JSON/);
    expect(told).not.toMatch(/ann@/);
  });
});

describe("values that nobody expects", () => {
  it("cycles of parents are told, each once, and have no end", async () => {
    const types = SITE.types.map((type) => (type.pk === "V1" ? { ...type, fields: { ...type.fields, parent: "lab.V1-pls" } } : type));
    const told = await refused(siteFolder({ types }));
    expect(told).toMatch(/types\.json:\d+, parent: the parents form a cycle: V1 → lab\.V1-pls → V1/);
    const all = SITE.types.map((type) => ({ ...type, fields: { ...type.fields, parent: type.pk } }));
    expect(await refused(siteFolder({ types: all }))).toMatch(/the parents form a cycle: engineering_vision → engineering_vision/);
  });

  it("keys that lead nowhere are told", async () => {
    const { leftOut } = await at(
      siteFolder({
        scores: [
          ...[
            score(["nobody"], 1, 0.1, 0.1),
            score(["alpha", "eve@example.org"], 1, 0.1, 0.1),
            score(99, 1, 0.1, 0.1),
            score(null, 1, 0.1, 0.1),
          ],
          ...[
            score(1, ["nothing", 1], 0.1, 0.1),
            score(1, ["lab.V1-pls", 7], 0.1, 0.1),
            score(1, { a: 1 }, 0.1, 0.1),
            score(1, [[["x"]]], 0.1, 0.1),
          ],
        ],
      }),
    );
    expect(leftOut.map(({ what, count }) => [what, count])).toEqual([
      ["a score of a model that is not there or was left out", 4],
      ["a score of a version that is not there or was left out", 4],
    ]);
    expect(leftOut[0].examples[1].got).toBe('["alpha","(an e-mail address)"]');
  });

  it("NUL, half characters and prototypes do no harm", async () => {
    const { leftOut, repairs } = await at(
      siteFolder({
        scores: [score(1, 1, 0.4, 0.5, { comment: "a\u0000b" }), score(1, 2, 0.4, 0.5, { comment: "\ud800" })],
        users: [...SITE.users.slice(1), { model: "benchmarks.user", pk: 1, fields: { email: "ann@example.org", display_name: "A\u0000" } }],
        submissions: [
          JSON.parse('{"model": "benchmarks.submission", "pk": "__proto__", "fields": {"__proto__": {"timestamp": 1}, "constructor": 2}}'),
        ],
        models: SITE.models.map((model) =>
          model.pk === 1 ? { ...model, fields: { ...model.fields, submission: "__proto__", competition: { a: "b" } } } : model,
        ),
      }),
    );
    expect(leftOut.map(({ what, count }) => [what, count])).toEqual(
      expect.arrayContaining([
        ["a comment that has characters that no database holds", 2],
        ["a submission without a submitter or a time", 1],
        ["a submission that is not there", 1],
      ]),
    );
    expect(repairs.map(({ what }) => what)).toContain("a value of competition that is no text: unknown");
    expect(Object.prototype).not.toHaveProperty("timestamp");
  });

  it("a comment longer than a folder could hold is left out", async () => {
    const { leftOut } = await at(siteFolder({ scores: [score(1, 1, 0.4, 0.5, { comment: "x".repeat(100_001) })] }));
    expect(leftOut).toMatchObject([{ what: "a comment that has more than 100000 characters", count: 1 }]);
    expect(leftOut[0].examples[0].got.length).toBeLessThan(100);
  });

  it("a benchmark that could stand nowhere is a fault", async () => {
    const types = [...SITE.types, { model: "benchmarks.benchmarktype", pk: 'say "x"', fields: { domain: "vision", parent: "V1" } }];
    expect(await refused(siteFolder({ types }))).toMatch(/types\.json:\d+, identifier: expected 1 to 200 characters/);
    const strange = [...SITE.types, { model: "benchmarks.benchmarktype", pk: "x", fields: { domain: "no such/thing" } }];
    expect(await refused(siteFolder({ types: strange }))).toMatch(/types\.json:\d+, domain: expected letters, digits/);
  });
});

describe("Python literals", () => {
  it.each<[string, unknown]>([
    ["{}", new Map()],
    ["{'a': 1, \"b\": [True, False, None],}", new Map<unknown, unknown>([["a", 1], ["b", [true, false, null]]])], // prettier-ignore
    [" ( 'x' , ) ", ["x"]],
    ["{'a', 'b'}", ["a", "b"]],
    ["r'a\\n'", "a\\n"],
    ["'it\\'s \\x41\\u0042'", "it's AB"],
    ["-1_000.5e1", -10_005],
  ])("%s is read", (text, value) => expect(readLiteral(text)).toEqual(value));

  it.each([
    "",
    "{",
    "{'a' 1}",
    "{'a': }",
    "[1 2]",
    "'a",
    "'a\n'",
    "a",
    "1 +1",
    "f'{x}'",
    "{'a': 1, 'b'}",
    "lambda: 0",
    "{**x}",
    "[*x]",
    "'\\",
  ])("%j is refused with a place", (text) => {
    expect(() => readLiteral(text)).toThrow(LiteralFault);
    expect(() => readLiteral(text)).toThrow(/^expected .* at character \d+, got /);
  });

  it("a megabyte of anything is refused or read, and soon", () => {
    for (const piece of ["{", "[", "(", "'", "\\", "{'a':", "[1,", "((((", "''", "\\'", " ", "r'"])
      expect(() => readLiteral(piece.repeat(1_000_000 / piece.length))).toThrow(LiteralFault);
    expect(readLiteral("1".repeat(1_000_000))).toBe(Infinity);
  });
});
