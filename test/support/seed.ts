import type { DataSource } from "typeorm";
import { type Append, appendFacts, type Appended } from "../../src/database/append-facts";
import type { FactTable } from "../../src/database/fact-tables";
import { idOf } from "../../src/database/identify";
import type { Row } from "../../src/database/write-rows";
import { type DrawnNode, parseTree } from "./parse-tree";

/** Further columns of a row, by column name: what a seed's method does not name itself. */
type Columns = Row;

export interface SeedModel {
  /** Default true. */
  readonly isPublic?: boolean;
  /** Key of an account, which is made if it is not there. */
  readonly owner?: string;
  readonly reference?: string;
  readonly columns?: Columns;
}

export interface SeedScore {
  readonly raw?: number | null;
  readonly ceiled?: number | null;
  readonly error?: number | null;
  readonly failed?: boolean;
  /** Default: the highest of the leaf. */
  readonly version?: number;
  /** Owner of the model, where two models have this name. */
  readonly owner?: string;
  readonly startedAt?: string | null;
  /** Default 2021-01-01; null for unknown. */
  readonly endedAt?: string | null;
  readonly comment?: string;
  readonly retractedAt?: string;
  readonly retractionReason?: string;
  /** Key of a submission of the model's owner, which is made if it is not there. */
  readonly submission?: string;
}

type Step = (append: Append) => Promise<void>;

/**
 * Tells a story of facts, one after the other, and writes it in one append: `await seed(dataSource).domain("vision").tree(…)
 * .model("alpha").score("alpha", "leaf-a", .5).write()`. What an earlier seed wrote can be spoken of.
 */
export const seed = (dataSource: DataSource): Seed => new Seed(dataSource);

class Seed {
  private readonly steps: Step[] = [];
  private slug = "vision";

  constructor(private readonly dataSource: DataSource) {}

  /** What follows belongs to this domain; made if it is not there. `references`: keys that the domain asks to cite. */
  domain(slug: string, { references = [], columns = {} }: { references?: readonly string[]; columns?: Columns } = {}): this {
    this.slug = slug;
    return this.step(async (append) => {
      if (await find(append, "domain", { slug })) return;
      await append.add("domain", [{ id: idOf(append.idKey, "Domain", slug), slug, name: slug, reference_keys: references, ...columns }]);
    });
  }

  /** Adds benchmarks, drawn as `parseTree` reads them, and a version of each leaf. */
  tree(drawing: string): this {
    const slug = this.slug;
    return this.step(async (append) => {
      for (const node of parseTree(drawing)) await addNode(append, slug, node);
    });
  }

  /** Adds a version of a leaf, or changes columns of the one that is there. */
  version(benchmark: string, number: number, columns: Columns = {}): this {
    const slug = this.slug;
    return this.step(async (append) => {
      const benchmark_pk = await benchmarkPk(append, slug, benchmark);
      const pk = await find(append, "benchmark_version", { benchmark_pk, number });
      if (pk) await append.change("benchmark_version", [{ pk, ...columns }]);
      else await addVersion(append, slug, benchmark, benchmark_pk, number, columns);
    });
  }

  reference(key: string, columns: Columns = {}): this {
    const slug = this.slug;
    return this.step(async (append) => {
      const domain_pk = await domainPk(append, slug);
      const [{ position }] = await append.query(`SELECT count(*)::int AS "position" FROM reference WHERE domain_pk = $1`, [domain_pk]);
      const title = `The work ${key}`;
      const given = {
        title,
        authors: ["Doe, Jane"],
        year: 2020,
        bibtex: `@misc{${key}, title={${title}}, author={Doe, Jane}, year={2020}}`,
      };
      const csl = { id: key, type: "article", title, author: [{ family: "Doe", given: "Jane" }], issued: { "date-parts": [[2020]] } };
      const work = (columns.doi as string | undefined) ?? key;
      await append.add("reference", [
        { id: idOf(append.idKey, "Reference", slug, key), domain_pk, key, position, csl, work, ...given, ...columns },
      ]);
    });
  }

  account(key: string, columns: Columns = {}): this {
    return this.step(async (append) => {
      const pk = await find(append, "account", { key });
      if (pk) await append.change("account", [{ pk, ...columns }]);
      else await accountPk(append, key, columns);
    });
  }

  model(name: string, { isPublic = true, owner, reference, columns = {} }: SeedModel = {}): this {
    const slug = this.slug;
    return this.step(async (append) => {
      const row = {
        id: idOf(append.idKey, "Model", slug, name, owner ?? null),
        domain_pk: await domainPk(append, slug),
        name,
        is_public: isPublic,
        owner_pk: owner === undefined ? null : await accountPk(append, owner),
        reference_pk: reference === undefined ? null : await referencePk(append, slug, reference),
      };
      await append.add("model", [{ ...row, ...columns }]);
    });
  }

  /** Adds an observation; a number alone stands for raw and ceiled. */
  score(model: string, benchmark: string, score: number | SeedScore): this {
    const slug = this.slug;
    const given = typeof score === "number" ? { raw: score, ceiled: score } : score;
    return this.step((append) => addObservation(append, slug, model, benchmark, given));
  }

  /** Adds a file that the domain brings along. */
  sampleFile(path: string, content: Buffer, mediaType = "image/png"): this {
    const slug = this.slug;
    return this.step(async (append) => {
      const id = idOf(append.idKey, "SampleFile", slug, path);
      await append.add("sample_file", [{ id, domain_pk: await domainPk(append, slug), path, content, media_type: mediaType }]);
    });
  }

  /** Adds or changes facts in any other way. */
  also(step: Step): this {
    return this.step(step);
  }

  /** Writes it all. */
  write(): Promise<Appended<void>> {
    return appendFacts(this.dataSource, { source: "seed" }, async (append) => {
      for (const step of this.steps) await step(append);
    });
  }

  private step(step: Step): this {
    this.steps.push(step);
    return this;
  }
}

async function addNode(append: Append, slug: string, node: DrawnNode): Promise<void> {
  const [pk] = await append.add("benchmark", [
    {
      id: idOf(append.idKey, "Benchmark", slug, node.identifier),
      domain_pk: await domainPk(append, slug),
      identifier: node.identifier,
      parent_pk: node.parent === null ? null : await benchmarkPk(append, slug, node.parent),
      order: node.parent === null ? 0 : node.place,
      is_visible: node.isVisible,
      is_raw: node.isRaw,
      rank_decimals: node.rankDecimals,
      root_position: node.parent === null ? node.place : null,
      reference_pk: node.reference === null ? null : await referencePk(append, slug, node.reference),
    },
  ]);
  for (const number of node.versions) await addVersion(append, slug, node.identifier, pk, number, {});
}

async function addVersion(append: Append, slug: string, benchmark: string, pk: number, number: number, columns: Columns): Promise<void> {
  const id = idOf(append.idKey, "BenchmarkVersion", slug, benchmark, number);
  await append.add("benchmark_version", [{ id, benchmark_pk: pk, number, ...columns }]);
}

async function addObservation(append: Append, slug: string, model: string, benchmark: string, score: SeedScore): Promise<void> {
  const { raw = null, ceiled = null, error = null, failed = false, startedAt = null, endedAt = "2021-01-01" } = score;
  const [found] = await append.query(
    `SELECT model.pk, model.id, account.key AS "owner" FROM model JOIN domain ON domain.pk = domain_pk LEFT JOIN account ON account.pk = owner_pk
     WHERE slug = $1 AND model.name = $2 AND ($3::text IS NULL OR account.key = $3)`,
    [slug, model, score.owner ?? null],
  );
  const [version] = await append.query(
    `SELECT benchmark_version.pk, benchmark_version.id FROM benchmark_version JOIN benchmark ON benchmark.pk = benchmark_pk
     JOIN domain ON domain.pk = domain_pk WHERE slug = $1 AND identifier = $2 AND number = coalesce($3, number) ORDER BY number DESC LIMIT 1`,
    [slug, benchmark, score.version ?? null],
  );
  if (!found || !version) throw new Error(`The seed scores ${model} on ${benchmark}, of which one is not there.`);
  const [started, ended] = [startedAt, endedAt].map((at) => (at === null ? null : new Date(at).toISOString()));
  const [{ before }] = await append.query(
    `SELECT count(*)::int AS "before" FROM observation WHERE model_pk = $1 AND version_pk = $2
     AND started_at IS NOT DISTINCT FROM $3 AND ended_at IS NOT DISTINCT FROM $4`,
    [found.pk, version.pk, started, ended],
  );
  await append.add("observation", [
    {
      id: idOf(append.idKey, "Observation", found.id, version.id, started, ended, before),
      model_pk: found.pk,
      version_pk: version.pk,
      submission_pk: score.submission === undefined ? null : await submissionPk(append, found.owner, score.submission),
      raw,
      ceiled,
      error,
      is_failed: failed,
      started_at: started,
      ended_at: ended,
      comment: score.comment ?? null,
      retracted_at: score.retractedAt ?? null,
      retraction_reason: score.retractionReason ?? null,
    },
  ]);
}

async function find(append: Append, table: FactTable, where: Row): Promise<number | null> {
  const columns = Object.keys(where).map((column, place) => `${column} = $${place + 1}`);
  const [row] = await append.query(`SELECT pk FROM ${table} WHERE ${columns.join(" AND ")}`, Object.values(where));
  return row?.pk ?? null;
}

async function findOrThrow(append: Append, table: FactTable, where: Row): Promise<number> {
  const pk = await find(append, table, where);
  if (pk === null) throw new Error(`The seed speaks of a ${table} that is not there: ${JSON.stringify(where)}.`);
  return pk;
}

const domainPk = (append: Append, slug: string): Promise<number> => findOrThrow(append, "domain", { slug });

const benchmarkPk = async (append: Append, slug: string, identifier: string): Promise<number> =>
  findOrThrow(append, "benchmark", { domain_pk: await domainPk(append, slug), identifier });

const referencePk = async (append: Append, slug: string, key: string): Promise<number> =>
  findOrThrow(append, "reference", { domain_pk: await domainPk(append, slug), key });

async function accountPk(append: Append, key: string, columns: Columns = {}): Promise<number> {
  const found = await find(append, "account", { key });
  if (found) return found;
  const ids = { id: idOf(append.idKey, "Account", key), contributor_id: idOf(append.idKey, "Contributor", key) };
  const [pk] = await append.add("account", [{ ...ids, key, ...columns }]);
  return pk;
}

async function submissionPk(append: Append, owner: string, key: string): Promise<number> {
  const account_pk = await accountPk(append, owner);
  const found = await find(append, "submission", { account_pk, key });
  if (found) return found;
  const id = idOf(append.idKey, "Submission", owner, key);
  const [pk] = await append.add("submission", [{ id, account_pk, key, submitted_at: "2021-01-01T00:00:00Z" }]);
  return pk;
}
