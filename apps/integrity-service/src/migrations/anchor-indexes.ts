import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Asked every few seconds whether an anchor is due. */
export class AnchorIndexes1780000000001 implements MigrationInterface {
  readonly name = 'AnchorIndexes1780000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index events_anchors on events (position) where type = 'LogAnchored'`);
    await runner.query(`create index received_events_transitions on received_events (log_seq) where type = 'PhaseTransitioned'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index events_anchors; drop index received_events_transitions');
  }
}
