import type { MigrationInterface, QueryRunner } from "typeorm";

/** What a submission said, hashed: the same one sent again is told from another one under its key. Null of what was imported. */
export class Submissions1764400000000 implements MigrationInterface {
  readonly name = "Submissions1764400000000";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE submission ADD COLUMN content_hash bytea CHECK (octet_length(content_hash) = 32)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE submission DROP COLUMN content_hash`);
  }
}
