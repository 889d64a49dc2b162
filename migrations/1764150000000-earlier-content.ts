import type { MigrationInterface, QueryRunner } from "typeorm";

/** What has changed since a revision is found without looking at all that ever changed: every request reads facts as of one. */
export class EarlierContent1764150000000 implements MigrationInterface {
  readonly name = "EarlierContent1764150000000";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX earlier_content_until ON earlier_content (table_name, until_revision)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX earlier_content_until`);
  }
}
