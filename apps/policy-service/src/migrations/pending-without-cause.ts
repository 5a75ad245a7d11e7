import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A first assignment, or the look for conflicts alone, waits for the end of a seal without a cause: nothing is assigned anew by it. */
export class PendingWithoutCause1780000300000 implements MigrationInterface {
  readonly name = 'PendingWithoutCause1780000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table pending_reassignments alter column cause drop not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`update pending_reassignments set cause = 'Flow ' || flow_id || ' began' where cause is null`);
    await runner.query('alter table pending_reassignments alter column cause set not null');
  }
}
