import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when the store has refused to protect a content. */
export class LockFailures1780000000023 implements MigrationInterface {
  readonly name = 'LockFailures1780000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table artifact_contents add column lock_failing_since timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table artifact_contents drop column lock_failing_since');
  }
}
