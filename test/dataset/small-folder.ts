import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A small data set without a fault: `alpha` has a score on `leaf-a`. */
export const SMALL: Readonly<Record<string, string>> = {
  "dataset.json": JSON.stringify(
    {
      format: "scoretree/1",
      name: "small",
      license: "CC0-1.0",
      notes: "made for tests",
      domain: { slug: "vision", name: "Vision", usage: "load('{name}')", references: ["Doe2020"] },
      roots: [{ benchmark: "average" }, { benchmark: "engineering", raw: true }],
    },
    null,
    2,
  ),
  "benchmarks.csv": `identifier,parent,order,visible,rank_decimals,reference
average,,0,true,2,
V1,average,0,true,,
leaf-a,V1,0,true,,Doe2020
leaf-b,V1,1,true,exact,
engineering,,0,true,,
accuracy,engineering,0,,,
`,
  "versions.csv": `benchmark,version,ceiling,ceiling_error,region
leaf-a,1,.9,.01,V1
leaf-a,2,.8,,V1
leaf-b,1,,,
accuracy,1,,,
`,
  "samples.csv": `benchmark,version,position,url
leaf-a,2,1,https://example.org/1.png
leaf-a,2,2,stimuli/2.png
`,
  "stimuli/2.png": "not really a picture",
  "accounts.csv": `key,display_name
lab,The Lab
`,
  "models.csv": `name,public,owner,submitted_at,reference,visual_degrees,parameters
alpha,true,lab,2021-02-03T04:05:06Z,Doe2020,8,1e6
beta,false,lab,2021-03-03T04:05:06Z,,,
`,
  "layers.csv": `model,region,layer
alpha,V1,block1
alpha,IT,block4
`,
  "submissions.csv": `key,owner,submitted_at
run-1,lab,2021-02-03T04:05:06Z
`,
  "scores.csv": `model,benchmark,version,raw,ceiled,error,failed,started_at,ended_at,comment,submission,retracted_at,retraction_reason
alpha,leaf-a,2,.4,.5,.01,false,2021-03-01T00:00:00Z,2021-03-02T00:00:00Z,fine,run-1,,
alpha,leaf-b,1,,,,true,2021-03-01T00:00:00Z,2021-03-02T00:00:00Z,out of memory,,,
beta,leaf-a,1,.3,.4,,,,,,,,
`,
  "references.bib": `@article{Doe2020,
  author = {Doe, Jane},
  title = {A work},
  year = {2020},
  doi = {10.1000/xyz}
}
`,
};

const made: string[] = [];

/** Makes a folder of the small data set with some files replaced; null leaves one out. */
export function smallFolder(files: Readonly<Record<string, string | Buffer | null>> = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), "scoretree-dataset-"));
  made.push(folder);
  for (const [file, content] of Object.entries({ ...SMALL, ...files })) {
    if (content === null) continue;
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  }
  return folder;
}

/** The text of a file of the small data set with a part replaced, which must be there. */
export function edited(file: string, part: string, instead: string): Record<string, string> {
  if (!SMALL[file].includes(part)) throw new Error(`${file} does not contain ${part}`);
  return { [file]: SMALL[file].replace(part, () => instead) };
}

/** The text of a file of the small data set with lines added. */
export const added = (file: string, ...lines: string[]): Record<string, string> => ({
  [file]: `${SMALL[file]}${lines.map((line) => `${line}\n`).join("")}`,
});

/** Removes every folder that was made. */
export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}
