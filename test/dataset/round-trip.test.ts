import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { type Dataset, type ModelRow, type ScoreRow } from "../../src/dataset/dataset";
import { exportDataset } from "../../src/dataset/export-dataset";
import { importDataset } from "../../src/dataset/import-dataset";
import { writeDataset } from "../../src/dataset/write-dataset";
import { createTestDatabase } from "../support/database";
import { removeFolders, smallFolder } from "./small-folder";

afterAll(removeFolders);

const EMPTY = Object.fromEntries(
  "dataset.json benchmarks.csv versions.csv samples.csv stimuli/2.png accounts.csv models.csv layers.csv submissions.csv scores.csv references.bib"
    .split(" ")
    .map((file) => [file, null]),
);

/** Names with what a scientist, a spreadsheet and a shell may trip over. */
const name = fc
  .string({
    unit: fc.oneof(fc.constantFrom(..."aZ09 ,;=+-@_./:#%{}()[]<>|&$*?!~^"), fc.constantFrom("é", "日", "ﬁ", "😀", "\u0301", "\u200d")),
    minLength: 1,
    maxLength: 12,
  })
  .filter((text) => text.trim() === text && !/.@./.test(text));

const text = fc
  .string({ unit: fc.oneof(fc.constantFrom(..."ab, ;'\"\\\t\n\r=@"), fc.constantFrom("\r\n", "“", "😀", "\ufeff", "#")), maxLength: 20 })
  .map((given) => given || null);

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null, freq: 3 });
const number = fc.double({ min: -1e12, max: 1e12, noNaN: true }).map((value) => value + 0);
const size = fc.double({ min: 0, max: 1e300, noNaN: true });
const whole = fc.nat(1000);
const instant = fc
  .integer({ min: Date.parse("1970-01-01T00:00:00Z"), max: Date.parse("2026-01-01T00:00:00Z") })
  .map((milliseconds) => new Date(milliseconds).toISOString().replace(/\.?0*Z$/, "Z"));

const dataset: fc.Arbitrary<Dataset> = fc
  .record({
    identifiers: fc.uniqueArray(name, { minLength: 3, maxLength: 9 }),
    accounts: fc.uniqueArray(name, { minLength: 2, maxLength: 3 }),
    models: fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
    keys: fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9:._-]{0,8}$/), { maxLength: 3 }),
    submissions: fc.uniqueArray(name, { maxLength: 2 }),
    numbers: fc.infiniteStream(fc.nat()),
    values: fc.infiniteStream(number),
    sizes: fc.infiniteStream(size),
    texts: fc.infiniteStream(text),
    names: fc.infiniteStream(name),
    instants: fc.infiniteStream(instant),
    counts: fc.infiniteStream(maybe(whole)),
    truths: fc.infiniteStream(maybe(fc.boolean())),
    title: name,
    size: fc.nat(25),
  })
  .map(build);

interface Parts {
  identifiers: string[];
  accounts: string[];
  models: string[];
  keys: string[];
  submissions: string[];
  numbers: fc.Stream<number>;
  values: fc.Stream<number>;
  sizes: fc.Stream<number>;
  texts: fc.Stream<string | null>;
  names: fc.Stream<string>;
  instants: fc.Stream<string>;
  counts: fc.Stream<number | null>;
  truths: fc.Stream<boolean | null>;
  title: string;
  size: number;
}

/** A data set of these names: two roots, a tree below them, models of which some share a name, observations of which some are retracted. */
function build(parts: Parts): Dataset {
  const next = <T>(stream: fc.Stream<T>): T => stream.next().value as T;
  const dice = (sides: number): number => next(parts.numbers) % sides;
  const pick = <T>(from: readonly T[]): T => from[dice(from.length)];
  const reference = (): string | null => (parts.keys.length > 0 && dice(2) ? pick(parts.keys) : null);
  const order = (): number => dice(5) - 2;

  const benchmarks = parts.identifiers.map((identifier, index) => ({
    identifier,
    parent: index < 2 ? null : parts.identifiers[dice(index)],
    order: order(),
    visible: dice(4) > 0,
    rank_decimals: dice(3) ? dice(10) : ("exact" as const),
    reference: reference(),
  }));
  const parents = new Set(benchmarks.map(({ parent }) => parent));
  const leaves = parts.identifiers.filter((identifier) => !parents.has(identifier));
  const versions = leaves.flatMap((benchmark) =>
    [1, 2, 11].slice(0, 1 + dice(3)).map((version) => ({
      benchmark,
      version,
      ceiling: next(parts.values),
      ceiling_error: null,
      stimuli_count: next(parts.counts),
      stimuli_megabytes: next(parts.sizes),
      stimuli_notes: next(parts.texts),
      data_public: next(parts.truths),
      metric: next(parts.texts),
    })),
  );
  const samples = versions.flatMap(({ benchmark, version }, index) =>
    dice(2)
      ? [
          { benchmark, version, position: 1, url: `https://example.org/${index}?a=b&c=%20` },
          { benchmark, version, position: 10, url: `stimuli/${index}/ä b.png` },
        ]
      : [],
  );
  const owners = [...parts.accounts, null];
  const models: ModelRow[] = parts.models.flatMap((model, index) => {
    const copies = index === 0 && dice(2) ? owners : [pick(owners)];
    return copies.map((owner, copy) => ({
      name: model,
      public: copy === 0 && dice(3) > 0,
      owner,
      submitted_at: dice(2) ? next(parts.instants) : null,
      reference: reference(),
      group: next(parts.texts),
      layers: next(parts.counts),
      parameters: next(parts.sizes),
      runnable: next(parts.truths),
      notes: next(parts.texts),
    }));
  });
  const submissions = parts.submissions.map((key) => ({ key, owner: pick(parts.accounts), submitted_at: next(parts.instants) }));
  const scores: ScoreRow[] = Array.from({ length: parts.size }, (_, index) => {
    const { name: model, owner } = pick(models);
    const { benchmark, version } = pick(versions);
    const isFailed = dice(4) === 0;
    const isRetracted = dice(4) === 0;
    const ended = dice(5) ? `2021-01-01T00:00:${String(index).padStart(2, "0")}Z` : `2021-01-01T00:00:00.${100 + index}Z`;
    return {
      model,
      owner,
      benchmark,
      version,
      raw: isFailed || dice(4) === 0 ? null : next(parts.values),
      ceiled: isFailed ? null : next(parts.values),
      error: isFailed || dice(2) ? null : Math.abs(next(parts.values)),
      failed: isFailed,
      started_at: dice(3) ? "2020-12-31T23:59:59.5Z" : null,
      // Retracted ones may share a key with others and among themselves.
      ended_at: isRetracted ? "2021-01-01T00:00:00Z" : ended.replace(/0+Z$/, (zeros) => (ended.includes(".") ? "Z" : zeros)),
      comment: next(parts.texts),
      submission: submissions.length > 0 && dice(2) ? pick(submissions).key : null,
      retracted_at: isRetracted ? next(parts.instants) : null,
      retraction_reason: isRetracted ? next(parts.texts) : null,
    };
  });
  return {
    name: parts.title,
    license: next(parts.texts),
    notes: next(parts.texts),
    domain: { slug: "any", name: parts.title, usage: next(parts.texts), references: parts.keys.slice(0, dice(3)) },
    roots: parts.identifiers.slice(0, 2).map((benchmark) => ({ benchmark, raw: dice(2) === 0 })),
    benchmarks,
    versions,
    samples,
    accounts: parts.accounts.map((key) => ({ key, display_name: dice(2) ? next(parts.names) : null })),
    models,
    layers: models.flatMap(({ name: model, owner }) =>
      ["V1", "ﬁ", "😀"].slice(dice(4)).map((region) => ({ model, owner, region, layer: 'a, "b"' })),
    ),
    submissions,
    scores,
    references: parts.keys.map((key, index) => ({ key, bibtex: `@misc{${key},\n  title = {{Work} ${index} “é”},\n\tnote = "a # b"\n}` })),
    files: samples.flatMap(({ url }) => (url.startsWith("stimuli") ? [{ path: url, content: Buffer.from(url) }] : [])),
  };
}

const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
      .map((file) => [file, readFileSync(path.join(folder, file), "base64")]),
  );

test("writing, importing, exporting, importing into an empty database and exporting again gives the same bytes, for any folder", async () => {
  await fc.assert(
    fc.asyncProperty(dataset, async (given) => {
      const folders = [smallFolder(EMPTY), smallFolder(EMPTY), smallFolder(EMPTY)];
      await writeDataset(folders[0], given);
      for (const [from, to] of [folders.slice(0, 2), folders.slice(1)]) {
        const database = await createTestDatabase();
        try {
          await importDataset(database.dataSource, from);
          await exportDataset(database.dataSource, to, { includesPrivate: true });
          expect(await importDataset(database.dataSource, to)).toMatchObject({ written: 0 });
        } finally {
          await database.drop();
        }
      }
      const [first, second, third] = folders.map(filesOf);
      expect(third).toEqual(second);
      expect(second).toEqual(first);
    }),
    { numRuns: 25 },
  );
}, 240_000);
