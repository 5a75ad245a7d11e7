import type { MigrationInterface, QueryRunner } from 'typeorm';

const envelopeColumns = `
  position bigint not null check (position > 0),
  event_id uuid not null,
  stream_id text not null,
  version integer not null check (version > 0),
  aggregate text not null,
  aggregate_id text not null,
  type text not null,
  schema_version integer not null,
  data jsonb not null,
  client_account_id text not null,
  engagement_id text not null,
  flow_id text,
  actor text not null,
  causation_id text,
  correlation_id text,
  traceparent text,
  occurred_at timestamptz(3) not null,
  prev_hash text not null,
  hash text not null,
  log_seq bigint not null default nextval('log_seq') unique`;

const logs = `
create sequence log_seq cache 1;
create table events (${envelopeColumns},
  primary key (position), unique (event_id), unique (stream_id, version));
create index events_flow on events (flow_id) where flow_id is not null;
create table received_events (source text not null, epoch uuid not null, ${envelopeColumns},
  primary key (source, position), unique (source, stream_id, version), unique (event_id));
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are facts and never change', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger events_are_facts before update or delete or truncate on events
  for each statement execute function refuse_change();
create trigger received_events_are_facts before update or delete or truncate on received_events
  for each statement execute function refuse_change();
alter table events enable always trigger events_are_facts;
alter table received_events enable always trigger received_events_are_facts;
create table log_identity (only_row boolean primary key default true check (only_row), epoch uuid not null);
insert into log_identity (epoch) values (gen_random_uuid());`;

const work = `
create table commands (
  command_id text primary key, client_account_id text not null, engagement_id text not null, name text not null,
  request_hash text not null, answer jsonb not null, created_at timestamptz not null default now());
create table flow_seals (
  flow_id text primary key, client_account_id text not null, engagement_id text not null, gate_no integer not null,
  sealed boolean not null);
create table subscription_checkpoints (
  subscription text not null, version integer not null, log_seq bigint not null default 0, primary key (subscription, version));
create table projection_versions (name text primary key, active_version integer not null);
create table parked_events (
  subscription text not null, version integer not null, stream_id text not null, log_seq bigint not null, code text not null,
  message text not null, parked_at timestamptz not null default now(), alerted boolean not null default false,
  primary key (subscription, version, log_seq));
create index parked_events_stream on parked_events (subscription, version, stream_id);
create table parked_messages (
  message_hash text primary key, subject text not null, headers text not null, body bytea not null, body_bytes integer not null,
  reason text not null, parked_at timestamptz not null default now(), alerted boolean not null default false);
create table event_forks (
  source text primary key, position bigint not null, stored_hash text, offered_hash text, reason text not null,
  found_at timestamptz not null default now(), alerted boolean not null default false);`;

const tables = [
  'event_forks',
  'parked_messages',
  'parked_events',
  'projection_versions',
  'subscription_checkpoints',
  'flow_seals',
  'commands',
  'log_identity',
];

/** The event log of a service and its book-keeping. The first migration of every service. */
export class EventingTables implements MigrationInterface {
  readonly name = 'EventingTables1700000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(logs);
    await queryRunner.query(work);
  }

  /** Only an empty log may be taken down: facts are never dropped by a migration. */
  async down(queryRunner: QueryRunner): Promise<void> {
    const [row] = await queryRunner.query('select exists (select 1 from events) or exists (select 1 from received_events) as holds');
    if (row.holds) throw new Error('The event log holds events; it is never dropped. Restore an older database instead.');
    for (const table of tables) await queryRunner.query(`drop table ${table}`);
    await queryRunner.query('drop table received_events; drop table events; drop function refuse_change(); drop sequence log_seq');
  }
}
