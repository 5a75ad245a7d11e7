import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests that left no event and must be known all the same: writes that were refused, and exports of the trail itself. */
export class AuditTables1780000000005 implements MigrationInterface {
  readonly name = 'AuditTables1780000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table audited_requests (
      seq bigint primary key default nextval('log_seq'), client_account_id text not null, engagement_id text not null,
      occurred_at timestamptz(3) not null default clock_timestamp(), actor text not null, method text not null, path text not null,
      outcome text not null check (outcome in ('done', 'refused')), code text, action text not null, reason text,
      flow_id text, system_id text, job_id text, trace_id text)`);
    await runner.query('create index audited_requests_tenant on audited_requests (client_account_id, engagement_id, seq desc)');
    await runner.query(`create trigger audited_requests_are_facts before update or delete or truncate on audited_requests
      for each statement execute function refuse_change()`);
    await runner.query('alter table audited_requests enable always trigger audited_requests_are_facts');
    await runner.query(`select lastcopy_protect_table('audited_requests')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table audited_requests');
  }
}
