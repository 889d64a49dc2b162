import { appendFacts } from "../../src/database/append-facts";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { seed } from "../support/seed";

/** What the database refuses by itself, whoever writes: everything here is raw SQL in a transaction that is rolled back. */
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision")
    .reference("Doe2020", { doi: "10.1/doe" })
    .reference("Roe2021")
    .tree("root\n  V1\n    leaf-a    versions 1 2\n    leaf-b\nengineering    raw")
    .model("alpha", { owner: "lab" })
    .model("beta", { isPublic: false, owner: "lab" })
    .model("gamma", { isPublic: false })
    .score("alpha", "leaf-a", { raw: 0.5, endedAt: null, submission: "first" })
    .score("alpha", "leaf-b", { raw: 0.5, startedAt: "2021-01-01", endedAt: "2021-01-02" })
    .sampleFile("1.png", Buffer.of(1))
    .domain("language")
    .reference("Poe2022")
    .tree("root\n  leaf-l")
    .model("delta")
    .write();
  await appendFacts(database.dataSource, { source: "test" }, (append) => append.change("domain", [{ pk: 1, name: "Vision" }]));
});
afterAll(() => database.drop());

/** What the database says to the statements: the name of the constraint or rule that refuses them, null if they pass. */
async function refusal(...statements: string[]): Promise<string | null> {
  const runner = database.dataSource.createQueryRunner();
  await runner.startTransaction();
  try {
    for (const sql of statements) await runner.query(sql);
    await runner.query("SET CONSTRAINTS ALL IMMEDIATE");
    return null;
  } catch (error) {
    const { constraint, message } = (error as { driverError: { constraint?: string; message: string } }).driverError;
    return constraint ?? message;
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

let next = 1_000;
/** An INSERT of one row; values are SQL. */
function insert(table: string, values: Record<string, string | number>): string {
  const row = { id: `'new-${next}'`, revision: next++, ...values };
  const names = Object.keys(row).map((name) => `"${name}"`);
  return `INSERT INTO ${table} (${names.join(", ")}) VALUES (${Object.values(row).join(", ")})`;
}
const update = (table: string, set: string, where: string): string => `UPDATE ${table} SET ${set}, revision = ${next++} WHERE ${where}`;

const VISION = `(SELECT pk FROM domain WHERE slug = 'vision')`;
const LANGUAGE = `(SELECT pk FROM domain WHERE slug = 'language')`;
const benchmark = (name: string, domain = VISION): string =>
  `(SELECT pk FROM benchmark WHERE identifier = '${name}' AND domain_pk = ${domain})`;
const model = (name: string): string => `(SELECT pk FROM model WHERE name = '${name}')`;
const version = (name: string, number = 1, domain = VISION): string =>
  `(SELECT pk FROM benchmark_version WHERE benchmark_pk = ${benchmark(name, domain)} AND number = ${number})`;
const LAB = `(SELECT pk FROM account WHERE key = 'lab')`;

describe("§9 facts are kept", () => {
  const tables = ["domain", "account", "reference", "benchmark", "benchmark_version", "sample_file", "model", "submission", "observation"];

  test.each([...tables, "earlier_content", "fact_append", "ledger"])(
    "no row of %s is deleted, and the table is not emptied",
    async (table) => {
      expect(await refusal(`DELETE FROM ${table}`)).toBe("facts_are_kept");
      expect(await refusal(`TRUNCATE ${table} CASCADE`)).toBe("facts_are_kept");
    },
  );

  test.each(tables)("a change of %s takes a higher revision, keeps the id, and its earlier content stays told", async (table) => {
    expect(await refusal(`UPDATE ${table} SET revision = revision`)).toBe("revision_grows");
    expect(await refusal(`UPDATE ${table} SET revision = revision - 1`)).toBe("revision_grows");
    expect(await refusal(update(table, `id = 'other'`, `pk = (SELECT min(pk) FROM ${table})`))).toBe("id_is_kept");
    expect(
      await refusal(
        `CREATE TEMP TABLE before ON COMMIT DROP AS SELECT '${table}' AS t, pk, revision, to_jsonb(x) AS c FROM ${table} x WHERE pk = 1`,
        update(table, `id = id`, `pk = 1`),
        `INSERT INTO earlier_content SELECT t, pk, revision, revision + 1, c FROM before`,
      ),
    ).toBe("earlier_content_pkey");
  });

  test("what was told earlier and the audit are not changed", async () => {
    expect(await refusal(`UPDATE earlier_content SET content = '{}'`)).toBe("facts_are_kept");
    expect(await refusal(`UPDATE fact_append SET source = 'nobody'`)).toBe("facts_are_kept");
  });

  test.each(tables)("two facts of %s have neither one id nor one revision", async (table) => {
    const [{ count }] = await database.dataSource.query(
      `SELECT count(*) FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
       WHERE indrelid = $1::regclass AND indisunique AND indnatts = 1 AND attname IN ('id', 'revision')`,
      [table],
    );
    expect(count).toBe(2);
  });

  test("there is one ledger, and outsiders are never ahead of it", async () => {
    expect(await refusal(`INSERT INTO ledger (id_key) VALUES (decode(repeat('00', 32), 'hex'))`)).toBe("ledger_pkey");
    expect(await refusal(`INSERT INTO ledger (is_only, id_key) VALUES (false, decode(repeat('00', 32), 'hex'))`)).toBe(
      "ledger_is_only_check",
    );
    expect(await refusal(`UPDATE ledger SET public_revision = last_revision + 1`)).toBe("ledger_check");
    expect(await refusal(`UPDATE ledger SET id_key = 'short'`)).toBe("ledger_id_key_check");
  });
});

describe("§3 a tree is a tree", () => {
  test("no benchmark stands below itself", async () => {
    expect(await refusal(update("benchmark", `parent_pk = ${benchmark("V1")}, root_position = NULL`, `pk = ${benchmark("root")}`))).toBe(
      "benchmark_is_no_loop",
    );
    expect(await refusal(update("benchmark", `parent_pk = pk`, `pk = ${benchmark("V1")}`))).toBe("benchmark_is_no_loop");
  });

  test("a parent has no versions, and what has versions is no parent", async () => {
    expect(await refusal(insert("benchmark_version", { benchmark_pk: benchmark("V1"), number: 1 }))).toBe(
      "benchmark_parent_has_no_versions",
    );
    const child = { domain_pk: VISION, identifier: "'x'", parent_pk: benchmark("leaf-a") };
    expect(await refusal(insert("benchmark", child))).toBe("benchmark_parent_has_no_versions");
    expect(await refusal(update("benchmark", `parent_pk = ${benchmark("leaf-a")}`, `pk = ${benchmark("leaf-b")}`))).toBe(
      "benchmark_parent_has_no_versions",
    );
  });

  test("parent and reference are of the same domain", async () => {
    const child = { domain_pk: VISION, identifier: "'x'", parent_pk: benchmark("root", LANGUAGE) };
    expect(await refusal(insert("benchmark", child))).toBe("benchmark_domain_pk_parent_pk_fkey");
    const poe = `(SELECT pk FROM reference WHERE key = 'Poe2022')`;
    expect(await refusal(update("benchmark", `reference_pk = ${poe}`, `pk = ${benchmark("V1")}`))).toBe(
      "benchmark_domain_pk_reference_pk_fkey",
    );
    expect(await refusal(update("model", `reference_pk = ${poe}`, `name = 'alpha'`))).toBe("model_domain_pk_reference_pk_fkey");
  });

  test("roots have a place of their own each, others none; only roots are raw", async () => {
    expect(await refusal(insert("benchmark", { domain_pk: VISION, identifier: "'x'" }))).toBe("benchmark_root_has_position");
    expect(await refusal(update("benchmark", `root_position = 7`, `pk = ${benchmark("V1")}`))).toBe("benchmark_root_has_position");
    expect(await refusal(insert("benchmark", { domain_pk: VISION, identifier: "'x'", root_position: 0 }))).toBe(
      "benchmark_domain_pk_root_position_key",
    );
    expect(await refusal(update("benchmark", `is_raw = true`, `pk = ${benchmark("V1")}`))).toBe("benchmark_raw_is_of_roots");
  });

  test("two roots exchange their places in one change", async () => {
    const swap = `UPDATE benchmark SET root_position = 1 - root_position, revision = 5000 + pk WHERE domain_pk = ${VISION} AND parent_pk IS NULL`;
    expect(await refusal(swap)).toBeNull();
  });

  test("an identifier stands once in a domain, in another one again", async () => {
    expect(await refusal(insert("benchmark", { domain_pk: VISION, identifier: "'leaf-a'", parent_pk: benchmark("V1") }))).toBe(
      "benchmark_domain_pk_identifier_key",
    );
    const elsewhere = { domain_pk: LANGUAGE, identifier: "'leaf-a'", parent_pk: benchmark("root", LANGUAGE) };
    expect(await refusal(insert("benchmark", elsewhere))).toBeNull();
  });

  test.each([-1, 10])("ranks are not compared with %i decimals", async (decimals) => {
    expect(await refusal(update("benchmark", `rank_decimals = ${decimals}`, `pk = ${benchmark("V1")}`))).toBe(
      "benchmark_rank_decimals_check",
    );
  });

  test("a version has a number from 1, once in its leaf", async () => {
    expect(await refusal(insert("benchmark_version", { benchmark_pk: benchmark("leaf-a"), number: 0 }))).toBe(
      "benchmark_version_number_check",
    );
    expect(await refusal(insert("benchmark_version", { benchmark_pk: benchmark("leaf-a"), number: 2 }))).toBe(
      "benchmark_version_benchmark_pk_number_key",
    );
  });
});

describe("§2 an observation is one", () => {
  const cell = { model_pk: model("alpha"), version_pk: version("leaf-a", 2) };

  test.each(["'NaN'", "'Infinity'", "'-Infinity'", "1.1e12", "-1.1e12"])("%s is no score, error or ceiling", async (number) => {
    for (const column of ["raw", "ceiled", "error"])
      expect(await refusal(insert("observation", { ...cell, [column]: number }))).toBe("score_number_check");
    for (const column of ["ceiling", "ceiling_error"])
      expect(await refusal(insert("benchmark_version", { benchmark_pk: benchmark("leaf-b"), number: 9, [column]: number }))).toBe(
        "score_number_check",
      );
  });

  test.each(["1e12", "-1e12", "0"])("%s is a score", async (number) => {
    expect(await refusal(insert("observation", { ...cell, raw: number, ceiled: number, ended_at: "now()" }))).toBeNull();
  });

  test("an error is not negative", async () => {
    expect(await refusal(insert("observation", { ...cell, error: -0.1 }))).toBe("observation_error_check");
    expect(await refusal(insert("benchmark_version", { benchmark_pk: benchmark("leaf-b"), number: 9, ceiling_error: -0.1 }))).toBe(
      "benchmark_version_ceiling_error_check",
    );
  });

  test.each(["raw", "ceiled", "error"])("a failed one has no %s", async (column) => {
    expect(await refusal(insert("observation", { ...cell, is_failed: "true", [column]: 0 }))).toBe("observation_failed_has_no_numbers");
  });

  test("it does not end before it starts, and ends some day", async () => {
    const [early, late] = ["'2021-01-01Z'", "'2021-01-02Z'"];
    expect(await refusal(insert("observation", { ...cell, started_at: late, ended_at: early }))).toBe("observation_ends_after_start");
    expect(await refusal(insert("observation", { ...cell, started_at: early, ended_at: early }))).toBeNull();
    expect(await refusal(insert("observation", { ...cell, ended_at: "'infinity'" }))).toBe("observation_ended_at_check");
  });

  test("the same run does not count twice, unknown times being equal, unless it was retracted", async () => {
    const again = { model_pk: model("alpha"), version_pk: version("leaf-a", 2), raw: 0.7 };
    expect(await refusal(insert("observation", again))).toBe("observation_key");
    expect(await refusal(insert("observation", { ...again, ended_at: "now()" }))).toBeNull();
    const retract = update("observation", `retracted_at = now(), retraction_reason = 'wrong'`, `version_pk = ${version("leaf-a", 2)}`);
    expect(await refusal(retract, insert("observation", again))).toBeNull();
    const known = { model_pk: model("alpha"), version_pk: version("leaf-b"), started_at: "'2021-01-01Z'", ended_at: "'2021-01-02Z'" };
    expect(await refusal(insert("observation", known))).toBe("observation_key");
  });

  test("a reason is given for a retraction only", async () => {
    expect(await refusal(insert("observation", { ...cell, ended_at: "now()", retraction_reason: "'wrong'" }))).toBe(
      "observation_reason_is_of_retraction",
    );
  });

  test("its model and its leaf are of one domain", async () => {
    const across = { model_pk: model("alpha"), version_pk: version("leaf-l", 1, LANGUAGE) };
    expect(await refusal(insert("observation", across))).toBe("observation_in_one_domain");
    expect(await refusal(update("observation", `model_pk = ${model("delta")}`, `version_pk = ${version("leaf-b")}`))).toBe(
      "observation_in_one_domain",
    );
  });
});

describe("§10 names", () => {
  test("a model's name never changes, nor does its domain", async () => {
    expect(await refusal(update("model", `name = 'omega'`, `name = 'alpha'`))).toBe("model_name_is_kept");
    expect(await refusal(update("model", `domain_pk = ${LANGUAGE}`, `name = 'gamma'`))).toBe("model_name_is_kept");
    expect(await refusal(update("model", `notes = 'new'`, `name = 'alpha'`))).toBeNull();
  });

  test("a name is taken once among the public models of a domain", async () => {
    const alpha = { domain_pk: VISION, name: "'alpha'", is_public: "true" };
    expect(await refusal(insert("model", alpha))).toBe("model_public_name");
    expect(await refusal(insert("model", { ...alpha, is_public: "false" }))).toBeNull();
    expect(await refusal(insert("model", { ...alpha, domain_pk: LANGUAGE }))).toBeNull();
    expect(
      await refusal(
        insert("model", { ...alpha, is_public: "false" }),
        update("model", `is_public = true`, `name = 'alpha' AND owner_pk IS NULL`),
      ),
    ).toBe("model_public_name");
  });

  test("a name is taken once among one account's models, and among those without owner", async () => {
    const beta = { domain_pk: VISION, name: "'beta'", is_public: "true", owner_pk: LAB };
    expect(await refusal(insert("model", beta))).toBe("model_domain_pk_name_owner_pk_key");
    expect(await refusal(insert("model", { domain_pk: VISION, name: "'gamma'", is_public: "true" }))).toBe(
      "model_domain_pk_name_owner_pk_key",
    );
  });

  test("an account's key is no e-mail address, and unique", async () => {
    expect(await refusal(insert("account", { key: "'someone@example.org'", contributor_id: "'c'" }))).toBe("account_key_is_no_address");
    expect(await refusal(insert("account", { key: "'lab'", contributor_id: "'c'" }))).toBe("account_key_key");
    expect(await refusal(insert("account", { key: "'x'", contributor_id: "'c'", role: "'OWNER'" }))).toBe("account_role_check");
  });

  test("slugs, paths, keys of references and submissions, DOIs and places are unique where they should be", async () => {
    expect(await refusal(insert("domain", { slug: "'vision'", name: "'x'" }))).toBe("domain_slug_key");
    const file = { domain_pk: VISION, path: "'1.png'", content: "''", media_type: "'image/png'" };
    expect(await refusal(insert("sample_file", file))).toBe("sample_file_domain_pk_path_key");
    expect(await refusal(insert("submission", { account_pk: LAB, key: "'first'", submitted_at: "now()" }))).toBe(
      "submission_account_pk_key_key",
    );
    const work = { domain_pk: VISION, key: "'x'", position: 9, bibtex: "''", csl: "'{}'", work: "'x'" };
    expect(await refusal(insert("reference", work))).toBeNull();
    expect(await refusal(insert("reference", { ...work, key: "'Doe2020'" }))).toBe("reference_key");
    expect(await refusal(insert("reference", { ...work, doi: "'10.1/doe'" }))).toBe("reference_doi");
    expect(await refusal(insert("reference", { ...work, doi: "'10.1/DOE'" }))).toBe("reference_doi_check");
    expect(await refusal(insert("reference", { ...work, position: 0 }))).toBe("reference_domain_pk_position_key");
    expect(await refusal(insert("reference", { ...work, url: "'osf.io/fhy36'" }))).toBe("reference_url_check");
  });
});

test.each(["'NaN'", "'Infinity'", "-1"])("%s is no size or number of parameters", async (number) => {
  expect(await refusal(update("model", `parameter_count = ${number}`, `name = 'alpha'`))).toBe("size_number_check");
  expect(await refusal(update("benchmark_version", `stimuli_size_megabytes = ${number}`, `number = 2`))).toBe("size_number_check");
});
