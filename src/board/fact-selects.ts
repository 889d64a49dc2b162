import type { FactTable } from "../database/fact-tables";

/** A SELECT over fact tables: the contract between the board and those tables. No others are read, and no other columns. */
export interface Select {
  readonly sql: string;
  /** The fact tables that it names. */
  readonly tables: readonly FactTable[];
}

/** The same of a whole table, and of what was added to it or changed after a revision. */
export interface FactSelect extends Select {
  readonly after: (revision: number) => string;
}

/** `isNewer`: the condition under which a row is newer than `$`, a revision. */
const factSelect = (tables: readonly FactTable[], rows: string, isNewer: string, order: string): FactSelect => ({
  tables,
  sql: `${rows} ORDER BY ${order}`,
  after: (revision) => `${rows} WHERE ${isNewer.replaceAll("$", String(revision))} ORDER BY ${order}`,
});

export const LEDGER = `SELECT last_revision AS "revision", public_revision AS "publicRevision", id_key AS "idKey" FROM ledger`;

/** The ledger as it stood at an earlier revision, at which an append ended. */
export const LEDGER_AT = `SELECT $1::bigint AS "revision", id_key AS "idKey",
  (SELECT coalesce(max(public_revision), 0) FROM fact_append WHERE last_revision <= $1) AS "publicRevision" FROM ledger`;

export const DOMAINS = factSelect(
  ["domain"],
  `SELECT pk, id, slug, name, usage, license, reference_keys AS "referenceKeys" FROM domain`,
  `revision > $`,
  `slug COLLATE "C"`,
);

export const BENCHMARKS = factSelect(
  ["benchmark"],
  `SELECT domain_pk AS "domainPk", pk, id, identifier, parent_pk AS "parentPk", "order", is_visible AS "isVisible",
  is_raw AS "isRaw", rank_decimals AS "rankDecimals", root_position AS "rootPosition", reference_pk AS "referencePk" FROM benchmark`,
  `revision > $`,
  `pk`,
);

export const VERSIONS = factSelect(
  ["benchmark", "benchmark_version"],
  `SELECT b.domain_pk AS "domainPk", v.pk, v.id, v.benchmark_pk AS "benchmarkPk", v.number, v.ceiling, v.recording_region AS "region",
  v.recording_species AS "species", v.recording_task AS "task", v.recording_is_public AS "dataIsPublic", v.stimuli_count AS "stimulusCount"
  FROM benchmark_version v JOIN benchmark b ON b.pk = v.benchmark_pk`,
  `v.revision > $`,
  `v.benchmark_pk, v.number`,
);

export const REFERENCES = factSelect(
  ["reference"],
  `SELECT domain_pk AS "domainPk", pk, id, key, work, registrant_pk AS "registrantPk" FROM reference`,
  `revision > $`,
  `pk`,
);

export const MODELS = factSelect(
  ["model", "account"],
  `SELECT m.domain_pk AS "domainPk", m.pk, m.id, m.name, m.is_public AS "isPublic", m.owner_pk AS "ownerPk", a.contributor_id AS "contributorId",
  coalesce(a.display_name, a.key) AS "contributorName", m.reference_pk AS "referencePk", round(extract(epoch FROM m.submitted_at) * 1000)::float8 AS "submittedAt",
  m.competition, m."group", m.visual_degrees AS "visualDegrees", m.architecture, m.family, m.training_dataset AS "trainingDataset",
  m.task_specialization AS "taskSpecialization", m.parameter_count AS "parameterCount", m.size_megabytes AS "sizeMegabytes", m.is_runnable AS "isRunnable"
  FROM model m LEFT JOIN account a ON a.pk = m.owner_pk`,
  // Arrays, which are made first: otherwise PostgreSQL may look at all models to find the few.
  `m.pk = ANY (ARRAY(SELECT pk FROM model WHERE revision > $ UNION ALL
    SELECT pk FROM model WHERE owner_pk = ANY (ARRAY(SELECT pk FROM account WHERE revision > $))))`,
  `m.pk`,
);

export const RELEASES = factSelect(
  ["release"],
  `SELECT domain_pk AS "domainPk", pk, id, name, at_revision AS "atRevision", at_public_revision AS "atPublicRevision",
  created_at AS "createdAt", notes, checksum FROM release`,
  `release.revision > $`,
  `release.revision`,
);

export const OBSERVATION_COUNT: Select = {
  tables: ["observation", "model"],
  sql: `SELECT count(*)::int AS "count" FROM observation o JOIN model m ON m.pk = o.model_pk WHERE m.domain_pk = $1`,
};

const OBSERVATION = `o.revision, o.pk, o.model_pk, o.version_pk, o.raw, o.ceiled, o.error, o.is_failed, o.retracted_at IS NOT NULL,
  round(extract(epoch FROM o.started_at) * 1000)::float8, round(extract(epoch FROM o.ended_at) * 1000)::float8`;

export const OBSERVATIONS: Select = {
  tables: ["observation", "model"],
  sql: `SELECT ${OBSERVATION} FROM observation o JOIN model m ON m.pk = o.model_pk WHERE m.domain_pk = $1`,
};

/** Observations of all domains that were added or changed after a revision, at most so many, each after the pk of its domain. */
export const observationsAfter = (revision: number, most: number): string =>
  `SELECT m.domain_pk, ${OBSERVATION} FROM observation o JOIN model m ON m.pk = o.model_pk WHERE o.revision > ${revision} LIMIT ${most}`;

/** What observations that changed after a revision, $2, and by another one, $3, said at the first. */
export const EARLIER_OBSERVATIONS: Select = {
  tables: [],
  sql: `SELECT ${OBSERVATION} FROM earlier_content e, jsonb_populate_record(NULL::observation, e.content) o JOIN model m ON m.pk = o.model_pk
  WHERE e.table_name = 'observation' AND e.revision <= $2 AND e.until_revision > $2 AND e.until_revision <= $3
  AND m.domain_pk = $1`,
};
