import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = {
  // Every system of every flow, as it is now; `policy_id` is what is assigned, null while nothing is.
  flow_systems: `flow_id text not null, system_id text not null, system jsonb not null, open boolean not null default true, policy_id text,
    primary key (flow_id, system_id)`,
  // The latest revision of each system of the inventory: it counts for the flows that begin after it as well.
  revised_systems: 'system_id text primary key, version int not null, system jsonb not null',
  // What could not be assigned anew while the flow was sealed.
  pending_reassignments: 'flow_id text not null, system_id text not null, cause text not null, primary key (flow_id, system_id)',
};

/** The work tables of the assignments, filled by the reactor that keeps these. */
export class AssignmentTables1780000200000 implements MigrationInterface {
  readonly name = 'AssignmentTables1780000200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, columns] of Object.entries(tables)) {
      await runner.query(`create table ${name} (client_account_id text not null, engagement_id text not null, ${columns})`);
      await runner.query(`select lastcopy_protect_table('${name}')`);
    }
    await runner.query('create index flow_systems_policy on flow_systems (client_account_id, engagement_id, policy_id) where open');
    await runner.query('create index flow_systems_system on flow_systems (system_id) where open');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(tables)) await runner.query(`drop table ${name}`);
  }
}
