import type { DataSource } from "typeorm";
import type { Seeded } from "../../bench/seeded";
import type { Append } from "../../src/database/append-facts";
import type { FactTable } from "../../src/database/fact-tables";
import type { Row } from "../../src/database/write-rows";
import { seed } from "../support/seed";

/** A world that has some of everything. */
export async function writeWorld(dataSource: DataSource): Promise<void> {
  const story = seed(dataSource)
    .domain("vision", { references: ["Domain2020"] })
    .reference("Domain2020")
    .reference("Leaf2021")
    .tree(
      `
      average
        V1           decimals 2
          a          reference Leaf2021
          b          versions 1 2
        V4           invisible
          c          exact
          d          no versions
        e            invisible
      engineering    raw
        f
        g
      `,
    )
    .account("lab", { display_name: "The lab" })
    .account("rival");
  for (let model = 0; model < 6; model++) {
    story.model(`model-${model}`, { isPublic: model % 3 > 0, owner: model % 2 ? "lab" : "rival" });
    for (const leaf of ["a", "b", "c", "e", "f"]) if ((model + leaf.charCodeAt(0)) % 3) story.score(`model-${model}`, leaf, model / 7);
  }
  await story.domain("auditory").tree(`root\n  x\n  y`).model("ear").score("ear", "x", 0.5).write();
}

type Act = (append: Append, random: Seeded, step: number) => Promise<void>;

/** One of the rows of a SELECT by chance; throws if there is none. */
async function one(append: Append, random: Seeded, sql: string): Promise<Row & { pk: number; domain_pk: number }> {
  const rows = await append.query(sql);
  if (rows.length === 0) throw new Error(`Nothing to choose from: ${sql}.`);
  return rows[random.integer(rows.length)];
}

const change =
  (table: FactTable, columns: (random: Seeded, step: number) => Row, where = "true"): Act =>
  async (append, random, step) => {
    const { pk } = await one(append, random, `SELECT pk FROM ${table} WHERE ${where} ORDER BY pk`);
    await append.change(table, [{ pk, ...columns(random, step) }]);
  };

const anyOf = <T>(random: Seeded, values: readonly T[]): T => values[random.integer(values.length)];
const instant = (random: Seeded) => new Date(Date.UTC(2020, 0, 1) + 3_600_000 * random.integer(20_000)).toISOString();

/** A run with a number, a failed one, or one with neither; ties and zeros are common. */
const outcome = (random: Seeded): Row => {
  const [raw, ceiled] = [anyOf(random, [0, -0, 0.5, 3, null, random.uniform()]), anyOf(random, [0, 0.5, 1.2, null, random.uniform()])];
  const numbers = { raw, ceiled, error: anyOf(random, [null, 0, 0.05]), is_failed: false };
  return random.integer(5) === 0 ? { raw: null, ceiled: null, error: null, is_failed: true } : numbers;
};

async function score(append: Append, random: Seeded, step: number, count: number): Promise<void> {
  const rows: Row[] = [];
  for (let n = 0; n < count; n++) {
    const model = await one(append, random, `SELECT pk, domain_pk FROM model ORDER BY pk`);
    const versions = `SELECT v.pk FROM benchmark_version v JOIN benchmark b ON b.pk = benchmark_pk WHERE domain_pk = ${model.domain_pk} ORDER BY v.pk`;
    const version = await one(append, random, versions);
    const endedAt = anyOf(random, [null, instant(random), instant(random)]);
    // What says which run it is differs by its start.
    const startedAt = new Date(Date.UTC(2000, 0, 1) + 100_000 * step + n).toISOString();
    rows.push({
      ...{ id: `observation-${step}-${n}`, model_pk: model.pk, version_pk: version.pk, started_at: startedAt, ended_at: endedAt },
      ...outcome(random),
      retracted_at: anyOf(random, [null, null, null, "2024-01-01T00:00:00Z"]),
    });
  }
  await append.add("observation", rows);
}

async function addModel(append: Append, random: Seeded, step: number, isPublic: boolean): Promise<void> {
  const { pk: domain_pk } = await one(append, random, `SELECT pk FROM domain ORDER BY pk`);
  const { pk: owner_pk } = await one(append, random, `SELECT pk FROM account ORDER BY pk`);
  await append.add("model", [{ id: `model-${step}`, domain_pk, name: `new-${step}`, is_public: isPublic, owner_pk }]);
}

async function addBenchmark(append: Append, random: Seeded, step: number, versions: readonly number[]): Promise<void> {
  const parents = `SELECT pk, domain_pk FROM benchmark p WHERE NOT EXISTS (SELECT FROM benchmark_version WHERE benchmark_pk = p.pk) ORDER BY pk`;
  const { pk: parent_pk, domain_pk } = await one(append, random, parents);
  const identifier = `${anyOf(random, ["a", "m", "z"])}-${step}`;
  const [pk] = await append.add("benchmark", [
    { id: `benchmark-${step}`, domain_pk, identifier, parent_pk, order: random.integer(4), is_visible: random.integer(4) > 0 },
  ]);
  await append.add(
    "benchmark_version",
    versions.map((number) => ({ id: `version-${step}-${number}`, benchmark_pk: pk, number })),
  );
}

/** Everything that can be appended, by name. What the database refuses is refused as a whole. */
export const ACTS: Readonly<Record<string, Act>> = {
  score: (append, random, step) => score(append, random, step, 1),
  scores: (append, random, step) => score(append, random, step, 40),
  retract: change("observation", () => ({ retracted_at: "2024-01-01T00:00:00Z" }), "retracted_at IS NULL"),
  "take a retraction back": change("observation", () => ({ retracted_at: null, retraction_reason: null }), "retracted_at IS NOT NULL"),
  "measure again": change("observation", outcome),
  "end at another time": change("observation", (random) => ({ ended_at: anyOf(random, [null, instant(random)]) })),
  comment: change("observation", (_, step) => ({ comment: `step ${step}` })),
  "retract many": async (append, random) => {
    const rows: { pk: number }[] = await append.query(`SELECT pk FROM observation WHERE retracted_at IS NULL ORDER BY pk`);
    const some = rows.filter(() => random.integer(3) === 0).map(({ pk }) => ({ pk, retracted_at: "2024-01-01T00:00:00Z" }));
    await append.change("observation", some);
  },
  "move to another model": async (append, random) => {
    const { pk, domain_pk } = await one(
      append,
      random,
      `SELECT o.pk, domain_pk FROM observation o JOIN model m ON m.pk = model_pk ORDER BY o.pk`,
    );
    const { pk: model_pk } = await one(append, random, `SELECT pk FROM model WHERE domain_pk = ${domain_pk} ORDER BY pk`);
    await append.change("observation", [{ pk, model_pk }]);
  },
  "public model": (append, random, step) => addModel(append, random, step, true),
  "private model": (append, random, step) => addModel(append, random, step, false),
  "model with scores": async (append, random, step) => {
    await addModel(append, random, step, random.integer(2) > 0);
    await score(append, random, step, 10);
  },
  publish: change("model", () => ({ is_public: true }), "NOT is_public"),
  withdraw: change("model", () => ({ is_public: false }), "is_public"),
  describe: change("model", (random) => ({ family: anyOf(random, ["cnn", "vit", null]), parameter_count: random.integer(1e9) })),
  "give away": async (append, random) => {
    const { pk } = await one(append, random, `SELECT pk FROM model ORDER BY pk`);
    const { pk: owner_pk } = await one(append, random, `SELECT pk FROM account ORDER BY pk`);
    await append.change("model", [{ pk, owner_pk }]);
  },
  account: async ({ add }, _, step) =>
    void (await add("account", [{ id: `a-${step}`, contributor_id: `c-${step}`, key: `account-${step}` }])),
  "show another name": change("account", (_, step) => ({ display_name: `Name ${step}` })),
  leaf: (append, random, step) => addBenchmark(append, random, step, [1]),
  "leaf with two versions": (append, random, step) => addBenchmark(append, random, step, [1, 3]),
  parent: (append, random, step) => addBenchmark(append, random, step, []),
  "show or hide": change("benchmark", (random) => ({ is_visible: random.integer(2) > 0 })),
  reorder: change("benchmark", (random) => ({ order: random.integer(6) })),
  "rank otherwise": change("benchmark", (random) => ({ rank_decimals: anyOf(random, [null, 0, 2, 3]) })),
  "make raw or not": change("benchmark", (random) => ({ is_raw: random.integer(2) > 0 }), "parent_pk IS NULL"),
  "hang elsewhere": async (append, random) => {
    const { pk, domain_pk } = await one(append, random, `SELECT pk, domain_pk FROM benchmark WHERE parent_pk IS NOT NULL ORDER BY pk`);
    const parents = `SELECT pk FROM benchmark p WHERE domain_pk = ${domain_pk} AND pk <> ${pk}
      AND NOT EXISTS (SELECT FROM benchmark_version WHERE benchmark_pk = p.pk) ORDER BY pk`;
    await append.change("benchmark", [{ pk, parent_pk: (await one(append, random, parents)).pk }]);
  },
  cite: async (append, random) => {
    const { pk, domain_pk } = await one(append, random, `SELECT pk, domain_pk FROM reference ORDER BY pk`);
    const cites = anyOf(random, ["benchmark", "model"] as const);
    const cited = await one(append, random, `SELECT pk FROM ${cites} WHERE domain_pk = ${domain_pk} ORDER BY pk`);
    await append.change(cites, [{ pk: cited.pk, reference_pk: pk }]);
  },
  "next version": async (append, random, step) => {
    const { benchmark_pk, number } = await one(
      append,
      random,
      `SELECT benchmark_pk, max(number) + ${1 + random.integer(2)} AS number FROM benchmark_version GROUP BY 1 ORDER BY 1`,
    );
    await append.add("benchmark_version", [{ id: `version-${step}`, benchmark_pk, number }]);
  },
  "version in between": async (append, random, step) => {
    const { benchmark_pk } = await one(append, random, `SELECT benchmark_pk FROM benchmark_version WHERE number = 3 ORDER BY 1`);
    await append.add("benchmark_version", [{ id: `version-${step}`, benchmark_pk, number: 2 }]);
  },
  "describe a version": change("benchmark_version", (random) => ({
    ceiling: random.uniform(),
    recording_region: anyOf(random, ["V1", null]),
  })),
  reference: (_append, _random, step) => seedReference(_append, step),
  "change a reference": change("reference", (_, step) => ({ work: `work ${step}` })),
  "rename a domain": change("domain", (random, step) => ({
    name: `Domain ${step}`,
    slug: `${anyOf(random, ["a", "z"])}-${step}`,
    reference_keys: random.integer(2) ? ["Domain2020"] : [],
  })),
  domain: async (append, _random, step) => {
    const [domain_pk] = await append.add("domain", [{ id: `domain-${step}`, slug: `d-${step}`, name: "New" }]);
    const root = { domain_pk, parent_pk: null, root_position: 0 };
    const [parent_pk] = await append.add("benchmark", [{ ...root, id: `root-${step}`, identifier: `root-${step}` }]);
    const [leaf] = await append.add("benchmark", [{ id: `leaf-${step}`, domain_pk, identifier: `leaf-${step}`, parent_pk }]);
    const [version_pk] = await append.add("benchmark_version", [{ id: `v-${step}`, benchmark_pk: leaf, number: 1 }]);
    const [model_pk] = await append.add("model", [{ id: `m-${step}`, domain_pk, name: "first", is_public: true }]);
    await append.add("observation", [{ id: `o-${step}`, model_pk, version_pk, raw: 0.3, ceiled: 0.3, ended_at: "2022-01-01T00:00:00Z" }]);
  },
  release: async (append, random, step) => {
    const { pk: domain_pk } = await one(append, random, `SELECT pk FROM domain ORDER BY pk`);
    const [{ last_revision, public_revision }] = await append.query(`SELECT * FROM ledger`);
    const at = { at_revision: last_revision, at_public_revision: public_revision, created_at: "2025-01-01T00:00:00Z" };
    await append.add("release", [
      { id: `release-${step}`, domain_pk, name: `release-${step}`, checksum: `sha256:${"0".repeat(64)}`, ...at },
    ]);
  },
  submission: async (append, random, step) => {
    const { pk: account_pk } = await one(append, random, `SELECT pk FROM account ORDER BY pk`);
    await append.add("submission", [{ id: `s-${step}`, account_pk, key: `s-${step}`, submitted_at: "2025-01-01T00:00:00Z" }]);
  },
  nothing: async () => undefined,
};

async function seedReference(append: Append, step: number): Promise<void> {
  const [{ pk: domain_pk, position }] = await append.query(
    `SELECT pk, (SELECT count(*)::int FROM reference WHERE domain_pk = domain.pk) AS "position" FROM domain ORDER BY pk LIMIT 1`,
  );
  const key = `Ref${step}`;
  await append.add("reference", [
    { id: `reference-${step}`, domain_pk, key, position, bibtex: `@misc{${key}}`, csl: { id: key }, work: key },
  ]);
}
