import { createTestDatabase, type TestDatabase } from "../../support/database";
import { seed } from "../../support/seed";
import { TABLES } from "../../../src/server/exports/files";
import { type OpenExports, openExports } from "./open-exports";
import { READERS } from "./read-back";

/** Names and texts that a spreadsheet would compute, or that a careless writer of CSV breaks on. */
const FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(A1)", "＝1", "－2"];
const AWKWARD = ["a,b", "semi;colon", "naïve 😀 ﬁ", "trailing.", "#N/A", "NaN", "null", "1e5", "007", "TRUE"];

const quoted = `He said "=1", and\r\nleft,\nthen`;

let database: TestDatabase;
let exports: OpenExports;
beforeAll(async () => {
  database = await createTestDatabase();
  const told = seed(database.dataSource)
    .domain("odd", { columns: { license: "Ask — nicely", name: "=Odd" } })
    .reference("Ref2020")
    .tree(
      `
       average
         hidden  invisible
           -leaf
           b,c
         other
       engineering  raw
         speed`,
    );
  for (const [at, name] of [...FORMULAS, ...AWKWARD].entries())
    told
      .model(name, { owner: "=lab", columns: { notes: at % 2 ? quoted : "\t=x", parameter_count: 1e21 + at, is_runnable: at % 3 === 0 } })
      .score(name, "-leaf", {
        raw: at % 2 ? -0.5 : 1e-7,
        ceiled: at % 2 ? -0.25 : 1.5,
        error: at / 100,
        startedAt: "2020-02-29T23:59:59.999Z",
      })
      .score(name, "speed", { raw: -1e12 + at, endedAt: null });
  await told
    .account("=lab", { display_name: "@lab" })
    .model("all fails")
    .score("all fails", "-leaf", { failed: true })
    .score("all fails", "speed", { failed: true })
    .model("never run")
    .model("secret", { isPublic: false })
    .score("secret", "-leaf", 0.9)
    .write();
  exports = await openExports(database);
});
afterAll(async () => {
  await exports?.close();
  await database?.drop();
});

const textOf = async (file: string) => (await exports.get(`/exports/odd/${file}`)).bytes.toString();

const read = async (table: string, ending: string) => READERS[ending](table, (await exports.get(`/exports/odd/${table}.${ending}`)).bytes);

test.each(Object.keys(TABLES))("%s say the same in all formats, but for what CSV keeps from being a formula", async (table) => {
  const [csv, ...others] = await Promise.all(Object.keys(READERS).map((ending) => read(table, ending)));
  expect(csv.length).toBeGreaterThan(3);
  for (const other of others) expect(other).toEqual(others[0]);
  const disarmed = (value: unknown) => (typeof value === "string" && /^[=+\-@\t＝－]/u.test(value) ? `'${value}` : value);
  const expected = others[0].map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, disarmed(value)])));
  expect(csv).toEqual(expected);
});

test("no field of a CSV file begins as a formula does, unless it is a number", async () => {
  for (const table of Object.keys(TABLES)) {
    const text = await textOf(`${table}.csv`);
    expect(text).toMatch(/\r\n$/);
    const starts = [...text.matchAll(/(?:^|,|\r\n)"?([=+\-@\t＝－][^,\r\n]*)/gu)].map(([, field]) => field);
    const risky = starts.filter((field) => !Number.isFinite(Number(field)));
    expect([table, risky]).toEqual([table, []]);
  }
  const models = await textOf("models.csv");
  for (const name of FORMULAS) expect(models).toContain(`,'${name},'@lab,`);
  expect(models).toContain(`,"He said ""=1"", and\r\nleft,\nthen"\r\n`);
});

test("states are told apart: FAILED has no number, what was never run has no row", async () => {
  const rows = await read("scores", "jsonl");
  expect(
    rows.filter(({ model }) => model === "all fails").map(({ benchmark, state, value, rank }) => [benchmark, state, value, rank]),
  ).toEqual([
    ["average", "FAILED", null, null],
    ["-leaf", "FAILED", null, null],
    ["engineering", "FAILED", null, null],
    ["speed", "FAILED", null, null],
  ]);
  expect(rows.some(({ model }) => model === "never run" || model === "secret")).toBe(false);
  const last = (await read("leaderboard", "parquet")).at(-1)!;
  expect([last.model, last.rank, last.state, last.value]).toEqual(["all fails", null, "FAILED", null]);
  expect((await read("models", "arrow")).map(({ name }) => name)).toContain("never run");
});

test("values are whole numbers of IEEE, clamped where the rules clamp, and raw under a raw root", async () => {
  const rows = (await read("scores", "parquet")).filter(({ model }) => model === "a,b" || model === "+1");
  const leaf = rows.find(({ model, benchmark }) => model === "+1" && benchmark === "-leaf")!;
  expect(leaf).toMatchObject({ value: 0, raw: -0.5, ceiled: -0.25, error: 0.01, started_at: "2020-02-29T23:59:59.999Z" });
  expect(rows.find(({ model, benchmark }) => model === "+1" && benchmark === "speed")).toMatchObject({ value: -1e12 + 1, ended_at: null });
});

test("invisible benchmarks are not listed; what is below them stands under the nearest visible one", async () => {
  const rows = await read("benchmarks", "csv");
  expect(rows.map(({ identifier, parent, is_raw }) => [identifier, parent, is_raw])).toEqual([
    ["average", null, false],
    ["'-leaf", "average", false],
    ["b,c", "average", false],
    ["other", "average", false],
    ["engineering", null, true],
    ["speed", "engineering", true],
  ]);
});

test("a license that is a text has no address", async () => {
  const { headers } = await exports.get("/exports/odd/scores.csv");
  expect([headers["x-scoretree-license"], headers.link]).toEqual(["Ask %E2%80%94 nicely", undefined]);
});
