import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who changes a webhook endpoint says which version was looked at. */
export class WebhookEndpointVersions1780000000021 implements MigrationInterface {
  readonly name = 'WebhookEndpointVersions1780000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table webhook_endpoints add column version integer not null default 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table webhook_endpoints drop column version');
  }
}
