import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which attempts of a job were locked: those are kept when a later attempt counts. A job's next event fills it from all of its events. */
export class LockedAttempts1780000200000 implements MigrationInterface {
  readonly name = 'LockedAttempts1780000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table job_queue add column locked_attempts int[] not null default '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table job_queue drop column locked_attempts');
  }
}
