import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `create table open_transitions (
     flow_id text primary key, gate_no integer not null, state text not null check (state in ('proposed', 'abandoned')),
     client_account_id text not null, engagement_id text not null, traceparent text, proposed_at timestamptz(3) not null)`,
  `create table idempotency_keys (
     client_account_id text not null, engagement_id text not null, user_id text not null, key text not null,
     request_hash text not null, started_at timestamptz not null default clock_timestamp(), status integer, body jsonb,
     primary key (client_account_id, engagement_id, user_id, key))`,
  // A flow's evidence is read from the log itself, on every look at its readiness.
  'create index events_flow_seq on events (flow_id, log_seq) where flow_id is not null',
  'create index received_events_flow_seq on received_events (flow_id, log_seq) where flow_id is not null',
  `create index events_flowless_alerts on events (log_seq) where type = 'AlertRaised' and flow_id is null`,
  `create index received_events_flowless_alerts on received_events (log_seq) where type = 'AlertRaised' and flow_id is null`,
];

export class GatewayTables1780000000000 implements MigrationInterface {
  readonly name = 'GatewayTables1780000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const indexes = ['events_flow_seq', 'received_events_flow_seq', 'events_flowless_alerts', 'received_events_flowless_alerts'];
    for (const index of indexes) await runner.query(`drop index ${index}`);
    await runner.query('drop table idempotency_keys; drop table open_transitions');
  }
}
