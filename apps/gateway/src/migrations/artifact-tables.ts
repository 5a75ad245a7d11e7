import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `create table artifact_contents (
     content_id text primary key, artifact_id text not null, flow_id text not null, client_account_id text not null,
     engagement_id text not null, state text not null check (state in ('uploading', 'attached', 'locked')),
     touched_at timestamptz not null default clock_timestamp())`,
  `create index artifact_contents_open on artifact_contents (state, touched_at) where state <> 'locked'`,
  // What the product is to make, as long as it is not made.
  `create table documents_due (
     flow_id text not null, kind text not null, client_account_id text not null, engagement_id text not null,
     asked integer not null default 1, due_at timestamptz not null default clock_timestamp(), primary key (flow_id, kind))`,
  `create table input_drafts (
     flow_id text not null, kind text not null, client_account_id text not null, engagement_id text not null,
     draft_id text not null, version integer not null, content jsonb not null, edited_by text not null, edited_at timestamptz(3) not null,
     primary key (flow_id, kind))`,
];
const tables = ['artifact_contents', 'documents_due', 'input_drafts'];

export class ArtifactTables1780000000002 implements MigrationInterface {
  readonly name = 'ArtifactTables1780000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    for (const table of tables) await runner.query(`select lastcopy_protect_table('${table}')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.query(`drop table ${table}`);
  }
}
