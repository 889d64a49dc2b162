import { symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readDataset } from "../../src/dataset/read-dataset";
import { added, edited, removeFolders, SMALL, smallFolder } from "./small-folder";

const NOW = new Date("2026-01-01T00:00:00Z");

const faultsOf = async (folder: string): Promise<string[]> => {
  const error = await readDataset(folder, NOW).then(
    () => null,
    (thrown) => thrown,
  );
  if (error === null) return [];
  expect(error).toMatchObject({ code: "DATA_SET" });
  return error.message
    .split("\n")
    .slice(1)
    .map((line: string) => line.trim());
};

afterAll(removeFolders);

test("the small data set has no fault", async () => {
  expect(await faultsOf(smallFolder())).toEqual([]);
});

type Case = [what: string, files: Record<string, string | Buffer | null>, ...faults: string[]];

const rows = (count: number, row: (index: number) => string): string[] => Array.from({ length: count }, (_, index) => row(index));

const CASES: Case[] = [
  ["no dataset.json", { "dataset.json": null }, "dataset.json: expected the file"],
  [
    "another format",
    edited("dataset.json", "scoretree/1", "scoretree/9"),
    'dataset.json:2, format: expected "scoretree/1", got "\\"scoretree/9\\""',
  ],
  ["dataset.json that is no JSON", edited("dataset.json", '"small",', '"small"'), "dataset.json:4: not JSON"],
  [
    "an unknown property",
    edited("dataset.json", '"license"', '"licence"'),
    "dataset.json:4, licence: unknown property; known are format, name",
  ],
  ["a missing slug", edited("dataset.json", '"slug": "vision",', ""), "dataset.json:6, domain.slug: expected a slug"],
  ["a slug with a slash", edited("dataset.json", '"vision"', '"a/b"'), "dataset.json:7, domain.slug: expected a slug"],
  [
    "a slug that an address is taken by",
    edited("dataset.json", '"vision"', '"Account"'),
    "dataset.json:7, domain.slug: expected a slug that is no address",
  ],
  [
    "no roots",
    { "dataset.json": SMALL["dataset.json"].replace(/"roots": \[[^\]]*\]/, '"roots": []') },
    "dataset.json:14, roots: expected at least one root",
  ],
  [
    "a domain's reference that is not there",
    edited("dataset.json", '"Doe2020"', '"Roe2020"'),
    'dataset.json:11, domain.references.0: expected a key of references.bib, got "Roe2020"',
  ],
  [
    "a root twice",
    edited("dataset.json", '"engineering",', '"average",'),
    "dataset.json:18, roots.1.benchmark: the root",
    "benchmarks.csv:6, parent: expected a parent, or",
  ],
  [
    "an unknown root",
    edited("dataset.json", '"engineering",', '"enginering",'),
    "benchmarks.csv:6, parent: expected a parent",
    'dataset.json:19, roots.1.benchmark: expected a benchmark that is known, got "enginering"',
  ],
  [
    "a root with a parent",
    edited("benchmarks.csv", "engineering,,", "engineering,average,"),
    'benchmarks.csv:6, parent: expected no parent for a root of dataset.json, got "average"',
  ],
  [
    "a top node that is no root",
    added("benchmarks.csv", "stray,,0,true,,"),
    'benchmarks.csv:8, parent: expected a parent, or "stray" among the roots',
  ],
  [
    "an unknown parent",
    edited("benchmarks.csv", "leaf-b,V1", "leaf-b,V2"),
    'benchmarks.csv:5, parent: expected a benchmark that is known, got "V2"',
  ],
  [
    "a cycle",
    { "benchmarks.csv": `${SMALL["benchmarks.csv"].replace("V1,average", "V1,V2")}V2,V1,0,true,,\n` },
    "benchmarks.csv:3, parent: the parents form a cycle: V1 → V2 → V1",
  ],
  [
    "a node below itself",
    edited("benchmarks.csv", "leaf-b,V1", "leaf-b,leaf-b"),
    "benchmarks.csv:5, parent: the parents form a cycle: leaf-b → leaf-b",
    "versions.csv:4, benchmark: expected a leaf",
    'scores.csv:3, benchmark: expected a leaf, got the parent "leaf-b"',
  ],
  ["a benchmark twice", added("benchmarks.csv", "leaf-b,V1,0,true,,"), "benchmarks.csv:8, identifier: the same identifier as line 5"],
  [
    "a benchmark's reference that is not there",
    edited("benchmarks.csv", "true,,Doe2020", "true,,Roe2020"),
    'benchmarks.csv:4, reference: expected a key of references.bib, got "Roe2020"',
  ],
  [
    "rank decimals of 10",
    edited("benchmarks.csv", "0,true,2,", "0,true,10,"),
    'benchmarks.csv:2, rank_decimals: expected a whole number from 0 to 9, or exact, got "10"',
  ],
  [
    "a truth that is none",
    edited("benchmarks.csv", "V1,average,0,true", "V1,average,0,yes"),
    'benchmarks.csv:3, visible: expected true or false, got "yes"',
  ],
  [
    "an order that is not whole",
    edited("benchmarks.csv", "leaf-b,V1,1,", "leaf-b,V1,1.5,"),
    'benchmarks.csv:5, order: expected a whole number, got "1.5"',
  ],
  [
    "a version below 1",
    edited("versions.csv", "accuracy,1", "accuracy,0"),
    'versions.csv:5, version: expected a whole number, at least 1, got "0"',
  ],
  [
    "a version of an unknown benchmark",
    added("versions.csv", "leaf-z,1,,,"),
    'versions.csv:6, benchmark: expected a benchmark that is known, got "leaf-z"',
  ],
  [
    "a version on a parent",
    added("versions.csv", "V1,1,,,"),
    'versions.csv:6, benchmark: expected a leaf: parents have no versions, got "V1"',
  ],
  ["a version twice", added("versions.csv", "leaf-b,1,,,"), "versions.csv:6, version: the same benchmark, version as line 4"],
  [
    "a negative ceiling error",
    edited("versions.csv", ".01,V1", "-.01,V1"),
    'versions.csv:2, ceiling_error: expected a number from 0 to 1e12, got "-.01"',
  ],
  [
    "a sample of an unknown version",
    added("samples.csv", "leaf-a,3,1,https://example.org/x.png"),
    "samples.csv:4, version: expected a version that is known, got version 3",
  ],
  [
    "a sample twice",
    added("samples.csv", "leaf-a,2,1,https://example.org/x.png"),
    "samples.csv:4, position: the same benchmark, version, position as line 2",
  ],
  [
    "a sample that is not in the folder",
    added("samples.csv", "leaf-a,2,3,stimuli/3.png"),
    'samples.csv:4, url: expected a file that is in the folder, got "stimuli/3.png"',
  ],
  [
    "a sample outside of the folder",
    added("samples.csv", "leaf-a,2,3,../3.png"),
    'samples.csv:4, url: expected a URL that begins with http:// or https://, or the path of a file in the folder, got "../3.png"',
  ],
  ["a sample at an absolute path", added("samples.csv", "leaf-a,2,3,/etc/3.png"), "samples.csv:4, url: expected a URL"],
  [
    "a sample that is no picture, film or sound",
    { ...added("samples.csv", "leaf-a,2,3,stimuli/3.exe"), "stimuli/3.exe": "x" },
    "samples.csv:4, url: expected a file that ends in png",
  ],
  [
    "a sample that is a folder",
    { ...added("samples.csv", "leaf-a,2,3,more.png"), "more.png/x": "x" },
    "samples.csv:4, url: expected a file, not a folder",
  ],
  [
    "a sample above 1 MB",
    { ...added("samples.csv", "leaf-a,2,3,big.png"), "big.png": Buffer.alloc(1_000_001) },
    "samples.csv:4, url: expected a file of at most 1000000 bytes, has 1000001",
  ],
  ["a sample by script", added("samples.csv", "leaf-a,2,3,javascript:alert(1)"), "samples.csv:4, url: expected a URL"],
  [
    "an e-mail address as key of an account",
    added("accounts.csv", "jane@example.org,Jane"),
    'accounts.csv:3, key: expected a name of 1 to 200 characters, without quotes or backslash, that is no e-mail address, got "jane@example.org"',
  ],
  [
    "an e-mail address as owner",
    { ...edited("models.csv", "beta,false,lab", "beta,false,jane@example.org"), "accounts.csv": null },
    "models.csv:3, owner: expected a name",
  ],
  ["an account twice", added("accounts.csv", "lab,Again"), "accounts.csv:3, key: the same key as line 2"],
  [
    "an owner without account",
    edited("models.csv", "beta,false,lab", "beta,false,nobody"),
    'models.csv:3, owner: expected a key of accounts.csv, got "nobody"',
  ],
  [
    "an empty name",
    edited("models.csv", "beta,false", ",false"),
    "models.csv:3, name: expected 1 to 200 characters",
    'scores.csv:4, model: expected a model that is known, got "beta"',
  ],
  ...(
    [
      ["of 201 characters", "x".repeat(201)],
      ["with a control character", "be\u0007ta"],
      ["with a double quote", '"be""ta"'],
      ["with a single quote", "be'ta"],
      ["with a backslash", "be\\ta"],
      ["with a space at its start", " beta"],
      ["with a space at its end", "beta "],
      ["with a line break", '"be\nta"'],
    ] as const
  ).map(([what, name]): Case => [
    `a name ${what}`,
    edited("models.csv", "beta,", `${name},`),
    "models.csv:3, name: expected 1 to 200 characters without control characters, quotes, backslash or edge spaces",
    'scores.csv:4, model: expected a model that is known, got "beta"',
  ]),
  ["an identifier with a quote", added("benchmarks.csv", "it's,V1,0,true,,"), "benchmarks.csv:8, identifier: expected 1 to 200 characters"],
  ["a model twice", added("models.csv", "beta,false,lab,,,,"), "models.csv:4, owner: the same name, owner as line 3"],
  [
    "two public models of one name",
    { ...added("models.csv", "alpha,true,other,,,,"), "accounts.csv": null, "layers.csv": null, "scores.csv": null },
    'models.csv:4, public: the public name "alpha" is taken by a model of lab',
  ],
  ["no word on publicity", edited("models.csv", "beta,false", "beta,"), "models.csv:3, public: expected true or false, got nothing"],
  [
    "a model's reference that is not there",
    edited("models.csv", "Doe2020", "Roe2020"),
    'models.csv:2, reference: expected a key of references.bib, got "Roe2020"',
  ],
  [
    "a bad URL",
    { "models.csv": "name,public,source_url\nalpha,true,example.org/alpha\nbeta,false,\n" },
    'models.csv:2, source_url: expected a URL that begins with http:// or https://, got "example.org/alpha"',
  ],
  [
    "an instant that is none",
    edited("models.csv", "2021-03-03T04:05:06Z", "2021-02-30T04:05:06Z"),
    'models.csv:3, submitted_at: expected an instant such as 2021-03-01T08:30:00Z, got "2021-02-30T04:05:06Z"',
  ],
  [
    "a negative count",
    edited("models.csv", "Doe2020,8", "Doe2020,-8"),
    'models.csv:2, visual_degrees: expected a whole number, at least 0, got "-8"',
  ],
  ["a layer of an unknown model", added("layers.csv", "gamma,V1,x"), 'layers.csv:4, model: expected a model that is known, got "gamma"'],
  ["a layer twice", added("layers.csv", "alpha,V1,x"), "layers.csv:4, region: the same model, owner, region as line 2"],
  [
    "a submission twice",
    added("submissions.csv", "run-1,lab,2021-02-03T04:05:06Z"),
    "submissions.csv:3, key: the same owner, key as line 2",
  ],
  ["a submission without a time", added("submissions.csv", "run-2,lab,"), "submissions.csv:3, submitted_at: expected an instant"],
  [
    "a score on an unknown model, on two lines",
    added("scores.csv", "gamma,leaf-a,2,1,1,,,,,,,,", "gamma,leaf-b,1,1,1,,,,,,,,"),
    'scores.csv:5, model: expected a model that is known, got "gamma" (on 1 more line too)',
  ],
  [
    "a score on an unknown benchmark",
    added("scores.csv", "alpha,leaf-z,1,1,1,,,,,,,,"),
    'scores.csv:5, benchmark: expected a benchmark that is known, got "leaf-z"',
  ],
  [
    "a score on an unknown version",
    added("scores.csv", "alpha,leaf-b,7,1,1,,,,,,,,"),
    "scores.csv:5, version: expected a version that is known, got version 7",
  ],
  ["a score on a parent", added("scores.csv", "alpha,V1,1,1,1,,,,,,,,"), 'scores.csv:5, benchmark: expected a leaf, got the parent "V1"'],
  [
    "an unknown submission",
    edited("scores.csv", "run-1", "run-9"),
    'scores.csv:2, submission: expected a key of submissions.csv, got "run-9"',
  ],
  ...["nan", "NaN", "inf", "-Infinity", "1,5", "12%", "0x10", "1e13", "1e999", "abc", " .5"].map((number): Case => [
    `a number such as ${number}`,
    edited("scores.csv", "leaf-a,1,.3,", `leaf-a,1,"${number}",`),
    `scores.csv:4, raw: expected a number of at most 1e12 in size, got ${JSON.stringify(number)}`,
  ]),
  ["a negative error", edited("scores.csv", ".5,.01", ".5,-.01"), 'scores.csv:2, error: expected a number from 0 to 1e12, got "-.01"'],
  [
    "a failed run with a number",
    edited("scores.csv", "leaf-b,1,,", "leaf-b,1,.5,"),
    "scores.csv:3, failed: expected no raw, ceiled and error, as the run failed",
  ],
  [
    "an end before its start",
    edited("scores.csv", "2021-03-02", "2021-02-28"),
    "scores.csv:2, ended_at: expected an end that is not before the start 2021-03-01T00:00:00Z, got 2021-02-28T00:00:00Z",
  ],
  [
    "an end in the future",
    edited("scores.csv", "2021-03-02", "2026-03-02"),
    "scores.csv:2, ended_at: expected an end that is not in the future, got 2026-03-02T00:00:00Z",
  ],
  [
    "a score twice",
    added("scores.csv", "beta,leaf-a,1,.7,.7,,,,,,,,"),
    "scores.csv:5, ended_at: the same model, owner, benchmark, version, started_at, ended_at as line 4",
  ],
  [
    "a reason without a retraction",
    edited("scores.csv", "fine,run-1,,", "fine,run-1,,wrong"),
    "scores.csv:2, retraction_reason: expected retracted_at too",
  ],
  ["a NUL character", edited("scores.csv", "fine", "fi\0ne"), "scores.csv:2, comment: expected text without NUL characters"],
  ["a reference twice", added("references.bib", "@misc{Doe2020, title={Again}}"), "references.bib:7, key: the same key as line 1: Doe2020"],
  [
    "a DOI twice",
    added("references.bib", "@misc{Roe, title={Other}, url={https://doi.org/10.1000/XYZ}}"),
    "references.bib:7, doi: the same DOI as line 1: 10.1000/xyz",
  ],
  [
    "a bad entry before a good one",
    { "references.bib": `@article{Bad,\n title = {never closed\n\n${SMALL["references.bib"]}` },
    "references.bib:",
  ],
  [
    "an unknown column",
    { "layers.csv": "model,region,layer,colour\nalpha,V1,x,red\n" },
    'layers.csv:1, colour: unknown column "colour"; the columns are model, owner, region, layer',
  ],
  [
    "a missing column that is needed",
    { "layers.csv": "model,layer\nalpha,x\n" },
    "layers.csv:1, region: the column is needed, but is missing",
  ],
  ["a column twice", { "layers.csv": "model,region,layer,layer\nalpha,V1,x,y\n" }, "layers.csv:1, layer: the column stands twice"],
  ["a file without a header", { "layers.csv": "" }, "layers.csv:1: expected a line with the names of the columns"],
  ["a row with too few fields", added("layers.csv", "alpha,V4"), "layers.csv:4: expected 3 fields, as in the first line, got 2"],
  ["a quote that is never closed", added("layers.csv", 'alpha,V4,"x'), "layers.csv:4: a field opens with a quote that is never closed"],
  [
    "a file that is not UTF-8",
    { "layers.csv": Buffer.from("model,region,layer\nalpha,V1,caf\xe9\n", "latin1") },
    "layers.csv:2: expected UTF-8",
  ],
];

test.each(CASES)("refuses %s", async (_, files, ...faults) => {
  const found = await faultsOf(smallFolder(files));
  const sorted = (lines: string[]): string[] => [...lines].sort();
  expect(sorted(found)).toEqual(
    sorted(faults).map((fault) => expect.stringMatching(new RegExp(`^${fault.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")}`))),
  );
});

test("a sample that a link leads out of the folder is refused", async () => {
  const folder = smallFolder(added("samples.csv", "leaf-a,2,3,stimuli/link.png"));
  const outside = smallFolder();
  writeFileSync(path.join(outside, "secret.png"), "secret");
  symlinkSync(path.join(outside, "secret.png"), path.join(folder, "stimuli/link.png"));
  expect(await faultsOf(folder)).toEqual(['samples.csv:4, url: expected a file inside the folder, got "stimuli/link.png"']);
});

test("tells the first 50 faults and how many more there are", async () => {
  const found = await faultsOf(
    smallFolder(
      added("scores.csv", ...rows(60, (index) => `alpha,leaf-a,2,x,,,,2021-01-01T00:00:${String(index).padStart(2, "0")}Z,,,,,`)),
    ),
  );
  expect(found).toHaveLength(51);
  expect(found[0]).toMatch(/^scores.csv:5, raw/);
  expect(found.at(-1)).toBe("and 10 more");
});

test("tells the faults of all files at once", async () => {
  const found = await faultsOf(
    smallFolder({
      ...edited("models.csv", "true", "maybe"),
      ...edited("versions.csv", "accuracy,1", "accuracy,x"),
      ...edited("scores.csv", ".4,.5", ".4,x"),
    }),
  );
  expect(found.map((fault) => fault.split(":")[0])).toEqual(["models.csv", "scores.csv", "versions.csv"]);
});

test("counts lines by where a row begins, though fields before it hold line breaks", async () => {
  const found = await faultsOf(smallFolder(added("scores.csv", 'alpha,leaf-a,1,.1,.1,,,,,"two\nlines",,,', "alpha,leaf-b,1,x,,,,,,,,,")));
  expect(found).toEqual(['scores.csv:7, raw: expected a number of at most 1e12 in size, got "x"']);
});
