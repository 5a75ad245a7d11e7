import type { MigrationInterface, QueryRunner } from 'typeorm';

const logs = ['events', 'received_events'];

/**
 * One stream, one job's events out of a flow's, and the last event of a tenant that belongs to no flow, without reading a whole log. Own streams have an index already. The job is a
 * column because rows are protected by tenant: what must be read out of `data` is compared only after that, and no index helps.
 */
export class LogLookupIndexes1780000000024 implements MigrationInterface {
  readonly name = 'LogLookupIndexes1780000000024';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index received_events_stream on received_events (stream_id, log_seq)');
    for (const log of logs) {
      await runner.query(`alter table ${log} add column job_id text generated always as (data->>'job_id') stored`);
      await runner.query(`create index ${log}_job on ${log} (job_id, log_seq) where job_id is not null`);
      await runner.query(`create index ${log}_flowless on ${log} (client_account_id, engagement_id, log_seq) where flow_id is null`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const log of logs) {
      await runner.query(`drop index ${log}_flowless`);
      await runner.query(`alter table ${log} drop column job_id`);
    }
    await runner.query('drop index received_events_stream');
  }
}
