import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Work rows: what is to be proven, and who is at it. The verdicts themselves are events. */
export class VerificationQueue1780000000000 implements MigrationInterface {
  readonly name = 'VerificationQueue1780000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table verification_queue (
        verification_id uuid not null,
        task text not null check (task in ('content', 'retention')),
        client_account_id text not null,
        engagement_id text not null,
        flow_id uuid not null,
        job_id uuid not null,
        attempt int not null check (attempt > 0),
        run int not null check (run > 0),
        request jsonb not null,
        lock jsonb,
        traceparent text,
        state text not null default 'open' check (state in ('open', 'done')),
        due_at timestamptz not null default clock_timestamp(),
        tries int not null default 0,
        last_error text,
        claim_no int not null default 0,
        lease_owner text,
        lease_until timestamptz,
        primary key (verification_id, task),
        check (task = 'content' or lock is not null)
      )`);
    await runner.query(`create index verification_queue_due on verification_queue (due_at) where state = 'open'`);
    await runner.query('create index verification_queue_job on verification_queue (job_id, attempt, run)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table verification_queue');
  }
}
