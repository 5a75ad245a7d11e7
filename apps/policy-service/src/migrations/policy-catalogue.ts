import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PolicyCatalogue1780000000000 implements MigrationInterface {
  readonly name = 'PolicyCatalogue1780000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table policy_catalogue (
        policy_id uuid not null,
        version int not null,
        client_account_id uuid not null,
        engagement_id uuid not null,
        policy jsonb not null,
        primary key (policy_id, version)
      )`);
    await runner.query('create index policy_catalogue_tenant on policy_catalogue (client_account_id, engagement_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table policy_catalogue');
  }
}
