import type { MigrationInterface, QueryRunner } from 'typeorm';

export class People1780000000010 implements MigrationInterface {
  readonly name = 'People1780000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table people (
         client_account_id text not null, engagement_id text not null, user_id text not null, name text not null, email text,
         roles text[] not null, last_seen_at timestamptz(3) not null, primary key (client_account_id, engagement_id, user_id))`,
    );
    await runner.query(`select lastcopy_protect_table('people')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table people');
  }
}
