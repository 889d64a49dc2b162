import { afterAll, afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtempSync } from "node:fs";
import path from "node:path";
import { type BrainscoreReport, importBrainscore } from "../../../src/dataset/brainscore/import-brainscore";
import { readDatabase } from "../../../src/dataset/export-dataset";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { type Entry, folderOf, removeSites, score, SITE, siteFolder } from "./site";

let database: TestDatabase;
beforeEach(async () => (database = await createTestDatabase()));
afterEach(() => database.drop());
afterAll(removeSites);

const NOW = new Date("2026-01-01T00:00:00Z");

const take = (files: Readonly<Record<string, readonly Entry[]>> = {}, domain?: string): Promise<BrainscoreReport> =>
  importBrainscore(database.dataSource, { from: "brainscore-fixtures", at: siteFolder(files), domain }, { now: NOW });

const held = async (domain = "vision") => (await readDatabase(database.dataSource, { domain, includesPrivate: true })).dataset;

/** The observations of the domain as `model benchmark raw ceiled error failed start end`. */
const scoresOf = async (domain?: string) =>
  (await held(domain)).scores.map(({ model, benchmark, raw, ceiled, error, failed, started_at, ended_at }) =>
    [model, benchmark, raw, ceiled, error, failed ? "failed" : "", started_at, ended_at].map((value) => value ?? "").join(" "),
  );

const times = ({ repairs, leftOut }: BrainscoreReport, what: RegExp): number =>
  [...repairs, ...leftOut].filter((told) => what.test(told.what)).reduce((sum, { count }) => sum + count, 0);

/** An entry of the small site with other fields. */
const edited = (file: string, pk: unknown, fields: Readonly<Record<string, unknown>>): Record<string, Entry[]> => ({
  [file]: SITE[file].map((entry) => (entry.pk === pk ? { ...entry, fields: { ...entry.fields, ...fields } } : entry)),
});

const START = "2021-02-01T00:00:00Z";
const END = "2021-02-02T00:00:00Z";

describe("a small site", () => {
  it("comes over whole, each domain as its own, and a second time writes nothing", async () => {
    const report = await take();
    expect(report.leftOut.map(({ what, count }) => `${count} ${what}`)).toEqual([]);
    const { accounts, models, submissions, roots, versions, references, scores } = await held();
    expect(roots).toEqual([
      { benchmark: "average_vision", raw: false },
      { benchmark: "engineering_vision", raw: true },
    ]);
    expect(accounts).toMatchObject([
      { key: "user-1", display_name: "Ann" },
      { key: "user-2", display_name: null },
    ]);
    expect(models).toMatchObject([
      {
        name: "alpha",
        public: true,
        owner: "user-1",
        submitted_at: "2021-01-01T00:00:00Z",
        reference: "Doe2020",
        architecture: "DCNN",
        parameters: 61e6,
        source_url: "https://github.com/a/b",
      },
      { name: "beta", public: false, owner: "user-2", submitted_at: null, reference: null },
    ]);
    expect(submissions).toMatchObject([{ key: "submission-5", owner: "user-1", submitted_at: "2021-01-01T00:00:00Z" }]);
    expect(versions).toMatchObject([
      { benchmark: "lab.V1-pls", ceiling: 0.9, stimuli_count: 12, sites: 3, region: "V1" },
      { benchmark: "lab.IT-pls", ceiling: 0.8, stimuli_count: 24, stimuli_kind: "image", stimuli_megabytes: 1.5, sites: null },
      { benchmark: "lab.top1" },
    ]);
    expect(references).toMatchObject([
      { key: "Doe2020", bibtex: "@article{Doe2020,\n  title = {A}\n}" },
      { key: "Roe2021", bibtex: "@misc{Roe2021,\n  author = {Roe and others},\n  year = {2021},\n  url = {https://b.example.org}\n}" },
    ]);
    expect(scores.map(({ model, submission }) => ({ model, submission }))).toContainEqual({ model: "alpha", submission: "submission-5" });
    expect((await held("language")).references).toMatchObject([{ key: "Doe2020" }]);
    expect((await take()).imports.map(({ written }) => written)).toEqual([0, 0]);
  });

  it("comes over in part with --domain, and the rest later", async () => {
    expect((await take({}, "language")).imports.map(({ domain }) => domain)).toEqual(["language"]);
    await expect(take({}, "motor")).rejects.toThrow('There is no domain in the source (it has vision, language) "motor".');
    const { imports } = await take();
    expect(imports.map(({ domain, written }) => [domain, written > 0])).toEqual([
      ["vision", true],
      ["language", false],
    ]);
  });

  it("leaves the names of a domain that is there as they are", async () => {
    await take();
    await database.dataSource.query(`UPDATE domain SET name = 'Sight', dataset_name = 'ours', revision = 1000 WHERE slug = 'vision'`);
    expect((await take()).imports.map(({ written }) => written)).toEqual([0, 0]);
    expect(await held()).toMatchObject({ name: "ours", domain: { name: "Sight" } });
  });
});

describe("§2 numbers", () => {
  const cases: readonly (readonly [title: string, benchmark: number, raw: unknown, ceiled: unknown, more: object, wanted: string])[] = [
    ["a number is kept", 1, 0.4, 0.5, { error: 0.1 }, `0.4 0.5 0.1  ${START} ${END}`],
    ["a number written as text is read", 1, "0.4", " .5 ", {}, `0.4 0.5   ${START} ${END}`],
    ["NaN fails, without numbers", 1, "NaN", "NaN", { error: 0.1 }, `   failed ${START} ${END}`],
    ["infinity fails", 1, 0.4, "Infinity", {}, `   failed ${START} ${END}`],
    ["what is above 1e12 fails", 1, 0.4, 2e12, {}, `   failed ${START} ${END}`],
    ["NaN under a raw root fails by the raw score", 3, "NaN", 0.5, {}, `   failed ${START} ${END}`],
    ["a raw score counts under a raw root though the ceiled one is NaN", 3, 0.7, "NaN", {}, `0.7    ${START} ${END}`],
    ["a ceiled score counts though the raw one is NaN", 1, "-Infinity", 0.5, {}, ` 0.5   ${START} ${END}`],
    ["NULL with an error in the comment fails", 1, null, null, { comment: "RuntimeError: out of memory" }, `   failed ${START} ${END}`],
    ["NULL without one was not run", 1, null, null, { comment: "queued" }, `    ${START} ${END}`],
    ["NULL beside NaN fails: NaN beats nothing", 1, "NaN", null, {}, `   failed ${START} ${END}`],
    ["NaN as an error is unknown", 1, 0.4, 0.5, { error: "NaN" }, `0.4 0.5   ${START} ${END}`],
    ["an error below zero is unknown", 1, 0.4, 0.5, { error: -1 }, `0.4 0.5   ${START} ${END}`],
    ["an end before its start makes the start unknown", 1, 0.4, 0.5, { start_timestamp: "2021-03-01" }, `0.4 0.5    ${END}`],
    [
      "a time without zone is in UTC",
      1,
      0.4,
      0.5,
      { start_timestamp: "2021-02-01 12:00:00.250" },
      `0.4 0.5   2021-02-01T12:00:00.25Z ${END}`,
    ],
    [
      "a time with a zone is brought to UTC",
      1,
      0.4,
      0.5,
      { start_timestamp: "2021-02-01T12:00:00+02:00" },
      `0.4 0.5   2021-02-01T10:00:00Z ${END}`,
    ],
    ["a time that is none is unknown", 1, 0.4, 0.5, { start_timestamp: "yesterday" }, `0.4 0.5    ${END}`],
    ["unknown times stay so", 1, 0.4, 0.5, { start_timestamp: null, end_timestamp: null }, "0.4 0.5    "],
  ];
  it("are put right, each by its rule", async () => {
    const models = cases.map((_, index): Entry => {
      const fields = { ...SITE.models[0].fields, name: `m${index}`, submission: null };
      return { model: "benchmarks.model", pk: index, fields };
    });
    await take({
      models,
      scores: cases.map(([, benchmark, raw, ceiled, more], index) => score(index, benchmark, raw, ceiled, { ...more })),
    });
    const got = new Map((await scoresOf()).map((line) => [line.split(" ")[0], line]));
    const titled = (lines: readonly (string | undefined)[]): string[] => lines.map((line, index) => `${cases[index][0]}: ${line}`);
    expect(titled(cases.map((_, index) => got.get(`m${index}`)))).toEqual(
      titled(cases.map(([, benchmark, , , , wanted], index) => `m${index} ${benchmark === 3 ? "lab.top1" : "lab.V1-pls"} ${wanted}`)),
    );
  });

  it("leaves out what is no number and what ends in the future", async () => {
    const report = await take({
      scores: [score(1, 1, "much", 0.5), score(1, 2, 0.4, true), score(2, 1, 0.4, 0.5, { end_timestamp: "2026-01-01T00:00:01Z" })],
    });
    expect(await scoresOf()).toEqual([]);
    expect(times(report, /a score that is no number/)).toBe(2);
    expect(times(report, /ends in the future/)).toBe(1);
  });

  it("keeps the winner of several scores with one key: numbers beat NaN beat nothing, then the higher raw score", async () => {
    const report = await take({
      scores: [
        ...[score(1, 1, null, null), score(1, 1, "NaN", "NaN"), score(1, 1, 0.3, 0.6), score(1, 1, 0.4, 0.5), score(1, 1, 0.1, 0.9)],
        ...[score(1, 2, "NaN", "NaN"), score(1, 2, null, null)],
        ...[score(1, 3, null, 0.9), score(1, 3, 0.2, null)],
      ],
    });
    expect(await scoresOf()).toEqual([
      `alpha lab.V1-pls 0.4 0.5   ${START} ${END}`,
      `alpha lab.IT-pls    failed ${START} ${END}`,
      `alpha lab.top1 0.2    ${START} ${END}`,
    ]);
    expect(times(report, /counts rather/)).toBe(6);
  });

  it("reads NaN as a ceiling or its error as unknown", async () => {
    const report = await take(edited("instances", 1, { ceiling: "NaN", ceiling_error: "-Infinity" }));
    expect((await held()).versions[0]).toMatchObject({ ceiling: null, ceiling_error: null });
    expect(times(report, /of ceiling.* that is NaN or infinite/)).toBe(2);
  });
});

describe("models", () => {
  it("that are of no domain are of vision; truth may be text", async () => {
    const bare = SITE.models.map(({ fields: { domain, ...fields }, ...entry }) => ({
      ...entry,
      fields: {
        ...fields,
        ...(domain === "language" ? { domain } : {}),
        ...("public" in fields ? { public: fields.public ? "True" : "0" } : {}),
      },
    }));
    const report = await take({ models: bare });
    expect((await held()).models.map(({ name, public: isPublic }) => [name, isPublic])).toEqual([
      ["alpha", true],
      ["beta", false],
    ]);
    expect(times(report, /no domain: vision/)).toBe(2);
    expect(times(report, /true or false written as text/)).toBe(3);
  });

  it("§10 that are not said to be public are private", async () => {
    const report = await take(edited("models", 1, { public: "perhaps" }));
    expect((await held()).models[0]).toMatchObject({ name: "alpha", public: false });
    expect(times(report, /not said whether it is public/)).toBe(1);
  });

  it("§10 of one public name: the later one is private; of one name and owner: the later one is left out with its scores", async () => {
    const model = (pk: number, owner: number, isPublic: boolean): Entry => ({
      model: "benchmarks.model",
      pk,
      fields: { ...SITE.models[0].fields, owner, public: isPublic, submission: null },
    });
    const report = await take({
      models: [model(1, 1, true), model(2, 2, true), model(3, 2, false)],
      scores: [score(1, 1, 0.1, 0.1), score(2, 1, 0.2, 0.2), score(3, 1, 0.3, 0.3)],
    });
    const { models, scores } = await held();
    expect(models.map(({ name, owner, public: isPublic }) => [name, owner, isPublic])).toEqual([
      ["alpha", "user-1", true],
      ["alpha", "user-2", false],
    ]);
    expect(scores.map(({ owner, raw }) => [owner, raw])).toEqual([
      ["user-1", 0.1],
      ["user-2", 0.2],
    ]);
    expect(times(report, /whose name another public model has: private/)).toBe(1);
    expect(times(report, /whose owner has another of its name/)).toBe(1);
    expect(times(report, /a score of a model that is not there or was left out/)).toBe(1);
  });

  it("lose what does not fit, and are left out with a name that could stand nowhere", async () => {
    const report = await take({
      models: [
        ...edited("models", 1, { name: " alpha ", visual_degrees: 8.5, competition: "a\u0000b" }).models,
        { model: "benchmarks.model", pk: 9, fields: { ...SITE.models[0].fields, name: 'say "x"', submission: null } },
      ],
    });
    expect((await held()).models.map(({ name, visual_degrees, competition }) => [name, visual_degrees, competition])).toEqual([
      ["alpha", null, null],
      ["beta", 8, null],
    ]);
    expect(times(report, /a value of visual_degrees that is not a whole number/)).toBe(1);
    expect(times(report, /a value of competition that is not text without NUL/)).toBe(1);
    expect(times(report, /spaces at its edges/)).toBe(1);
    expect(times(report, /a model whose name is not/)).toBe(1);
  });

  it("tell who owns them by e-mail address, in whatever case, without keeping it", async () => {
    const report = await take({
      ...edited("models", 1, { owner: ["ANN@example.org"], submission_id: 5 }),
      scores: [{ ...score(["alpha", "ann@example.org"], ["lab.V1-pls", 1], 0.4, 0.5) }, score(["gamma"], ["reading", "2"], 0.2, 0.4)],
    });
    expect((await held()).models[0]).toMatchObject({ owner: "user-1" });
    expect(await scoresOf()).toHaveLength(1);
    expect(await scoresOf("language")).toHaveLength(1);
    expect(JSON.stringify(report)).not.toMatch(/@example/i);
  });

  it("keep submissions of their own account only; of another's the time alone", async () => {
    const report = await take(edited("submissions", 5, { submitter: 2 }));
    const { models, submissions, scores } = await held();
    expect(models[0].submitted_at).toBe("2021-01-01T00:00:00Z");
    expect([submissions, scores.flatMap(({ submission }) => submission ?? [])]).toEqual([[], []]);
    expect(times(report, /a submission of another account/)).toBe(1);
  });
});

describe("references", () => {
  const reference = (pk: number, bibtex: string, more: object = {}): Entry => ({
    model: "benchmarks.reference",
    pk,
    fields: { url: `https://example.org/${pk}`, author: "Doe", year: "2020", bibtex, ...more },
  });

  it("of one work are merged; different works under one key get a and b", async () => {
    const report = await take({
      references: [
        reference(1, "@article{Doe2020, title={A}, doi={10.1000/a}}"),
        reference(2, "@article{Doe2020, title={B}, doi={10.1000/b}}"),
        reference(3, "@article{other, title={A again}, doi={https://doi.org/10.1000/A}}"),
      ],
      ...edited("types", "lab.top1", { reference: 3 }),
      types: SITE.types.map((type) =>
        ({ "lab.V1-pls": 1, "lab.IT-pls": 2, "lab.top1": 3 })[type.pk as string]
          ? { ...type, fields: { ...type.fields, reference: { "lab.V1-pls": 1, "lab.IT-pls": 2, "lab.top1": 3 }[type.pk as string] } }
          : type,
      ),
    });
    const { references, benchmarks } = await held();
    expect(references.map(({ key }) => key)).toEqual(["Doe2020a", "Doe2020b"]);
    expect(references[1].bibtex).toBe("@article{Doe2020b, title={B}, doi={10.1000/b}}");
    expect(benchmarks.flatMap(({ identifier, reference: key }) => (key ? `${identifier} ${key}` : [])).sort()).toEqual([
      "lab.IT-pls Doe2020b",
      "lab.V1-pls Doe2020a",
      "lab.top1 Doe2020a",
    ]);
    expect(times(report, /merged/)).toBe(1);
    expect(times(report, /told apart/)).toBe(2);
  });

  it("with BibTeX that cannot be read become @misc, and unknown ones are told", async () => {
    const report = await take({
      references: [reference(1, "@article{Doe2020, title={A", { author: "Müller {and} Söhne", year: 2019 }), reference(9, "")],
    });
    expect((await held()).references.map(({ bibtex }) => bibtex)).toEqual([
      "@misc{Müller2019,\n  author = {Müller and Söhne},\n  year = {2019},\n  url = {https://example.org/1}\n}",
    ]);
    expect(times(report, /@misc/)).toBe(2);
    expect(times(report, /a reference that is not there: the benchmark cites none/)).toBe(1);
    expect(times(report, /no benchmark and no model cites/)).toBe(1);
  });
});

describe("layers in comments", () => {
  const layersOf = async () => (await held()).layers.map(({ model, region, layer }) => `${model} ${region} ${layer}`);

  it("become layers; the later benchmark in tree order wins, whatever the order of the scores", async () => {
    await take({
      scores: [
        score(1, 2, 0.4, 0.5, { comment: "layers: {'V1': 'late', 'IT': ['a', 'b']}" }),
        score(1, 1, 0.4, 0.5, { comment: "layers: {'V1': 'early', \"V2\": u'only\\u0061', 'V4': None}" }),
      ],
    });
    expect(await layersOf()).toEqual(["alpha IT a, b", "alpha V1 late", "alpha V2 onlya"]);
  });

  it("that are malformed are told and are not fatal", async () => {
    const malformed: readonly (readonly [comment: string, told: string])[] = [
      ["layers: {'V1': 'conv", "expected a closing ' at character"],
      ["layers: __import__('os').system('true')", "expected a literal at character"],
      ["layers: {'V1': open('x')}", "expected a literal at character"],
      ["layers: ['V1']", "expected a dict of regions and layers"],
      ["layers: {1: 'conv'}", "expected a name of a region"],
      ["layers: {'V1': {}}", "expected a name of a region"],
      ["layers: {'V1': 'conv'} and more", "expected the end at character"],
      [`layers: ${"{'V1': ".repeat(5_000)}`, "expected at most 8 literals in one another"],
    ];
    for (const [index, [comment, wanted]] of malformed.entries()) {
      const end_timestamp = `2021-03-0${index + 1}T00:00:00Z`;
      const report = await take({ scores: [score(1, 1, 0.4, 0.5, { comment, end_timestamp })] });
      const [told] = report.leftOut.filter(({ what }) => what === "layers in a comment that cannot be read");
      expect(told).toMatchObject({ count: 1, examples: [{ where: expect.stringMatching(/^scores\.json:\d+$/) }] });
      expect(told.examples[0].got).toContain(wanted);
    }
    expect(await layersOf()).toEqual([]);
    expect((await held()).scores.map(({ comment }) => comment)).toEqual(malformed.map(([comment]) => comment));
  });
});

describe("the tree", () => {
  it("takes Django's defaults where a fixture says nothing, and those of a folder where no entry does", async () => {
    const bare = (drop: readonly string[]): Entry[] =>
      SITE.types.map(({ fields, ...entry }) => ({
        ...entry,
        fields: Object.fromEntries(
          Object.entries(fields).filter(([name]) => !drop.includes(name) || (name === "visible" && entry.pk === "V1")),
        ),
      }));
    await take({ types: bare(["visible"]) });
    const visible = async () => Object.fromEntries((await held()).benchmarks.map((row) => [row.identifier, row.visible]));
    expect(await visible()).toMatchObject({ V1: true, IT: false });
  });

  it("leaves out versions of parents, of nothing, below 1 and twice, and scores on them", async () => {
    const instance = (pk: number, benchmark_type: string, version: unknown): Entry => ({
      model: "benchmarks.benchmarkinstance",
      pk,
      fields: { benchmark_type, version, ceiling: 1, ceiling_error: null },
    });
    const report = await take({
      instances: [
        ...SITE.instances,
        instance(11, "V1", 1),
        instance(12, "nothing", 1),
        instance(13, "lab.top1", 0),
        instance(14, "lab.top1", 1),
      ],
      scores: [...SITE.scores, score(1, 11, 0.1, 0.1), score(1, 99, 0.1, 0.1), score(3, 1, 0.2, 0.2)],
    });
    expect((await held()).versions).toHaveLength(3);
    expect(times(report, /a version of a parent/)).toBe(1);
    expect(times(report, /a version of a benchmark that is not there/)).toBe(1);
    expect(times(report, /a version whose version is not/)).toBe(1);
    expect(times(report, /a version that stands twice/)).toBe(1);
    expect(times(report, /a score of a version that is not there or was left out/)).toBe(2);
    expect(times(report, /another domain than the benchmark's/)).toBe(1);
  });

  it("makes the root that is named average_* the global one, and engineering ones raw, whatever their order", async () => {
    const { domains } = await take();
    expect(domains).toMatchObject([
      { domain: "vision", globalRoot: "average_vision", rawRoots: ["engineering_vision"] },
      { domain: "language", globalRoot: "average_language", rawRoots: [] },
    ]);
    expect((await held()).benchmarks.find(({ identifier }) => identifier === "average_vision")).toMatchObject({ rank_decimals: 2 });
  });
});

describe("all domains or none", () => {
  it("writes nothing at all if one domain has a fault", async () => {
    const fault = take(edited("types", "reading", { parent: "average_speech" }));
    await expect(fault).rejects.toThrow(/types\.json:\d+, parent: expected a benchmark that is known, got "average_speech"/);
    expect((await database.dataSource.query("SELECT count(*) AS n FROM domain"))[0].n).toBe(0);
  });

  it("refuses a score that the database has with other numbers, and says where it stands", async () => {
    await take();
    const scores = [score(1, 1, 0.45, 0.5), ...SITE.scores.slice(1)];
    await expect(take({ scores })).rejects.toThrow(/scores\.json:2, raw: the database has this observation with other numbers/);
  });
});

it("a folder without fixtures, and one that is not there, are faults", async () => {
  const read = (at: string) => importBrainscore(database.dataSource, { from: "brainscore-fixtures", at });
  await expect(read(folderOf({ "notes.txt": "" }))).rejects.toThrow("expected Django fixtures: files that end in .json");
  await expect(read(path.join(mkdtempSync("/tmp/scoretree-none-"), "none"))).rejects.toThrow("expected a folder of fixtures: ENOENT");
  await expect(read(folderOf({ "x.json": "[]" }))).rejects.toThrow("expected benchmarks in the source");
});
