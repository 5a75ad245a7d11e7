import type { MigrationInterface, QueryRunner } from 'typeorm';

const states = (names: string[]) =>
  `alter table artifact_contents add constraint artifact_contents_state_check check (state in (${names.map((each) => `'${each}'`).join(', ')}))`;

/** Contents that are being removed are told from those that can still be attached. */
export class DiscardingContents1780000000022 implements MigrationInterface {
  readonly name = 'DiscardingContents1780000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table artifact_contents drop constraint artifact_contents_state_check');
    await runner.query(states(['uploading', 'discarding', 'attached', 'locked']));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table artifact_contents drop constraint artifact_contents_state_check');
    await runner.query(`update artifact_contents set state = 'uploading' where state = 'discarding'`);
    await runner.query(states(['uploading', 'attached', 'locked']));
  }
}
