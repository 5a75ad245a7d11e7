import { setTimeout as pause } from 'node:timers/promises';
import type { BackgroundWork, ServiceDeps } from '@lastcopy/platform';
import type { ApprovalParts } from '../approval-parts.js';
import { passTimeOf } from '../commands/pass-time.js';
import { dueApprovals, postpone, type DueApproval } from '../approval-deadlines.js';

/** Looks for approvals whose dates have come, in the process that leads. What a crash leaves is still due at the next start. */
export class DeadlineWatch implements BackgroundWork {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly deps: ServiceDeps,
    private readonly parts: ApprovalParts,
  ) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        const due = this.deps.eventing.isLeader ? await dueApprovals(this.parts.store.query) : [];
        for (const approval of due) if (!signal.aborted) await this.look(approval);
      } catch (error) {
        this.deps.logger.warn({ err: error }, 'approvals that are due cannot be looked at; trying again');
      }
      await pause(this.parts.config.APPROVAL_POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async look(due: DueApproval): Promise<void> {
    try {
      await passTimeOf(this.parts, due);
    } catch (error) {
      this.deps.logger.error(
        { err: error, approval_id: due.approval_id, flow_id: due.flow_id },
        'the dates of an approval could not be told',
      );
      await postpone(this.parts.store.query, due.approval_id, this.parts.config.APPROVAL_POLL_MS);
    }
  }
}
