import Cursor from "pg-cursor";
import type { DataSource, QueryRunner } from "typeorm";
import { Board } from "./board";
import { Catalog } from "./catalog";
import { DomainBoard } from "./domain-board";
import type { DomainCatalog } from "./domain-catalog";
import type { BenchmarkFacts, DomainFacts, LedgerFacts, ModelFacts, ObservationFacts, ReferenceFacts, VersionFacts } from "./facts";
import { groupBy } from "./group-by";

/** Rows fetched at a time from the table of observations: enough to keep the wire busy, little enough to stay out of the way. */
const ROWS_A_FETCH = 5_000;

const LEDGER = `SELECT last_revision AS "revision", public_revision AS "publicRevision", id_key AS "idKey" FROM ledger`;

const DOMAINS = `SELECT pk, id, slug, name, usage, license, reference_keys AS "referenceKeys" FROM domain ORDER BY slug COLLATE "C"`;

const BENCHMARKS = `SELECT domain_pk AS "domainPk", pk, id, identifier, parent_pk AS "parentPk", "order", is_visible AS "isVisible",
  is_raw AS "isRaw", rank_decimals AS "rankDecimals", root_position AS "rootPosition", reference_pk AS "referencePk" FROM benchmark ORDER BY pk`;

const VERSIONS = `SELECT b.domain_pk AS "domainPk", v.pk, v.id, v.benchmark_pk AS "benchmarkPk", v.number, v.ceiling, v.recording_region AS "region",
  v.recording_species AS "species", v.recording_task AS "task", v.recording_is_public AS "dataIsPublic", v.stimuli_count AS "stimulusCount"
  FROM benchmark_version v JOIN benchmark b ON b.pk = v.benchmark_pk ORDER BY v.benchmark_pk, v.number`;

const REFERENCES = `SELECT domain_pk AS "domainPk", pk, id, key, work FROM reference ORDER BY pk`;

const MODELS = `SELECT m.domain_pk AS "domainPk", m.pk, m.id, m.name, m.is_public AS "isPublic", m.owner_pk AS "ownerPk", a.contributor_id AS "contributorId",
  coalesce(a.display_name, a.key) AS "contributorName", m.reference_pk AS "referencePk", round(extract(epoch FROM m.submitted_at) * 1000)::float8 AS "submittedAt",
  m.competition, m."group", m.visual_degrees AS "visualDegrees", m.architecture, m.family, m.training_dataset AS "trainingDataset",
  m.task_specialization AS "taskSpecialization", m.parameter_count AS "parameterCount", m.size_megabytes AS "sizeMegabytes", m.is_runnable AS "isRunnable"
  FROM model m LEFT JOIN account a ON a.pk = m.owner_pk ORDER BY m.pk`;

const OBSERVATION_COUNT = `SELECT count(*)::int AS "count" FROM observation o JOIN model m ON m.pk = o.model_pk WHERE m.domain_pk = $1`;

const OBSERVATIONS = `SELECT o.pk, o.model_pk, o.version_pk, o.raw, o.ceiled, o.error, o.is_failed, o.retracted_at IS NOT NULL,
  round(extract(epoch FROM o.started_at) * 1000)::float8, round(extract(epoch FROM o.ended_at) * 1000)::float8
  FROM observation o JOIN model m ON m.pk = o.model_pk WHERE m.domain_pk = $1`;

type OfDomain<T> = T & { domainPk: number };
type ObservationRow = [number, number, number, number | null, number | null, number | null, boolean, boolean, number | null, number | null];

/** Runs a read in one snapshot of the database, so that all of its SELECTs speak of one revision. */
async function inSnapshot<T>(dataSource: DataSource, read: (runner: QueryRunner) => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.connect();
    await runner.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const result = await read(runner);
    await runner.query("COMMIT");
    return result;
  } catch (error) {
    // The connection may be what failed: the first error is the one to tell.
    await runner.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

async function catalogOf(runner: QueryRunner): Promise<Catalog> {
  const [ledger] = (await runner.query(LEDGER)) as LedgerFacts[];
  const domains = (await runner.query(DOMAINS)) as DomainFacts[];
  const rows = async <T>(sql: string) => groupBy((await runner.query(sql)) as OfDomain<T>[], ({ domainPk }) => domainPk);
  const benchmarks = await rows<BenchmarkFacts>(BENCHMARKS);
  const versions = await rows<VersionFacts>(VERSIONS);
  const references = await rows<ReferenceFacts>(REFERENCES);
  return new Catalog(
    ledger,
    domains.map((domain) => ({
      domain,
      benchmarks: benchmarks.get(domain.pk) ?? [],
      versions: versions.get(domain.pk) ?? [],
      references: references.get(domain.pk) ?? [],
    })),
  );
}

/** Streams a domain's observations into arrays that are sized once. */
async function observationsOf(runner: QueryRunner, catalog: DomainCatalog, models: readonly ModelFacts[]): Promise<ObservationFacts> {
  const [{ count }] = (await runner.query(OBSERVATION_COUNT, [catalog.domain.pk])) as { count: number }[];
  const observations: ObservationFacts = {
    length: count,
    pk: new Int32Array(count),
    model: new Int32Array(count),
    node: new Int32Array(count),
    version: new Int32Array(count),
    raw: new Float64Array(count),
    ceiled: new Float64Array(count),
    error: new Float64Array(count),
    failed: new Uint8Array(count),
    retracted: new Uint8Array(count),
    startedAt: new Float64Array(count),
    endedAt: new Float64Array(count),
  };
  const slots = new Map(models.map(({ pk }, slot) => [pk, slot]));
  const versions = new Map(catalog.versions.flatMap((numbered, node) => numbered.map(({ pk, number }) => [pk, { node, number }])));

  const client = await runner.connect();
  const cursor = client.query(new Cursor<ObservationRow>(OBSERVATIONS, [catalog.domain.pk], { rowMode: "array" }));
  let at = 0;
  for (let rows = await cursor.read(ROWS_A_FETCH); rows.length > 0; rows = await cursor.read(ROWS_A_FETCH)) {
    for (const [pk, modelPk, versionPk, raw, ceiled, error, failed, retracted, startedAt, endedAt] of rows) {
      const { node, number } = versions.get(versionPk)!;
      observations.pk[at] = pk;
      observations.model[at] = slots.get(modelPk)!;
      observations.node[at] = node;
      observations.version[at] = number;
      observations.raw[at] = raw ?? NaN;
      observations.ceiled[at] = ceiled ?? NaN;
      observations.error[at] = error ?? NaN;
      observations.failed[at] = failed ? 1 : 0;
      observations.retracted[at] = retracted ? 1 : 0;
      observations.startedAt[at] = startedAt ?? NaN;
      observations.endedAt[at] = endedAt ?? NaN;
      at++;
    }
  }
  await cursor.close();
  return observations;
}

/** Reads the catalog alone: for a process that serves benchmarks but no scores. */
export const readCatalog = (dataSource: DataSource): Promise<Catalog> => inSnapshot(dataSource, catalogOf);

/** Reads all facts of one revision and makes their board. Observations are streamed; nothing is kept twice. */
export const readBoard = (dataSource: DataSource): Promise<Board> =>
  inSnapshot(dataSource, async (runner) => {
    const catalog = await catalogOf(runner);
    const models = groupBy((await runner.query(MODELS)) as OfDomain<ModelFacts>[], ({ domainPk }) => domainPk);
    const domains: DomainBoard[] = [];
    for (const domain of catalog.domains) {
      const own = models.get(domain.domain.pk) ?? [];
      domains.push(new DomainBoard(domain, own, await observationsOf(runner, domain, own)));
    }
    return new Board(catalog, domains);
  });
