import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When to look at each open request next, and which flows a system is in. */
export class ApprovalTables1780000000011 implements MigrationInterface {
  readonly name = 'ApprovalTables1780000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table approval_deadlines (
         approval_id text primary key, flow_id text not null, client_account_id text not null, engagement_id text not null,
         next_at timestamptz(3) not null, due_at timestamptz(3) not null, expires_at timestamptz(3) not null)`,
    );
    await runner.query('create index approval_deadlines_next on approval_deadlines (next_at)');
    await runner.query(`select lastcopy_protect_table('approval_deadlines')`);
    await runner.query(
      `create index events_systems_of_flows on events using gin ((data->'systems') jsonb_path_ops) where type = 'FlowInitialized'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index events_systems_of_flows');
    await runner.query('drop table approval_deadlines');
  }
}
