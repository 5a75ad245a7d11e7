import { setTimeout as pause } from 'node:timers/promises';
import type { Tenant } from '@lastcopy/contracts';
import { deterministicId, serviceActor } from '@lastcopy/eventing';
import type { BackgroundWork, ServiceDeps } from '@lastcopy/platform';
import { keepAssignment } from './commands/keep-assignment.js';
import { systemsWithoutConflictLook, type FlowSystemRow } from './projections/flow-systems.js';

interface Pauses {
  shortestMs: number;
  longestMs: number;
}

/**
 * From the start of the service on, looks at the systems of open flows whose assignment was made before conflicts of laws were looked for:
 * no event would ever ask for them. What fails, or is in a sealed flow, is tried again after growing pauses until none is left: meanwhile
 * the gate stays shut for these flows.
 */
export class AskForConflicts implements BackgroundWork {
  private looking: Promise<void> = Promise.resolve();
  private readonly stopped = new AbortController();

  constructor(
    private readonly deps: ServiceDeps,
    private readonly pauses: Pauses = { shortestMs: 1000, longestMs: 60_000 },
  ) {}

  start(): void {
    this.looking = this.lookUntilDone().catch((err: unknown) => {
      if (!this.stopped.signal.aborted) throw err;
    });
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.looking;
  }

  private async lookUntilDone(): Promise<void> {
    const { signal } = this.stopped;
    let pauseMs = this.pauses.shortestMs;
    while (!signal.aborted && !(await this.noneLeft())) {
      await pause(pauseMs, undefined, { signal });
      pauseMs = Math.min(pauseMs * 2, this.pauses.longestMs);
    }
  }

  private async noneLeft(): Promise<boolean> {
    try {
      const lacking = () => systemsWithoutConflictLook(this.deps.eventing.store.query);
      for (const row of await lacking()) {
        if (this.stopped.signal.aborted) return false;
        await this.lookAt(row).catch((err: unknown) => this.failed(err, row.flow_id));
      }
      return (await lacking()).length === 0;
    } catch (err) {
      this.failed(err);
      return false;
    }
  }

  private failed(err: unknown, flow_id: string | null = null): void {
    this.deps.logger.warn({ err, flow_id }, 'assignments could not be looked at for conflicts of laws; it is tried again');
  }

  private lookAt({ client_account_id, engagement_id, ...row }: FlowSystemRow & Tenant): Promise<void> {
    const { service } = this.deps;
    const command_id = deterministicId('ask-for-conflicts', row.flow_id, row.system_id);
    const context = { command_id, tenant: { client_account_id, engagement_id }, actor: serviceActor(service), correlation_id: command_id };
    return keepAssignment(this.deps, context, row, null);
  }
}
