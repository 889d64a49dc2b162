import { writeFileSync } from "node:fs";
import path from "node:path";
import { appendFacts } from "../../src/database/append-facts";
import { importDataset, type ImportReport } from "../../src/dataset/import-dataset";
import { readDatabase } from "../../src/dataset/export-dataset";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { seed } from "../support/seed";
import { added, edited, removeFolders, SMALL, smallFolder } from "./small-folder";

let database: TestDatabase;
beforeEach(async () => (database = await createTestDatabase()));
afterEach(() => database.drop());
afterAll(removeFolders);

type Files = Parameters<typeof smallFolder>[0];
const load = (files: Files = {}, options = {}): Promise<ImportReport> => importDataset(database.dataSource, smallFolder(files), options);
const sql = <T>(text: string): Promise<T[]> => database.dataSource.query(text);
const content = async () => (await readDatabase(database.dataSource, { includesPrivate: true })).dataset;
const revision = async (): Promise<number> => (await sql<{ last_revision: number }>("SELECT last_revision FROM ledger"))[0].last_revision;
const SCORES = "model,benchmark,version,raw,ceiled,error,failed,started_at,ended_at,comment,submission,retracted_at,retraction_reason\n";
const touched = ({ tables }: ImportReport) =>
  Object.fromEntries(
    tables.filter((each) => each.added + each.changed > 0).map(({ table, added, changed }) => [table, { added, changed }]),
  );

test("adds everything of a folder, one revision a fact", async () => {
  const report = await load();
  expect(touched(report)).toEqual({
    domain: { added: 1, changed: 0 },
    account: { added: 1, changed: 0 },
    reference: { added: 1, changed: 0 },
    benchmark: { added: 6, changed: 0 },
    benchmark_version: { added: 4, changed: 0 },
    sample_file: { added: 1, changed: 0 },
    model: { added: 2, changed: 0 },
    submission: { added: 1, changed: 0 },
    observation: { added: 3, changed: 0 },
  });
  expect(report).toMatchObject({ domain: "vision", written: 20, revision: 20 });
});

test("importing the same folder a second time writes nothing", async () => {
  await load();
  expect(await load()).toMatchObject({ written: 0, revision: 20 });
});

test("a dry run tells what would change and writes nothing", async () => {
  expect(touched(await load({}, { dryRun: true }))).toMatchObject({ model: { added: 2, changed: 0 } });
  expect(await revision()).toBe(0);
  expect(await sql("SELECT FROM domain")).toEqual([]);
  await expect(load(edited("scores.csv", ".4,.5", ".4,x"), { dryRun: true })).rejects.toMatchObject({ code: "DATA_SET" });
});

test("a folder with a fault writes nothing", async () => {
  await expect(load(added("scores.csv", "gamma,leaf-a,1,.1,.1,,,,,,,,"))).rejects.toMatchObject({ code: "DATA_SET" });
  expect(await revision()).toBe(0);
});

test("changes what is other, leaves the rest alone and keeps what was there before (§9)", async () => {
  await load();
  const report = await load({
    ...edited("benchmarks.csv", "V1,average,0,true,,", "V1,average,3,false,exact,"),
    ...edited("versions.csv", ".8,,V1", ".85,,V1"),
    ...edited("accounts.csv", "The Lab", "Another Lab"),
    ...edited("models.csv", "Doe2020,8,1e6", "Doe2020,,2e6"),
    ...edited("layers.csv", "block4", "block5"),
    ...edited("samples.csv", "1.png\n", "one.png\n"),
    ...edited("references.bib", "A work", "The work"),
    ...edited("dataset.json", "CC0-1.0", "CC-BY-4.0"),
    "stimuli/2.png": "another picture",
  });
  expect(report.tables.map(({ added }) => added)).toEqual(report.tables.map(() => 0));
  expect(touched(report)).toMatchObject({
    domain: { changed: 1 },
    benchmark: { changed: 1 },
    benchmark_version: { changed: 1 },
    model: { changed: 1 },
  });
  expect(report.written).toBe(7);
  const { benchmarks, models, layers, samples, files, license } = await content();
  expect(benchmarks.find(({ identifier }) => identifier === "V1")).toMatchObject({ order: 3, visible: false, rank_decimals: "exact" });
  expect(models.find(({ name }) => name === "alpha")).toMatchObject({ visual_degrees: null, parameters: 2e6, reference: "Doe2020" });
  expect(layers.map(({ region, layer }) => [region, layer])).toEqual([
    ["IT", "block5"],
    ["V1", "block1"],
  ]);
  expect(samples.map(({ url }) => url)).toEqual(["https://example.org/one.png", "stimuli/2.png"]);
  expect(files.map((file) => file.content.toString())).toEqual(["another picture"]);
  expect(license).toBe("CC-BY-4.0");
  expect(await sql("SELECT table_name FROM earlier_content WHERE table_name = 'model'")).toHaveLength(1);
});

test("a missing column leaves values alone, an empty field makes them unknown", async () => {
  await load();
  await load({ "models.csv": "name,public,visual_degrees\nalpha,true,\nbeta,false,4\n" });
  const { models } = await content();
  expect(
    models.map(({ name, owner, visual_degrees, parameters, reference }) => ({ name, owner, visual_degrees, parameters, reference })),
  ).toEqual([
    { name: "alpha", owner: "lab", visual_degrees: null, parameters: 1e6, reference: "Doe2020" },
    { name: "beta", owner: "lab", visual_degrees: 4, parameters: null, reference: null },
  ]);
});

test("what a folder does not mention is left alone, and may be spoken of", async () => {
  await load();
  const before = await content();
  const report = await load({
    "dataset.json": SMALL["dataset.json"].replace(/"license".*\n.*"notes".*\n/, ""),
    "benchmarks.csv": "identifier,parent\nleaf-c,V1\n",
    "versions.csv": "benchmark,version\nleaf-c,1\n",
    "samples.csv": "benchmark,version,position,url\nleaf-a,1,1,https://example.org/old.png\n",
    "accounts.csv": null,
    "models.csv": null,
    "layers.csv": "model,region,layer\nbeta,V4,x\n",
    "submissions.csv": null,
    "scores.csv": `${SCORES}alpha,leaf-c,1,.1,.2,,,,,,run-1,,\nbeta,leaf-b,1,.1,.2,,,,,,,,\n`,
    "references.bib": null,
  });
  expect(touched(report)).toEqual({
    benchmark: { added: 1, changed: 0 },
    benchmark_version: { added: 1, changed: 1 },
    model: { added: 0, changed: 1 },
    observation: { added: 2, changed: 0 },
  });
  const after = await content();
  expect(after.scores).toHaveLength(5);
  expect(after.license).toBe("CC0-1.0");
  expect(after.models).toMatchObject(before.models.map(({ name, owner }) => ({ name, owner })));
});

test("the same observation with other numbers is a fault that says what to do", async () => {
  await load();
  await expect(load(edited("scores.csv", ".4,.5", ".4,.6"))).rejects.toThrow(
    /scores.csv:2, raw: the database has this observation with other numbers \(raw 0.4, ceiled 0.5, error 0.01; here raw 0.4, ceiled 0.6, error 0.01\): retract it and add the new one/,
  );
  await expect(load(edited("scores.csv", ",,,,true", ",,,,false"))).rejects.toThrow(
    /scores.csv:3, raw: .*other numbers \(failed; here raw unknown/,
  );
});

test("a retraction is added, and the new numbers under the same key", async () => {
  await load();
  const old = "alpha,leaf-a,2,.4,.5,.01,false,2021-03-01T00:00:00Z,2021-03-02T00:00:00Z,fine,run-1,";
  const retracted = edited("scores.csv", `${old},`, `${old}2021-04-01T00:00:00Z,wrong\n${old.replace(".5", ".6")},`);
  const report = await load(retracted);
  expect(touched(report)).toEqual({ observation: { added: 1, changed: 1 } });
  expect(report.retracted).toBe(1);
  expect(await load(retracted)).toMatchObject({ written: 0 });
  expect(await sql("SELECT ceiled, retraction_reason FROM observation WHERE raw = .4 ORDER BY ceiled")).toEqual([
    { ceiled: 0.5, retraction_reason: "wrong" },
    { ceiled: 0.6, retraction_reason: null },
  ]);
});

test("a retraction is added once: another one is a fault", async () => {
  const at = (instant: string): Record<string, string> => edited("scores.csv", "fine,run-1,,", `fine,run-1,${instant},wrong`);
  await load();
  await load(at("2021-04-01T00:00:00Z"));
  await expect(load(at("2021-05-01T00:00:00Z"))).rejects.toThrow(
    /scores.csv:2, retracted_at: the database has this observation as retracted at 2021-04-01T00:00:00Z; a retraction is added once and stays/,
  );
});

test("an old folder does not bring a retracted observation back", async () => {
  await load();
  await load(edited("scores.csv", "fine,run-1,,", "fine,run-1,2021-04-01T00:00:00Z,"));
  const report = await load();
  expect(report).toMatchObject({ written: 0, leftRetracted: 1 });
});

test("a folder that has an observation twice, retracted and not, counts it again", async () => {
  await load();
  const line = "alpha,leaf-a,2,.4,.5,.01,false,2021-03-01T00:00:00Z,2021-03-02T00:00:00Z,fine,run-1,";
  const twice = edited("scores.csv", `${line},`, `${line}2021-04-01T00:00:00Z,\n${line},`);
  await load(edited("scores.csv", "fine,run-1,,", "fine,run-1,2021-04-01T00:00:00Z,"));
  expect(touched(await load(twice))).toEqual({ observation: { added: 1, changed: 0 } });
  expect(await load(twice)).toMatchObject({ written: 0 });
});

test("a comment and a submission may be changed", async () => {
  await load();
  expect(touched(await load(edited("scores.csv", "fine,run-1", "very fine,")))).toEqual({ observation: { added: 0, changed: 1 } });
  expect((await content()).scores[0]).toMatchObject({ comment: "very fine", submission: null });
});

test("publishing onto a taken public name is a fault (§10)", async () => {
  await load();
  await expect(
    load({ ...added("models.csv", "alpha,true,other,,,,"), "accounts.csv": null, "layers.csv": null, "scores.csv": null }),
  ).rejects.toThrow(/models.csv:4, public: the public name "alpha" is taken by a model of lab/);
  const alone = { "accounts.csv": null, "layers.csv": null, "scores.csv": null, "samples.csv": null };
  await expect(load({ ...alone, "models.csv": "name,public,owner\nalpha,true,other\n" })).rejects.toThrow(
    /models.csv:2, public: .* is taken/,
  );
});

test("a model in a release cannot be made private again (§10)", async () => {
  await load();
  const hidden = edited("models.csv", "alpha,true", "alpha,false");
  expect(touched(await load(hidden))).toEqual({ model: { added: 0, changed: 1 } });
  await load();
  await database.dataSource.query(
    `INSERT INTO release (id, revision, domain_pk, name, at_revision, at_public_revision, created_at, checksum)
     SELECT 'release', last_revision + 1, domain.pk, 'v1', last_revision, 0, now(), 'sha256:' || repeat('0', 64) FROM ledger, domain`,
  );
  await expect(load(hidden)).rejects.toThrow(
    /models.csv:2, public: expected true: a release has "alpha", which cannot be made private again/,
  );
  expect(await load()).toMatchObject({ written: 0 });
});

test("two owners may have a model of one name, and a public name may go from one to the other", async () => {
  const files = {
    "accounts.csv": null,
    "layers.csv": null,
    "models.csv": "name,public,owner\ntwin,true,a\ntwin,false,b\n",
    "scores.csv": "model,owner,benchmark,version,raw,ceiled\ntwin,a,leaf-a,1,.1,.2\ntwin,b,leaf-a,1,.3,.4\n",
  };
  await load(files);
  const ambiguous = files["scores.csv"].replace("owner,", "").replaceAll(/twin,[ab]/g, "twin");
  await expect(load({ ...files, "scores.csv": ambiguous })).rejects.toThrow(
    /scores.csv:2, model: expected the owner too, as the name "twin" stands twice/,
  );
  await load({ ...files, "models.csv": "name,public,owner\ntwin,false,a\ntwin,true,b\n" });
  expect((await content()).models.map(({ owner, public: isPublic }) => [owner, isPublic])).toEqual([
    ["a", false],
    ["b", true],
  ]);
});

test("a cycle that arises only by merging is a fault", async () => {
  await load(added("benchmarks.csv", "V2,V1,9,true,,"));
  await expect(load({ "benchmarks.csv": "identifier,parent\nV1,V2\n", ...onlyTree })).rejects.toThrow(
    /benchmarks.csv:2, parent: the parents form a cycle: V1 → V2 → V1/,
  );
});

test("a parent whose versions only the database has is a fault", async () => {
  await load();
  await expect(load({ ...onlyTree, "benchmarks.csv": "identifier,parent\nbelow,leaf-b\n" })).rejects.toThrow(
    /benchmarks.csv:2, parent: expected a parent without versions; the database has versions of "leaf-b"/,
  );
});

test("a DOI that another reference of the database has is a fault", async () => {
  await load();
  await expect(load({ "references.bib": "@misc{Roe2021, title={Other}, doi={10.1000/XYZ}}" })).rejects.toThrow(
    /references.bib:1, doi: the same DOI as reference Doe2020 of the database: 10.1000\/xyz/,
  );
});

const onlyTree = {
  "versions.csv": null,
  "samples.csv": null,
  "scores.csv": null,
  "layers.csv": null,
  "models.csv": null,
  "submissions.csv": null,
};

test("parents and children may change places", async () => {
  await load({ ...added("benchmarks.csv", "upper,average,0,true,,", "lower,upper,0,true,,") });
  await load({ ...onlyTree, "benchmarks.csv": "identifier,parent\nlower,average\nupper,lower\n" });
  expect(Object.fromEntries((await content()).benchmarks.map(({ identifier, parent }) => [identifier, parent]))).toMatchObject({
    lower: "average",
    upper: "lower",
  });
});

test("roots may change places, and a new one takes its own; the first is the global root", async () => {
  await load();
  const roots = [{ benchmark: "fresh" }, { benchmark: "engineering", raw: true }, { benchmark: "average" }];
  const manifest = JSON.stringify({ ...JSON.parse(SMALL["dataset.json"]), roots });
  const files = { "dataset.json": manifest, ...added("benchmarks.csv", "fresh,,0,true,,") };
  await load(files);
  expect((await content()).roots).toEqual([
    { benchmark: "fresh", raw: false },
    { benchmark: "engineering", raw: true },
    { benchmark: "average", raw: false },
  ]);
  expect(await load(files)).toMatchObject({ written: 0 });
});

test("a global root that a folder does not mention stays the global root", async () => {
  await load();
  const manifest = JSON.stringify({ ...JSON.parse(SMALL["dataset.json"]), roots: [{ benchmark: "fresh" }] });
  await load({ ...onlyTree, "dataset.json": manifest, "benchmarks.csv": "identifier\nfresh\n" });
  expect((await content()).roots.map(({ benchmark }) => benchmark)).toEqual(["average", "fresh", "engineering"]);
});

test("without accounts.csv an owner's key is also the display name", async () => {
  await load({ "accounts.csv": null });
  expect((await content()).accounts).toMatchObject([{ key: "lab", display_name: "lab" }]);
});

test("a submission's key is looked for among those of the folder first", async () => {
  await load();
  await seed(database.dataSource)
    .domain("vision")
    .model("gamma", { owner: "other", isPublic: false })
    .score("gamma", "leaf-b", { ceiled: 0.1, submission: "run-1", version: 1 })
    .write();
  expect(await load()).toMatchObject({ written: 0 });
});

test("two domains do not meet", async () => {
  await load();
  const other = { ...edited("dataset.json", '"vision"', '"language"') };
  expect((await load(other)).written).toBe(18);
  await expect(readDatabase(database.dataSource)).rejects.toMatchObject({
    code: "BAD_USER_INPUT",
    message: "Say which domain with --domain: language, vision.",
  });
  await expect(readDatabase(database.dataSource, { domain: "motor" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await readDatabase(database.dataSource, { domain: "language" })).dataset.domain.slug).toBe("language");
});

test("an export without private models tells of none, nor of their owners, works and submissions (§10)", async () => {
  await load({
    ...added("accounts.csv", "secret-lab,Hidden"),
    ...added("submissions.csv", "secret-run,secret-lab,2021-02-03T04:05:06Z"),
    "models.csv": "name,public,owner,reference\nalpha,true,lab,Doe2020\nbeta,false,secret-lab,Secret2021\n",
    ...edited("scores.csv", "beta,leaf-a,1,.3,.4,,,,,,,,", "beta,leaf-a,1,.3,.4,,,,,,secret-run,,"),
    "references.bib": `${SMALL["references.bib"]}\n@misc{Secret2021, title={Hidden}}\n`,
  });
  const { dataset } = await readDatabase(database.dataSource);
  expect(dataset.models.map(({ name }) => name)).toEqual(["alpha"]);
  expect(JSON.stringify(dataset)).not.toMatch(/secret|hidden|beta/i);
});

test("files that are none of a data set are left unread", async () => {
  const folder = smallFolder();
  writeFileSync(path.join(folder, "expected.csv"), "this file is none of ours\n");
  expect((await importDataset(database.dataSource, folder)).written).toBe(20);
});

test("a model that was given away comes in again as another one, with an id of its own (§10)", async () => {
  await load();
  await appendFacts(database.dataSource, { source: "updateModel" }, async ({ query, add, change }) => {
    const [rival] = await add("account", [{ id: "account_1", contributor_id: "contributor_1", key: "rival", display_name: null }]);
    const [{ pk }] = await query(`SELECT pk FROM model WHERE name = 'beta'`);
    await change("model", [{ pk, owner_pk: rival }]);
  });
  expect(touched(await load())).toEqual({ model: { added: 1, changed: 0 }, observation: { added: 1, changed: 0 } });
  const betas = await sql<{ id: string }>(`SELECT DISTINCT id FROM model WHERE name = 'beta'`);
  expect(betas).toHaveLength(2);
  expect((await load()).written).toBe(0);
});
