import type { MigrationInterface, QueryRunner } from 'typeorm';

const runs = `
  create table classification_runs (
    suggestion_id uuid primary key,
    client_account_id text not null,
    engagement_id text not null,
    system_id uuid not null,
    attempts int not null default 0,
    lease_owner text,
    lease_until timestamptz,
    traceparent text,
    requested_at timestamptz not null
  )`;

const places = `
  create table classification_places (
    suggestion_id uuid not null,
    place text not null,
    client_account_id text not null,
    engagement_id text not null,
    system_id uuid not null,
    container text not null,
    element text not null,
    primary key (suggestion_id, place)
  )`;

/** Looks at sources that are to be taken, and what the places of findings are called: names that no event may carry. */
export class ClassificationTables1780000002000 implements MigrationInterface {
  readonly name = 'ClassificationTables1780000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(runs);
    await runner.query(places);
    for (const table of ['classification_runs', 'classification_places']) await runner.query(`select lastcopy_protect_table('${table}')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['classification_places', 'classification_runs']) await runner.query(`drop table ${table}`);
  }
}
