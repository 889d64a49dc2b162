import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BrainscoreReport, importBrainscore } from "../../../src/dataset/brainscore/import-brainscore";
import { exportDataset } from "../../../src/dataset/export-dataset";
import { listFiles } from "../../data/list-files";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { type Joined, openJoined } from "../../support/joined";
import { ADMIN } from "../../support/viewer-of";
import { type Form, makeSite } from "./make-tables";
import { entriesOf, FIXTURES } from "./site";

interface Cell {
  readonly state: "SCORED" | "FAILED" | "NOT_RUN";
  readonly value: number | null;
}

/** Worked out by hand from the fixtures: model, benchmark, state, value, rank. */
const BY_HAND = [
  ["vision", "alexnet", "average_vision", "SCORED", 0.3365450280164457, 58],
  ["vision", "alexnet", "V1", "SCORED", 0.2125514165586464, 17],
  ["vision", "alexnet", "IT", "SCORED", 0.26301939109386585, 40],
  ["vision", "alexnet", "dicarlo.Kar2019-ost", "FAILED", null, null],
  ["vision", "alexnet", "engineering_vision", "SCORED", 0.577, 60],
  ["vision", "CORnet-S", "average_vision", "SCORED", 0.39016507329948463, 1],
  ["vision", "CORnet-S", "dicarlo.MajajHong2015.V4-pls", "SCORED", 0.593265724439218, 27],
  ["vision", "CORnet-S", "behavior", "SCORED", 0.5451255678756805, 9],
  // Private: it ranks as if it joined.
  ["vision", "alexnet2", "average_vision", "SCORED", 0.20990646912232086, 78],
  ["vision", "resnet-50-robust", "average_vision", "NOT_RUN", null, null],
  ["language", "gpt2-xl", "average_language", "SCORED", 0.9064, 1],
  ["language", "gpt2-xl", "engineering_language", "SCORED", 0.122, 8],
  ["language", "ScLM", "average_language", "SCORED", 0.6502, 3],
  ["language", "DEVNet100", "Federenko.Pereira2018-linear", "SCORED", 0.111, 7],
  ["language", "glove-840b", "average_language", "SCORED", 0.1562, 9],
] as const;

/** Every cell of a model, by the rules of §2 and §3 and nothing else. */
function cellsByHand(): Map<string, Map<string, Cell>> {
  const types = new Map(entriesOf("benchmarktype").map(({ fields }) => [fields.identifier as string, fields]));
  const scores = new Map(entriesOf("score").map(({ fields }) => [`${fields.model[0]} ${fields.benchmark[0]}`, fields]));
  const rootOf = (identifier: string): string => (types.get(identifier)?.parent ? rootOf(types.get(identifier)!.parent) : identifier);
  const cell = (model: string, identifier: string): Cell => {
    const children = [...types.values()].filter(({ parent }) => parent === identifier);
    if (children.length === 0) {
      const score = scores.get(`${model} ${identifier}`);
      if (!score) return { state: "NOT_RUN", value: null };
      const isRaw = rootOf(identifier).includes("engineering");
      const number = isRaw ? score.score_raw : score.score_ceiled;
      if (number === "NaN") return { state: "FAILED", value: null };
      return { state: "SCORED", value: isRaw ? number : Math.min(1, Math.max(0, number)) };
    }
    const cells = children.map((child) => cell(model, child.identifier));
    if (cells.some(({ state }) => state === "SCORED"))
      return { state: "SCORED", value: cells.reduce((sum, { value }) => sum + (value ?? 0), 0) / cells.length };
    return { state: cells.some(({ state }) => state === "FAILED") ? "FAILED" : "NOT_RUN", value: null };
  };
  return new Map(
    entriesOf("model").map(({ fields: { name, domain = "vision" } }) => [
      name as string,
      new Map([...types].filter(([, type]) => type.domain === domain).map(([identifier]) => [identifier, cell(name, identifier)])),
    ]),
  );
}

const describeWithFixtures = existsSync(FIXTURES) ? describe : describe.skip;

describeWithFixtures("the fixtures of the public Brain-Score site (skipped where ../shared is not there)", () => {
  let database: TestDatabase;
  let joined: Joined;
  let report: BrainscoreReport;
  let out: string;
  const others: TestDatabase[] = [];
  beforeAll(async () => {
    out = mkdtempSync(path.join(tmpdir(), "scoretree-site-"));
    database = await createTestDatabase();
    const dry = await importBrainscore(database.dataSource, { from: "brainscore-fixtures", at: FIXTURES }, { dryRun: true });
    report = await importBrainscore(database.dataSource, { from: "brainscore-fixtures", at: FIXTURES });
    const counts = ({ imports }: BrainscoreReport) => imports.map(({ tables }) => tables.map(({ table, added }) => ({ table, added })));
    expect(counts(dry)).toEqual(counts(report));
    joined = await openJoined(database);
  });
  afterAll(async () => {
    rmSync(out, { recursive: true, force: true });
    await database?.drop();
    for (const other of others) await other.drop();
  });

  it.each(BY_HAND)("§2 §3 §5 %s: %s on %s is %s with %s, rank %s", async (domain, name, benchmark, state, value, rank) => {
    const { model } = await joined.data(
      `query ($domain: String!, $name: String!, $benchmark: String!) {
        model(domain: $domain, name: $name) { score(benchmark: $benchmark) { state value rank } } }`,
      { viewer: ADMIN, variables: { domain, name, benchmark } },
    );
    expect(model.score).toEqual({ state, value: value === null ? null : expect.closeTo(value, 12), rank });
  });

  it("§2 §3 gives every cell of both domains as computed from the JSON itself", async () => {
    const wanted = cellsByHand();
    let seen = 0;
    for (const domain of ["vision", "language"]) {
      const { models } = await joined.data(
        `{ models(domain: "${domain}", first: 100) { nodes { name scores { benchmark { identifier } state value } } } }`,
        { viewer: ADMIN },
      );
      for (const { name, scores } of models.nodes)
        for (const { benchmark, state, value } of scores) {
          const cell = wanted.get(name)!.get(benchmark.identifier)!;
          expect({ name, benchmark, state, value }).toEqual({
            name,
            benchmark,
            state: cell.state,
            value: cell.value === null ? null : expect.closeTo(cell.value, 12),
          });
          seen++;
        }
    }
    // What was not run is left out of the list.
    const run = [...wanted.values()].flatMap((cells) => [...cells.values()]).filter(({ state }) => state !== "NOT_RUN");
    expect(seen).toBe(run.length);
  });

  it("§5 ranks the nodes that Brain-Score ranks by two decimals so, and has the roots in order", async () => {
    const ask = async (domain: string) =>
      (await joined.data(`{ domain(slug: "${domain}") { name roots { identifier rankDecimals } modelCount leafCount } }`)).domain;
    expect(await ask("vision")).toEqual({
      name: "Vision",
      roots: [
        { identifier: "average_vision", rankDecimals: 2 },
        { identifier: "engineering_vision", rankDecimals: 2 },
      ],
      modelCount: 87,
      leafCount: 7,
    });
    expect(await ask("language")).toMatchObject({
      roots: [
        { identifier: "average_language", rankDecimals: 3 },
        { identifier: "engineering_language", rankDecimals: 3 },
      ],
      modelCount: 8,
      leafCount: 6,
    });
  });

  it("tells what was read, repaired and left out, and that 42 ends came before their starts", () => {
    const counts = Object.fromEntries(report.repairs.map(({ what, count }) => [what, count]));
    const nan = entriesOf("score").filter(({ fields }) => fields.score_ceiled === "NaN").length;
    expect(report.read).toContainEqual({ table: "score", rows: 598 });
    expect(counts["an end before its start: start unknown"]).toBe(42);
    expect(counts["a score that is NaN, infinite or above 1e12: failed, without numbers"]).toBe(nan);
    expect(counts["no domain: vision"]).toBe(88);
    expect(report.leftOut.map(({ what, count }) => `${count} ${what}`)).toContain("4 a reference that no benchmark and no model cites");
    expect(report.noPlace).toContain("submission: jenkins_id, model_type, status");
    expect(report.repairs.flatMap(({ examples }) => examples)[0].where).toMatch(/^fixture-\w+(-language)?\.json:\d+$/);
  });

  it("§10 makes accounts of owners, and keeps no e-mail address and no password anywhere", async () => {
    const accounts = await database.dataSource.query("SELECT key, display_name FROM account ORDER BY pk");
    expect(accounts).toContainEqual({ key: "user-1", display_name: "Owner 1" });
    expect(accounts).toContainEqual({ key: "user-4", display_name: null });
    expect(JSON.stringify(report)).not.toContain("example.org");
    const tables: { name: string }[] = await database.dataSource.query(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    );
    for (const { name } of tables) {
      const [{ found }] = await database.dataSource.query(`SELECT count(*) AS found FROM "${name}" AS t WHERE t::text LIKE '%owner_@%'`);
      expect({ name, found }).toEqual({ name, found: 0 });
    }
  });

  it("writes nothing the second time and says so", async () => {
    const { imports } = await importBrainscore(database.dataSource, { from: "brainscore-fixtures", at: FIXTURES });
    expect(imports.map(({ domain, written }) => ({ domain, written }))).toEqual([
      { domain: "language", written: 0 },
      { domain: "vision", written: 0 },
    ]);
  });

  it.each(["older", "newer"] as const)("come to the same facts from a site's database, with the %s metadata", async (form: Form) => {
    const [site, target] = [await createTestDatabase({ isMigrated: false }), await createTestDatabase()];
    others.push(site, target);
    await makeSite(site.dataSource, form);
    const there = { from: "brainscore-postgres", at: site.url } as const;
    const { read, absent, noPlace } = await importBrainscore(target.dataSource, there);
    expect(read).toContainEqual({ table: "brainscore_score", rows: 598 });
    expect(absent).toContain(form === "older" ? "brainscore_benchmark_data_meta" : "brainscore_benchmarkmeta");
    expect(noPlace).toContain("brainscore_resourceusage");
    expect(noPlace).toContain("brainscore_user: email, is_active, is_staff, is_superuser, last_login, password");
    for (const domain of ["vision", "language"]) {
      const [a, b] = ["fixtures", form].map((name) => path.join(out, `${domain}-${name}`));
      await exportDataset(database.dataSource, a, { domain, includesPrivate: true });
      await exportDataset(target.dataSource, b, { domain, includesPrivate: true });
      const [files, others] = [await listFiles(a), await listFiles(b)];
      expect(others).toEqual(files);
      for (const file of files) expect(readFileSync(path.join(b, file), "utf8")).toBe(readFileSync(path.join(a, file), "utf8"));
    }
    expect((await importBrainscore(target.dataSource, there)).imports.map(({ written }) => written)).toEqual([0, 0]);
  });
});
