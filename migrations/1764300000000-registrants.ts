import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * References know the account that registered them, null for imported ones. Keys and DOIs are unique among the imported ones and among one
 * account's, so that what one account registers stands in nobody's way (§10).
 */
export class Registrants1764300000000 implements MigrationInterface {
  readonly name = "Registrants1764300000000";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE reference ADD COLUMN registrant_pk integer REFERENCES account,
        DROP CONSTRAINT reference_domain_pk_key_key, DROP CONSTRAINT reference_domain_pk_doi_key,
        ADD CONSTRAINT reference_key UNIQUE NULLS NOT DISTINCT (domain_pk, key, registrant_pk);
      CREATE UNIQUE INDEX reference_doi ON reference (domain_pk, doi, registrant_pk) NULLS NOT DISTINCT WHERE doi IS NOT NULL;
      CREATE INDEX reference_work ON reference (domain_pk, work)`);
  }

  /** Fails where two accounts registered one key or DOI: the earlier tables have no place for both. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX reference_work, reference_doi;
      ALTER TABLE reference DROP CONSTRAINT reference_key, DROP COLUMN registrant_pk,
        ADD CONSTRAINT reference_domain_pk_key_key UNIQUE (domain_pk, key),
        ADD CONSTRAINT reference_domain_pk_doi_key UNIQUE (domain_pk, doi)`);
  }
}
