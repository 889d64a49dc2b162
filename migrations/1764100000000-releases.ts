import type { MigrationInterface, QueryRunner } from "typeorm";

/** Releases: names for the facts at one revision (§9). What was public in one stays public (§10). */
export class Releases1764100000000 implements MigrationInterface {
  readonly name = "Releases1764100000000";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(RULES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE release`);
    await runner.query(`DROP TRIGGER model_of_release_stays_public ON model`);
    await runner.query(`DROP FUNCTION check_release, check_model_of_release`);
    await runner.query(`ALTER TABLE earlier_content DISABLE TRIGGER USER`);
    await runner.query(`DELETE FROM earlier_content WHERE table_name = 'release'`);
    await runner.query(`ALTER TABLE earlier_content ENABLE TRIGGER USER`);
  }
}

const TABLE = `
  CREATE TABLE release (
    pk integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    revision bigint NOT NULL UNIQUE CHECK (revision > 0),
    domain_pk integer NOT NULL REFERENCES domain,
    name text COLLATE "C" NOT NULL CHECK (name <> ''),
    at_revision bigint NOT NULL CHECK (at_revision > 0 AND at_revision < revision),
    at_public_revision bigint NOT NULL CHECK (at_public_revision BETWEEN 0 AND at_revision),
    created_at timestamptz(3) NOT NULL CHECK (isfinite(created_at)),
    notes text,
    checksum text NOT NULL CHECK (checksum ~ '^sha256:[0-9a-f]{64}$'),
    UNIQUE (domain_pk, name)
  );
  CREATE TRIGGER never_removed BEFORE DELETE ON release FOR EACH ROW EXECUTE FUNCTION refuse_removal();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON release FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();`;

const RULES = `
  CREATE FUNCTION check_release() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'Release % never changes.', OLD.name USING ERRCODE = 'restrict_violation', CONSTRAINT = 'release_is_kept';
  END $$;
  CREATE TRIGGER release_checked BEFORE UPDATE ON release FOR EACH ROW EXECUTE FUNCTION check_release();

  CREATE FUNCTION check_model_of_release() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    public_since bigint;
  BEGIN
    -- When it became public for good: at the end of the last content that was not, or when it was registered.
    SELECT max(until_revision) INTO public_since FROM earlier_content
      WHERE table_name = 'model' AND pk = OLD.pk AND NOT (content->>'is_public')::boolean;
    IF public_since IS NULL THEN
      SELECT least(OLD.revision, min(revision)) INTO public_since FROM earlier_content WHERE table_name = 'model' AND pk = OLD.pk;
    END IF;
    IF EXISTS (SELECT FROM release WHERE domain_pk = OLD.domain_pk AND at_revision >= public_since) THEN
      RAISE EXCEPTION 'Model % is in a release: it stays public.', OLD.name
        USING ERRCODE = 'check_violation', CONSTRAINT = 'model_of_release_stays_public';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER model_of_release_stays_public BEFORE UPDATE OF is_public ON model
    FOR EACH ROW WHEN (OLD.is_public AND NOT NEW.is_public) EXECUTE FUNCTION check_model_of_release();`;
