import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Dataset } from "../../src/dataset/dataset";
import { writeDataset } from "../../src/dataset/write-dataset";

const dataset: Dataset = {
  name: "small",
  domain: { slug: "vision", name: "Vision", usage: 'load("{name}")' },
  roots: [{ benchmark: "root" }, { benchmark: "aside", raw: true }],
  benchmarks: [
    { identifier: "aside" },
    { identifier: "b", parent: "root", order: 2, rank_decimals: "exact" },
    { identifier: "😀", parent: "a", visible: false },
    { identifier: "ﬁ", parent: "a" },
    { identifier: "a", parent: "root", order: 2 },
    { identifier: "z", parent: "root", order: -1 },
    { identifier: "root", reference: "A2020" },
  ],
  versions: [
    { benchmark: "z", version: 10 },
    { benchmark: "z", version: 2, ceiling: 0.1 + 0.2, ceiling_error: 1e-7 },
  ],
  samples: [],
  accounts: [{ key: "lab", display_name: 'The "Lab"' }],
  models: [
    { name: "m", public: true, owner: "lab", parameters: 1e21 },
    { name: "m", public: false },
  ],
  layers: [{ model: "m", owner: "lab", region: "V1", layer: "block,1" }],
  submissions: [],
  scores: [
    { model: "m", benchmark: "z", version: 2, raw: -0, started_at: "2021-01-01T00:00:00Z" },
    { model: "m", benchmark: "z", version: 2, failed: true, comment: "two\nlines\r\n" },
  ],
  references: [
    { key: "B", bibtex: "@misc{B,\r\n title={B}}" },
    { key: "A", bibtex: "@misc{A}" },
  ],
  files: [{ path: "stimuli/z/1.png", content: Buffer.from([0, 255]) }],
};

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "dataset-"))));
afterEach(() => rmSync(folder, { recursive: true }));
const textOf = (file: string): string => readFileSync(path.join(folder, file), "utf8");

test("writes every file of a folder with all columns", async () => {
  await writeDataset(folder, dataset);
  expect(readdirSync(folder).sort()).toEqual(
    "accounts.csv benchmarks.csv dataset.json layers.csv models.csv references.bib samples.csv scores.csv stimuli submissions.csv versions.csv".split(
      " ",
    ),
  );
  expect(textOf("samples.csv")).toBe("benchmark,version,position,url\n");
  expect(readFileSync(path.join(folder, "stimuli/z/1.png"))).toEqual(Buffer.from([0, 255]));
});

test("writes benchmarks in tree order, siblings by order and code point", async () => {
  await writeDataset(folder, dataset);
  expect(textOf("benchmarks.csv")).toBe(`identifier,parent,order,visible,rank_decimals,reference
root,,0,true,3,A2020
z,root,-1,true,3,
a,root,2,true,3,
ﬁ,a,0,true,3,
😀,a,0,false,3,
b,root,2,true,exact,
aside,,0,true,3,
`);
});

test("writes numbers as ECMAScript prints them, and versions by size", async () => {
  await writeDataset(folder, dataset);
  expect(textOf("versions.csv")).toContain(`\nz,2,0.30000000000000004,1e-7,,${",".repeat(18)}\nz,10,,`);
  expect(textOf("models.csv")).toContain(",1e+21,");
});

test("writes an owner column into layers.csv and scores.csv only where a model's name stands twice", async () => {
  await writeDataset(folder, dataset);
  expect(textOf("layers.csv")).toBe('model,owner,region,layer\nm,lab,V1,"block,1"\n');
  expect(textOf("scores.csv").split("\n", 1)[0]).toMatch(/^model,owner,benchmark/);
  await writeDataset(folder, { ...dataset, models: dataset.models.slice(0, 1) });
  expect(textOf("layers.csv")).toBe('model,region,layer\nm,V1,"block,1"\n');
});

test("quotes what RFC 4180 asks to quote, and keeps lines in a field as they are", async () => {
  await writeDataset(folder, dataset);
  expect(textOf("accounts.csv")).toBe('key,display_name\nlab,"The ""Lab"""\n');
  expect(textOf("scores.csv")).toContain(',,,,true,,,"two\nlines\r\n",,,\nm,,z,2,0,,,false,2021-01-01T00:00:00Z,,,,,\n');
});

test("writes references in stored order with LF, a blank line between them", async () => {
  await writeDataset(folder, dataset);
  expect(textOf("references.bib")).toBe("@misc{B,\n title={B}}\n\n@misc{A}\n");
});

test("writes dataset.json with two spaces and a newline at the end", async () => {
  await writeDataset(folder, dataset);
  expect(textOf("dataset.json")).toBe(
    `${JSON.stringify(
      {
        format: "scoretree/1",
        name: "small",
        license: null,
        notes: null,
        domain: { slug: "vision", name: "Vision", usage: 'load("{name}")', references: [] },
        roots: [
          { benchmark: "root", raw: false },
          { benchmark: "aside", raw: true },
        ],
      },
      null,
      2,
    )}\n`,
  );
});
