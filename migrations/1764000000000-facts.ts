import { randomBytes } from "node:crypto";
import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * The fact tables, and what the database itself holds them to: facts are never removed, a change keeps the earlier content (§9), numbers
 * are finite (§2), trees are trees (§3), names are unique as §10 says. Names and keys sort by code point on any Postgres (COLLATE "C").
 */
export class Facts1764000000000 implements MigrationInterface {
  readonly name = "Facts1764000000000";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LEDGER);
    await runner.query(`INSERT INTO ledger (id_key) VALUES ($1)`, [randomBytes(32)]);
    await runner.query(HISTORY);
    await runner.query(TABLES);
    await runner.query(RULES);
    for (const table of FACT_TABLES) await runner.query(keepHistory(table));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${[...FACT_TABLES].reverse().join(", ")}, earlier_content, fact_append, ledger`);
    await runner.query(
      `DROP FUNCTION keep_earlier_content, refuse_removal, check_benchmark, check_version, check_observations, check_model`,
    );
    await runner.query(`DROP DOMAIN score_number, size_number`);
  }
}

/** In the order in which they refer to each other. */
const FACT_TABLES = [
  "domain",
  "account",
  "reference",
  "benchmark",
  "benchmark_version",
  "sample_file",
  "model",
  "submission",
  "observation",
];

const FACT = `
  pk integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text COLLATE "C" NOT NULL UNIQUE,
  revision bigint NOT NULL UNIQUE CHECK (revision > 0)`;

/** Lists sort by this column, by code point. */
const NAME = `text COLLATE "C" NOT NULL`;

const LEDGER = `
  CREATE TABLE ledger (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    last_revision bigint NOT NULL DEFAULT 0,
    public_revision bigint NOT NULL DEFAULT 0 CHECK (public_revision BETWEEN 0 AND last_revision),
    id_key bytea NOT NULL CHECK (octet_length(id_key) = 32)
  )`;

const HISTORY = `
  CREATE TABLE earlier_content (
    table_name text NOT NULL,
    pk integer NOT NULL,
    revision bigint NOT NULL,
    until_revision bigint NOT NULL CHECK (until_revision > revision),
    content jsonb NOT NULL,
    PRIMARY KEY (table_name, pk, revision)
  );

  CREATE FUNCTION keep_earlier_content() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.revision <= OLD.revision THEN
      RAISE EXCEPTION 'A change of % must take a higher revision than %, not %.', TG_TABLE_NAME, OLD.revision, NEW.revision
        USING ERRCODE = 'check_violation', CONSTRAINT = 'revision_grows';
    END IF;
    IF NEW.pk <> OLD.pk OR NEW.id <> OLD.id THEN
      RAISE EXCEPTION 'The id of % is kept for life.', TG_TABLE_NAME USING ERRCODE = 'check_violation', CONSTRAINT = 'id_is_kept';
    END IF;
    INSERT INTO earlier_content VALUES (TG_TABLE_NAME, OLD.pk, OLD.revision, NEW.revision, to_jsonb(OLD));
    RETURN NEW;
  END $$;

  CREATE FUNCTION refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'What % says is never taken away: % is refused.', TG_TABLE_NAME, TG_OP
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'facts_are_kept';
  END $$;

  CREATE TRIGGER never_removed BEFORE UPDATE OR DELETE ON earlier_content FOR EACH ROW EXECUTE FUNCTION refuse_removal();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON earlier_content FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();
  CREATE TRIGGER never_removed BEFORE DELETE ON ledger FOR EACH ROW EXECUTE FUNCTION refuse_removal();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();`;

const keepHistory = (table: string): string => `
  CREATE TRIGGER earlier_content_kept BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION keep_earlier_content();
  CREATE TRIGGER never_removed BEFORE DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_removal();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();`;

// Uniqueness that a change may break for a moment, such as the exchange of two places, is checked at the end of the statement (DEFERRABLE).
// NaN is above every number in Postgres, so the upper bounds refuse it.
const TABLES = `
  CREATE DOMAIN score_number AS float8 CHECK (value BETWEEN -1e12 AND 1e12);
  CREATE DOMAIN size_number AS float8 CHECK (value >= 0 AND value < 'infinity');

  CREATE TABLE domain (${FACT},
    slug ${NAME} UNIQUE CHECK (slug <> ''),
    name text NOT NULL CHECK (name <> ''),
    usage text,
    license text,
    dataset_name text,
    notes text,
    reference_keys text[] NOT NULL DEFAULT '{}'
  );

  CREATE TABLE account (${FACT},
    key ${NAME} UNIQUE CHECK (key <> ''),
    contributor_id text COLLATE "C" NOT NULL UNIQUE,
    display_name text,
    role text NOT NULL DEFAULT 'MEMBER' CHECK (role IN ('MEMBER', 'ADMIN')),
    CONSTRAINT account_key_is_no_address CHECK (key !~ '.@.')
  );

  CREATE TABLE reference (${FACT},
    domain_pk integer NOT NULL REFERENCES domain,
    key ${NAME} CHECK (key <> ''),
    position integer NOT NULL,
    bibtex text NOT NULL,
    csl jsonb NOT NULL,
    work text NOT NULL CHECK (work <> ''),
    title text,
    authors text[] NOT NULL DEFAULT '{}',
    year integer,
    doi text COLLATE "C" CHECK (doi = lower(doi) AND doi !~ '^https?:'),
    url text CHECK (url ~* '^https?://'),
    UNIQUE (domain_pk, key),
    UNIQUE (domain_pk, doi),
    UNIQUE (domain_pk, position) DEFERRABLE,
    UNIQUE (domain_pk, pk)
  );

  CREATE TABLE benchmark (${FACT},
    domain_pk integer NOT NULL REFERENCES domain,
    identifier ${NAME} CHECK (identifier <> ''),
    parent_pk integer,
    "order" integer NOT NULL DEFAULT 0,
    is_visible boolean NOT NULL DEFAULT true,
    is_raw boolean NOT NULL DEFAULT false,
    rank_decimals smallint DEFAULT 3 CHECK (rank_decimals BETWEEN 0 AND 9),
    root_position integer CHECK (root_position >= 0),
    reference_pk integer,
    UNIQUE (domain_pk, identifier),
    UNIQUE (domain_pk, root_position) DEFERRABLE,
    UNIQUE (domain_pk, pk),
    FOREIGN KEY (domain_pk, parent_pk) REFERENCES benchmark (domain_pk, pk),
    FOREIGN KEY (domain_pk, reference_pk) REFERENCES reference (domain_pk, pk),
    CONSTRAINT benchmark_raw_is_of_roots CHECK (parent_pk IS NULL OR NOT is_raw),
    CONSTRAINT benchmark_root_has_position CHECK ((parent_pk IS NULL) = (root_position IS NOT NULL))
  );
  CREATE INDEX benchmark_parent ON benchmark (parent_pk);

  CREATE TABLE benchmark_version (${FACT},
    benchmark_pk integer NOT NULL REFERENCES benchmark,
    number integer NOT NULL CHECK (number >= 1),
    ceiling score_number,
    ceiling_error score_number CHECK (ceiling_error >= 0),
    stimuli_count integer CHECK (stimuli_count >= 0),
    stimuli_kind text,
    stimuli_subtype text,
    stimuli_size_megabytes size_number,
    stimuli_notes text,
    samples jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(samples) = 'array'),
    recording_sites integer CHECK (recording_sites >= 0),
    recording_region text,
    recording_hemisphere text,
    recording_species text,
    recording_subjects integer CHECK (recording_subjects >= 0),
    recording_kind text,
    recording_task text,
    recording_duration_milliseconds size_number,
    recording_preprocessing text,
    recording_is_public boolean,
    recording_notes text,
    metric_name text,
    metric_citation text,
    metric_is_public boolean,
    metric_notes text,
    UNIQUE (benchmark_pk, number)
  );

  CREATE TABLE sample_file (${FACT},
    domain_pk integer NOT NULL REFERENCES domain,
    path ${NAME} CHECK (path <> ''),
    content bytea NOT NULL,
    media_type text NOT NULL,
    UNIQUE (domain_pk, path)
  );

  CREATE TABLE model (${FACT},
    domain_pk integer NOT NULL REFERENCES domain,
    name ${NAME} CHECK (name <> ''),
    is_public boolean NOT NULL,
    owner_pk integer REFERENCES account,
    submitted_at timestamptz(3) CHECK (isfinite(submitted_at)),
    reference_pk integer,
    competition text,
    "group" text,
    visual_degrees integer CHECK (visual_degrees >= 0),
    layers jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(layers) = 'array'),
    architecture text,
    family text,
    parameter_count size_number,
    trainable_parameter_count size_number,
    layer_count integer CHECK (layer_count >= 0),
    trainable_layer_count integer CHECK (trainable_layer_count >= 0),
    size_megabytes size_number,
    training_dataset text,
    task_specialization text,
    is_runnable boolean,
    source_url text CHECK (source_url ~* '^https?://'),
    hugging_face_url text CHECK (hugging_face_url ~* '^https?://'),
    notes text,
    UNIQUE NULLS NOT DISTINCT (domain_pk, name, owner_pk),
    FOREIGN KEY (domain_pk, reference_pk) REFERENCES reference (domain_pk, pk)
  );
  CREATE UNIQUE INDEX model_public_name ON model (domain_pk, name) WHERE is_public;
  CREATE INDEX model_owner ON model (owner_pk);
  CREATE INDEX model_reference ON model (reference_pk);

  CREATE TABLE submission (${FACT},
    account_pk integer NOT NULL REFERENCES account,
    key ${NAME} CHECK (key <> ''),
    submitted_at timestamptz(3) NOT NULL CHECK (isfinite(submitted_at)),
    UNIQUE (account_pk, key)
  );

  CREATE TABLE observation (${FACT},
    model_pk integer NOT NULL REFERENCES model,
    version_pk integer NOT NULL REFERENCES benchmark_version,
    submission_pk integer REFERENCES submission,
    raw score_number,
    ceiled score_number,
    error score_number CHECK (error >= 0),
    is_failed boolean NOT NULL DEFAULT false,
    started_at timestamptz(3) CHECK (isfinite(started_at)),
    ended_at timestamptz(3) CHECK (isfinite(ended_at)),
    comment text,
    retracted_at timestamptz(3) CHECK (isfinite(retracted_at)),
    retraction_reason text,
    CONSTRAINT observation_failed_has_no_numbers CHECK (NOT is_failed OR num_nonnulls(raw, ceiled, error) = 0),
    CONSTRAINT observation_ends_after_start CHECK (started_at <= ended_at),
    CONSTRAINT observation_reason_is_of_retraction CHECK (retraction_reason IS NULL OR retracted_at IS NOT NULL)
  );
  CREATE UNIQUE INDEX observation_key ON observation (model_pk, version_pk, started_at, ended_at) NULLS NOT DISTINCT
    WHERE retracted_at IS NULL;
  CREATE INDEX observation_cell ON observation (model_pk, version_pk);
  CREATE INDEX observation_submission ON observation (submission_pk) WHERE submission_pk IS NOT NULL;

  CREATE TABLE fact_append (
    first_revision bigint PRIMARY KEY,
    last_revision bigint NOT NULL UNIQUE CHECK (last_revision >= first_revision),
    public_revision bigint NOT NULL,
    appended_at timestamptz(3) NOT NULL DEFAULT now(),
    account_pk integer REFERENCES account,
    source text NOT NULL
  );
  CREATE TRIGGER never_removed BEFORE UPDATE OR DELETE ON fact_append FOR EACH ROW EXECUTE FUNCTION refuse_removal();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON fact_append FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();`;

const RULES = `
  CREATE FUNCTION check_benchmark() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    above integer := NEW.parent_pk;
  BEGIN
    WHILE above IS NOT NULL LOOP
      IF above = NEW.pk THEN
        RAISE EXCEPTION 'Benchmark % would stand below itself.', NEW.identifier
          USING ERRCODE = 'check_violation', CONSTRAINT = 'benchmark_is_no_loop';
      END IF;
      SELECT parent_pk INTO above FROM benchmark WHERE pk = above;
    END LOOP;
    IF EXISTS (SELECT FROM benchmark_version WHERE benchmark_pk = NEW.parent_pk) THEN
      RAISE EXCEPTION 'The parent of benchmark % has versions: it is a leaf.', NEW.identifier
        USING ERRCODE = 'check_violation', CONSTRAINT = 'benchmark_parent_has_no_versions';
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER benchmark_checked AFTER INSERT OR UPDATE OF parent_pk ON benchmark FOR EACH ROW EXECUTE FUNCTION check_benchmark();

  CREATE FUNCTION check_version() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM benchmark WHERE parent_pk = NEW.benchmark_pk) THEN
      RAISE EXCEPTION 'A version is of a leaf, not of a parent.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'benchmark_parent_has_no_versions';
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER version_checked AFTER INSERT OR UPDATE OF benchmark_pk ON benchmark_version FOR EACH ROW EXECUTE FUNCTION check_version();

  CREATE FUNCTION check_observations() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (
      SELECT FROM written
      JOIN model ON model.pk = written.model_pk
      JOIN benchmark_version ON benchmark_version.pk = written.version_pk
      JOIN benchmark ON benchmark.pk = benchmark_version.benchmark_pk
      WHERE benchmark.domain_pk <> model.domain_pk
    ) THEN
      RAISE EXCEPTION 'The model and the benchmark of an observation stand in one domain.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'observation_in_one_domain';
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER observations_checked AFTER INSERT ON observation
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION check_observations();
  CREATE TRIGGER observations_rechecked AFTER UPDATE ON observation
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION check_observations();

  CREATE FUNCTION check_model() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.name <> OLD.name OR NEW.domain_pk <> OLD.domain_pk THEN
      RAISE EXCEPTION 'The name of model % never changes.', OLD.name
        USING ERRCODE = 'check_violation', CONSTRAINT = 'model_name_is_kept';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER model_checked BEFORE UPDATE OF name, domain_pk ON model FOR EACH ROW EXECUTE FUNCTION check_model();`;
