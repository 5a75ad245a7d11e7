import type { Tenant } from '@lastcopy/contracts';
import { deterministicId, serviceActor } from '@lastcopy/eventing';
import type { BackgroundWork, ServiceDeps } from '@lastcopy/platform';
import { keepAssignment } from './commands/keep-assignment.js';
import { systemsWithoutConflictLook, type FlowSystemRow } from './projections/flow-systems.js';

/**
 * Looks once, when the service starts, at the systems of open flows whose assignment was made before conflicts of laws were looked for: no
 * event would ever ask for them. What fails is tried again at the next start.
 */
export class AskForConflicts implements BackgroundWork {
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly deps: ServiceDeps) {}

  start(): void {
    this.looking = this.look().catch((err: unknown) => this.failed(err));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.looking;
  }

  private async look(): Promise<void> {
    for (const row of await systemsWithoutConflictLook(this.deps.eventing.store.query)) {
      if (this.stopped) return;
      await this.lookAt(row).catch((err: unknown) => this.failed(err, row.flow_id));
    }
  }

  private failed(err: unknown, flow_id: string | null = null): void {
    this.deps.logger.warn({ err, flow_id }, 'an assignment could not be looked at for conflicts of laws; the next start tries again');
  }

  private lookAt({ client_account_id, engagement_id, ...row }: FlowSystemRow & Tenant): Promise<void> {
    const { service } = this.deps;
    const command_id = deterministicId('ask-for-conflicts', row.flow_id, row.system_id);
    const context = { command_id, tenant: { client_account_id, engagement_id }, actor: serviceActor(service), correlation_id: command_id };
    return keepAssignment(this.deps, context, row, null);
  }
}
