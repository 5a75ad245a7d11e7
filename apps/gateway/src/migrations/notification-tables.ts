import type { MigrationInterface, QueryRunner } from 'typeorm';

const tenant = 'client_account_id text not null, engagement_id text not null';

const tables = {
  notices: `notice_id text primary key, event_id text not null, kind text not null, urgency text not null, subject text not null,
    text text not null, what_to_do text not null, link text not null, flow_id text, ids jsonb not null, roles text[] not null,
    people text[] not null, occurred_at timestamptz(3) not null, created_at timestamptz(3) not null default clock_timestamp(),
    unique (event_id, kind)`,
  notice_reads: `notice_id text not null, user_id text not null, read_at timestamptz(3) not null default clock_timestamp(),
    primary key (notice_id, user_id)`,
  mail_items: `notice_id text not null, user_id text not null, kind text not null, mode text not null, mail_id text,
    created_at timestamptz(3) not null default clock_timestamp(), primary key (notice_id, user_id)`,
  mails: `mail_id text primary key, user_id text not null, kind text not null, urgent boolean not null, recipient text not null,
    name text not null, subject text not null, text text not null, html text not null, status text not null default 'pending',
    attempts integer not null default 0, due_at timestamptz(3) not null default clock_timestamp(), claimed_until timestamptz(3),
    last_error text, created_at timestamptz(3) not null default clock_timestamp(), sent_at timestamptz(3)`,
  mail_digests: `user_id text not null, day date not null, primary key (client_account_id, engagement_id, user_id, day)`,
  mail_preferences: `user_id text not null, kind text not null, mode text not null,
    primary key (client_account_id, engagement_id, user_id, kind)`,
  webhook_endpoints: `endpoint_id text primary key, url text not null, kinds text[] not null, description text not null,
    secret text not null, old_secret text, old_secret_until timestamptz(3), enabled boolean not null default true, disabled_reason text,
    failing_since timestamptz(3), created_by text not null, created_at timestamptz(3) not null default clock_timestamp()`,
  webhook_deliveries: `delivery_id text primary key, endpoint_id text not null,
    notice_id text not null, kind text not null, body text not null, status text not null default 'pending',
    attempts integer not null default 0, due_at timestamptz(3) not null default clock_timestamp(), claimed_until timestamptz(3),
    give_up_at timestamptz(3) not null, created_at timestamptz(3) not null default clock_timestamp(), delivered_at timestamptz(3),
    unique (endpoint_id, notice_id)`,
  webhook_attempts: `delivery_id text not null, attempt integer not null,
    at timestamptz(3) not null default clock_timestamp(), status integer, latency_ms integer not null, error text,
    primary key (delivery_id, attempt)`,
};

const indexes = [
  'create index notices_newest on notices (client_account_id, engagement_id, occurred_at desc)',
  'create index mail_items_open on mail_items (created_at) where mail_id is null',
  `create index mails_due on mails (due_at) where status = 'pending'`,
  'create index mails_of_person on mails (client_account_id, engagement_id, user_id, kind, created_at desc)',
  `create index webhook_deliveries_due on webhook_deliveries (due_at) where status = 'pending'`,
  'create index webhook_deliveries_newest on webhook_deliveries (endpoint_id, created_at desc)',
];

/** What people are told, by which way, and how far that has come. */
export class NotificationTables1780000000020 implements MigrationInterface {
  readonly name = 'NotificationTables1780000000020';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, columns] of Object.entries(tables)) {
      await runner.query(`create table ${name} (${tenant}, ${columns})`);
      await runner.query(`select lastcopy_protect_table('${name}')`);
    }
    for (const index of indexes) await runner.query(index);
    // Nobody is told of what a log held before there were notifications.
    await runner.query(
      'create table notification_start (only_row boolean primary key default true check (only_row), at timestamptz(3) not null)',
    );
    await runner.query('insert into notification_start (at) values (clock_timestamp())');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(tables).reverse()) await runner.query(`drop table ${name}`);
    await runner.query('drop table notification_start');
  }
}
