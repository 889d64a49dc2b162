import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Keys that accounts ask with, and by which key facts were written. Keys are no facts: what they say is for their account and admins, and
 * moves no revision. Of the secret only a hash is kept.
 */
export class ApiKeys1764200000000 implements MigrationInterface {
  readonly name = "ApiKeys1764200000000";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(RULES);
    await runner.query(`ALTER TABLE fact_append ADD COLUMN api_key_pk integer REFERENCES api_key`);
    await runner.query(`CREATE INDEX fact_append_account ON fact_append (account_pk, first_revision)`);
    await runner.query(`CREATE INDEX earlier_content_revision ON earlier_content (revision)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX earlier_content_revision, fact_append_account`);
    await runner.query(`ALTER TABLE fact_append DROP COLUMN api_key_pk`);
    await runner.query(`DROP TABLE api_key`);
    await runner.query(`DROP FUNCTION check_api_key`);
  }
}

const TABLE = `
  CREATE TABLE api_key (
    pk integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    account_pk integer NOT NULL REFERENCES account,
    name text NOT NULL CHECK (name <> ''),
    prefix text COLLATE "C" NOT NULL UNIQUE CHECK (prefix <> ''),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    creator_pk integer REFERENCES account,
    last_used_at timestamptz(3),
    expires_at timestamptz(3) CHECK (isfinite(expires_at)),
    revoked_at timestamptz(3),
    revoker_pk integer REFERENCES account,
    CONSTRAINT api_key_revoker_revoked CHECK (revoker_pk IS NULL OR revoked_at IS NOT NULL)
  );
  CREATE INDEX api_key_account ON api_key (account_pk);
  CREATE TRIGGER never_removed BEFORE DELETE ON api_key FOR EACH ROW EXECUTE FUNCTION refuse_removal();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON api_key FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();`;

const RULES = `
  CREATE FUNCTION check_api_key() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at THEN
      RAISE EXCEPTION 'API key % was revoked, and stays so.', OLD.prefix
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'api_key_stays_revoked';
    END IF;
    IF (NEW.pk, NEW.id, NEW.account_pk, NEW.prefix, NEW.hash) IS DISTINCT FROM (OLD.pk, OLD.id, OLD.account_pk, OLD.prefix, OLD.hash) THEN
      RAISE EXCEPTION 'API key % stays whose and what it is.', OLD.prefix
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'api_key_is_kept';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER api_key_checked BEFORE UPDATE ON api_key FOR EACH ROW EXECUTE FUNCTION check_api_key();`;
