import { groupBy } from "../board/group-by";
import { IS_RELEASED } from "../database/is-released";
import { IS_SEEN_BY_ALL } from "../database/whose-reference";
import { type Query } from "../database/write-rows";
import { type Value } from "./cells";
import { type Table } from "./columns";
import {
  type AccountRow,
  type BenchmarkRow,
  type DomainRow,
  type LayerRow,
  type ModelRow,
  type ReferenceRow,
  type SampleRow,
  type ScoreRow,
  type SubmissionRow,
  type VersionRow,
} from "./dataset";
import { fieldValue, selectOwnColumns } from "./fact-columns";

/** A fact of the database in the words of a folder, with its keys. */
export type Kept<T> = T & { readonly pk: number; readonly id: string };

/** A node that the database has; `root` is its place among the roots, null below them. */
export type KeptBenchmark = Kept<BenchmarkRow> & {
  readonly isRaw: boolean;
  readonly root: number | null;
  readonly referencePk: number | null;
};
/** An edition that the database has, with its sample stimuli. */
export type KeptVersion = Kept<VersionRow> & { readonly samples: readonly Pick<SampleRow, "position" | "url">[] };
/** A model that the database has, with its layers. */
export type KeptModel = Kept<ModelRow> & {
  readonly commitments: readonly Pick<LayerRow, "region" | "layer">[];
  /** True if a release has it among its public models. */
  readonly isReleased: boolean;
  readonly referencePk: number | null;
};
/** A reference that the database has. */
export type KeptReference = Kept<ReferenceRow> & {
  readonly doi: string | null;
  readonly work: string;
  readonly position: number;
  /** True if an account registered it, false if it was imported. */
  readonly isRegistered: boolean;
  readonly isSeenByAll: boolean;
};
/** An observation that the database has. */
export type KeptScore = Kept<ScoreRow> & { readonly modelPk: number; readonly submissionPk: number | null };

/** What the database holds of one domain, but for observations and the content of files, in the words of a folder. */
export interface Held {
  readonly domain: Kept<DomainRow & { license: string | null; dataset_name: string | null; notes: string | null }> | null;
  readonly benchmarks: readonly KeptBenchmark[];
  readonly versions: readonly KeptVersion[];
  readonly models: readonly KeptModel[];
  /** In stored order, under the keys that they have stored: see `withFolderKeys`. */
  readonly references: readonly KeptReference[];
  /** Of all domains: an account belongs to none. */
  readonly accounts: readonly Kept<AccountRow>[];
  /** Of all domains. */
  readonly submissions: readonly Kept<SubmissionRow>[];
  readonly files: readonly { readonly pk: number; readonly path: string; readonly digest: string }[];
}

/** What a database without a domain holds. */
export const NOTHING_HELD: Held = {
  domain: null,
  benchmarks: [],
  versions: [],
  models: [],
  references: [],
  accounts: [],
  submissions: [],
  files: [],
};

type FactRow = Record<string, unknown>;

const inFields = <T>(rows: FactRow[]): T[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, fieldValue(column, value)])) as T);

/** Reads what the database holds of the domain `slug`, within the transaction that `query` speaks in. */
export async function readHeld(query: Query, slug: string): Promise<Held> {
  const [domain] = await query(
    `SELECT pk, id, slug, name, usage, license, dataset_name, notes, reference_keys FROM domain WHERE slug = $1`,
    [slug],
  );
  const pk: number | null = domain?.pk ?? null;
  const read = async <T>(table: Table, from: string, columns: string): Promise<T[]> =>
    inFields<T>(
      await query(`SELECT fact.pk, fact.id, ${columns}, ${selectOwnColumns(table, "fact")} FROM ${from}`, /\$1/.test(from) ? [pk] : []),
    );
  return {
    domain: domain ? { ...domain, references: domain.reference_keys } : null,
    benchmarks: await read(
      "benchmarks",
      `benchmark AS fact LEFT JOIN benchmark AS above ON above.pk = fact.parent_pk
       LEFT JOIN reference ON reference.pk = fact.reference_pk WHERE fact.domain_pk = $1`,
      `above.identifier AS parent, reference.key AS reference, fact.reference_pk AS "referencePk", fact.is_raw AS "isRaw", fact.root_position AS root`,
    ),
    versions: await read(
      "versions",
      `benchmark_version AS fact JOIN benchmark ON benchmark.pk = fact.benchmark_pk WHERE benchmark.domain_pk = $1`,
      `benchmark.identifier AS benchmark, fact.samples`,
    ),
    models: await read(
      "models",
      `model AS fact LEFT JOIN account ON account.pk = fact.owner_pk LEFT JOIN reference ON reference.pk = fact.reference_pk
       WHERE fact.domain_pk = $1`,
      `account.key AS owner, reference.key AS reference, fact.reference_pk AS "referencePk", fact.layers AS commitments, ${IS_RELEASED} AS "isReleased"`,
    ),
    references: await query(
      `SELECT pk, id, key, bibtex, doi, work, position, registrant_pk IS NOT NULL AS "isRegistered", ${IS_SEEN_BY_ALL} AS "isSeenByAll"
       FROM reference AS fact WHERE domain_pk = $1 ORDER BY position`,
      [pk],
    ),
    accounts: await read("accounts", `account AS fact`, `fact.contributor_id`),
    submissions: await read("submissions", `submission AS fact JOIN account ON account.pk = fact.account_pk`, `account.key AS owner`),
    files: await query(`SELECT pk, path, encode(sha256(content), 'hex') AS digest FROM sample_file WHERE domain_pk = $1`, [pk]),
  };
}

/** Reads the observations of the given models, by the pk of their version; retracted ones too, in the order they were registered. */
export async function readHeldScores(query: Query, models: readonly KeptModel[]): Promise<KeptScore[]> {
  if (models.length === 0) return [];
  const byPk = new Map(models.map((model) => [model.pk, model]));
  const rows = await query(
    `SELECT fact.pk, fact.id, fact.model_pk AS "modelPk", benchmark.identifier AS benchmark, benchmark_version.number AS version,
       submission.key AS submission, fact.submission_pk AS "submissionPk", ${selectOwnColumns("scores", "fact")}
     FROM observation AS fact JOIN benchmark_version ON benchmark_version.pk = fact.version_pk
     JOIN benchmark ON benchmark.pk = benchmark_version.benchmark_pk LEFT JOIN submission ON submission.pk = fact.submission_pk
     WHERE fact.model_pk = ANY ($1) ORDER BY fact.pk`,
    [models.map(({ pk }) => pk)],
  );
  // Half a million rows: they are put right where they are, not copied.
  for (const row of rows) {
    const { name, owner } = byPk.get(row.modelPk) as KeptModel;
    row.model = name;
    row.owner = owner;
    for (const column of INSTANTS) row[column] = fieldValue(column, row[column]);
  }
  return rows;
}

const INSTANTS = ["started_at", "ended_at", "retracted_at"];

/** The facts of each key; the key's parts are joined so that no two keys meet. */
export const byKey = <T>(rows: Iterable<T>, ...parts: ((row: T) => Value | undefined)[]): Map<string, T[]> =>
  groupBy(rows, (row) => keyOf(...parts.map((part) => part(row))));

/** One string for the parts of a natural key. Each part says how long it is, so that no two keys meet; null is not the empty text. */
export function keyOf(...parts: (Value | undefined)[]): string {
  let key = "";
  for (const part of parts) {
    const text = String(part ?? "");
    key += part === null || part === undefined ? "-" : `${text.length}:${text}`;
  }
  return key;
}

/** The key of an observation among those of its model. */
export const keyOfScore = ({ benchmark, version, started_at, ended_at }: ScoreRow): string =>
  keyOf(benchmark, version, started_at, ended_at);
