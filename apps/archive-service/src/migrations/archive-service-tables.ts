import type { MigrationInterface, QueryRunner } from 'typeorm';

const jobQueue = `
  create table job_queue (
    job_id uuid primary key,
    client_account_id text not null,
    engagement_id text not null,
    flow_id uuid not null,
    system_id uuid not null,
    phase text not null,
    paused boolean not null,
    attempt int not null,
    due_at timestamptz,
    uploaded_attempts int[] not null,
    destinations text[] not null,
    traceparent text,
    lease_owner text,
    lease_until timestamptz,
    queued_at timestamptz not null,
    changed_at timestamptz not null
  )`;

const systems = `
  create table systems (
    system_id uuid primary key,
    client_account_id text not null,
    engagement_id text not null,
    system_name text not null
  )`;

/** Work rows beside the event log: what can be claimed, and names that must be unique. */
export class ArchiveServiceTables1780000001000 implements MigrationInterface {
  readonly name = 'ArchiveServiceTables1780000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(jobQueue);
    await runner.query(
      `create index job_queue_claimable on job_queue (queued_at) where phase in ('queued', 'retry_scheduled', 'in_progress')`,
    );
    await runner.query('create index job_queue_flow on job_queue (flow_id)');
    await runner.query(systems);
    await runner.query('create unique index systems_name on systems (client_account_id, engagement_id, lower(system_name))');
    await runner.query('create table transitioned_flows (flow_id uuid primary key)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['transitioned_flows', 'systems', 'job_queue']) await runner.query(`drop table ${table}`);
  }
}
