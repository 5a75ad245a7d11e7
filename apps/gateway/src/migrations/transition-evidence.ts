import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `document` holds the very bytes whose SHA-256 is the evidence_root: text, since jsonb would write numbers and keys its own way. */
export class TransitionEvidence1780000000001 implements MigrationInterface {
  readonly name = 'TransitionEvidence1780000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table transition_evidence (
         flow_id text primary key, gate_no integer not null, client_account_id text not null, engagement_id text not null,
         evidence_root text not null, document text not null)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table transition_evidence');
  }
}
