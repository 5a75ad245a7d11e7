import type { MigrationInterface, QueryRunner } from 'typeorm';

const holds = `type in ('LegalHoldPlaced', 'LegalHoldReleased')`;

/** Holds belong to no flow, and every look at a flow's readiness asks for them. */
export class LegalHoldIndexes1780000000004 implements MigrationInterface {
  readonly name = 'LegalHoldIndexes1780000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index received_events_holds on received_events ((data->'scope'->>'system_id')) where ${holds}`);
    await runner.query(`create index events_flow_beginnings on events (client_account_id, engagement_id) where type = 'FlowInitialized'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index received_events_holds; drop index events_flow_beginnings');
  }
}
