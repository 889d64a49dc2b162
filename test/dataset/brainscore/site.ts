import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Json } from "../../support/json";

/** Fixtures of the public Brain-Score site, which a user's checkout does not have. */
export const FIXTURES = path.resolve(__dirname, "../../../../shared/data/brain-score-fixtures");

/** An entry of a fixture. NaN is the text "NaN" in it. */
export interface Entry {
  readonly model: string;
  readonly pk?: unknown;
  readonly fields: Readonly<Record<string, Json>>;
}

/** All entries of a folder of fixtures whose model has a name, in the order of the files. */
export const entriesOf = (name: string, folder = FIXTURES): Entry[] =>
  readdirSync(folder)
    .sort()
    .flatMap((file) => JSON.parse(readFileSync(path.join(folder, file), "utf8").replaceAll(/: NaN\b/g, ': "NaN"')) as Entry[])
    .filter(({ model }) => model.toLowerCase() === `benchmarks.${name}`);

/** A small site without a fault: two domains, two owners, an older and a newer kind of metadata. */
export const SITE: Readonly<Record<string, readonly Entry[]>> = {
  users: [
    {
      model: "benchmarks.user",
      pk: 1,
      fields: { email: "ann@example.org", password: "pbkdf2$secret", display_name: "Ann", is_staff: true },
    },
    { model: "benchmarks.user", pk: 2, fields: { email: "bob@example.org", password: "pbkdf2$secret", display_name: "bob@example.org" } },
    { model: "benchmarks.user", pk: 3, fields: { email: "idle@example.org", password: "!", display_name: "Idle" } },
  ],
  references: [
    {
      model: "benchmarks.reference",
      pk: 1,
      fields: { url: "https://a.example.org", author: "Doe", year: 2020, bibtex: "@article{Doe2020,\r\n  title = {A}\r\n}" },
    },
    { model: "benchmarks.reference", pk: 2, fields: { url: "https://b.example.org", author: "Roe et al.", year: 2021, bibtex: "" } },
  ],
  types: [
    { model: "benchmarks.benchmarktype", pk: "engineering_vision", fields: { domain: "vision", parent: null, visible: true, order: 0 } },
    { model: "benchmarks.benchmarktype", pk: "average_vision", fields: { domain: "vision", parent: null, visible: true, order: 1 } },
    { model: "benchmarks.benchmarktype", pk: "V1", fields: { domain: "vision", parent: "average_vision", visible: true, order: 0 } },
    { model: "benchmarks.benchmarktype", pk: "IT", fields: { domain: "vision", parent: "average_vision", visible: true, order: 1 } },
    {
      model: "benchmarks.benchmarktype",
      pk: "lab.V1-pls",
      fields: { domain: "vision", parent: "V1", visible: true, order: 9, reference: 1 },
    },
    {
      model: "benchmarks.benchmarktype",
      pk: "lab.IT-pls",
      fields: { domain: "vision", parent: "IT", visible: true, order: 9, reference: 2 },
    },
    {
      model: "benchmarks.benchmarktype",
      pk: "lab.top1",
      fields: { domain: "vision", parent: "engineering_vision", visible: true, order: 9 },
    },
    { model: "benchmarks.benchmarktype", pk: "average_language", fields: { domain: "language", parent: null, visible: true, order: 0 } },
    {
      model: "benchmarks.benchmarktype",
      pk: "reading",
      fields: { domain: "language", parent: "average_language", visible: true, order: 0 },
    },
  ],
  instances: [
    { model: "benchmarks.benchmarkmeta", pk: 1, fields: { number_of_stimuli: 12, number_of_recording_sites: 3, recording_sites: "V1" } },
    { model: "benchmarks.benchmarkstimulimeta", pk: 7, fields: { num_stimuli: 24, datatype: "image", total_size_mb: 1.5 } },
    {
      model: "benchmarks.benchmarkinstance",
      pk: 1,
      fields: { benchmark_type: "lab.V1-pls", version: 1, ceiling: 0.9, ceiling_error: 0.01, meta: 1 },
    },
    {
      model: "benchmarks.benchmarkinstance",
      pk: 2,
      fields: { benchmark_type: "lab.IT-pls", version: 1, ceiling: 0.8, ceiling_error: null, stimuli_meta: 7 },
    },
    { model: "benchmarks.benchmarkinstance", pk: 3, fields: { benchmark_type: "lab.top1", version: 1, ceiling: 1, ceiling_error: null } },
    { model: "benchmarks.benchmarkinstance", pk: 4, fields: { benchmark_type: "reading", version: 2, ceiling: 0.5, ceiling_error: null } },
  ],
  submissions: [
    { model: "benchmarks.submission", pk: 5, fields: { submitter: 1, timestamp: "2021-01-01T00:00:00Z", status: "successful" } },
  ],
  models: [
    {
      model: "benchmarks.model",
      pk: 1,
      fields: { name: "alpha", owner: 1, public: true, domain: "vision", submission: 5, reference: 1, visual_degrees: 8 },
    },
    {
      model: "benchmarks.model",
      pk: 2,
      fields: { name: "beta", owner: 2, public: false, domain: "vision", submission: null, reference: null, visual_degrees: 8 },
    },
    {
      model: "benchmarks.model",
      pk: 3,
      fields: { name: "gamma", owner: 1, public: true, domain: "language", submission: null, reference: 1, visual_degrees: null },
    },
    {
      model: "benchmarks.modelmeta",
      pk: 1,
      fields: { architecture: "DCNN", total_parameter_count: 61_000_000, brainscore_link: "github.com/a/b", runnable: true },
    },
  ],
  scores: [score(1, 1, 0.4, 0.5), score(1, 2, 0.3, 0.6), score(1, 3, 0.7, 0.7), score(2, 1, 0.1, 0.2), score(3, 4, 0.2, 0.4)],
};

/** A score of the model on the instance with these primary keys. */
export function score(
  model: unknown,
  benchmark: unknown,
  raw: unknown,
  ceiled: unknown,
  more: Readonly<Record<string, unknown>> = {},
): Entry {
  const times = { start_timestamp: "2021-02-01T00:00:00Z", end_timestamp: "2021-02-02T00:00:00Z" };
  return {
    model: "benchmarks.score",
    fields: { model, benchmark, score_raw: raw, score_ceiled: ceiled, error: null, comment: null, ...times, ...more },
  };
}

const made: string[] = [];

/** Makes a folder of files. */
export function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "scoretree-site-"));
  made.push(folder);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  }
  return folder;
}

/** Makes a folder of the small site with some files replaced, written as Python writes NaN. */
export const siteFolder = (files: Readonly<Record<string, readonly Entry[]>> = {}): string =>
  folderOf(
    Object.fromEntries(
      Object.entries({ ...SITE, ...files }).map(([name, entries]) => [
        `${name}.json`,
        JSON.stringify(entries, null, 2).replaceAll(/"(NaN|-?Infinity)"/g, "$1"),
      ]),
    ),
  );

/** Removes every folder that was made. */
export function removeSites(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}
