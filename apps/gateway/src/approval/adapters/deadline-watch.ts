import { setTimeout as pause } from 'node:timers/promises';
import { serviceActor } from '@lastcopy/eventing';
import type { BackgroundWork, ServiceDeps } from '@lastcopy/platform';
import type { ApprovalParts } from '../approval-parts.js';
import { approvalPlan } from '../approval-plan.js';
import { keepFlowApprovals } from '../commands/keep-flow-approvals.js';
import { passTimeOf } from '../commands/pass-time.js';
import { dueApprovals, postpone, type DueApproval } from '../approval-deadlines.js';
import { openFlows, type OpenFlow } from '../../evidence/flows-with-system.js';
import { FlowsToLookAt } from '../domain/flows-to-look-at.js';

/** Who comes to lead looks soon: what a scope consists of may have changed with its start. */
const standbyMs = 500;

/** Looks for approvals whose dates have come, in the process that leads. What a crash leaves is still due at the next start. */
export class DeadlineWatch implements BackgroundWork {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  /** The open flows as they were when this process came to lead: who led before may have been of other software or settings. */
  private flows: FlowsToLookAt<OpenFlow> | null = null;
  private term: number | null = null;

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
    const pollMs = this.parts.config.APPROVAL_POLL_MS;
    while (!signal.aborted) {
      const leads = this.deps.eventing.isLeader;
      try {
        if (leads) await this.lead(signal);
      } catch (error) {
        this.deps.logger.warn({ err: error }, 'approvals that are due cannot be looked at; trying again');
      }
      await pause(leads ? pollMs : Math.min(standbyMs, pollMs), undefined, { signal }).catch(() => undefined);
    }
  }

  private async lead(signal: AbortSignal): Promise<void> {
    await this.keepAll(signal);
    for (const due of await dueApprovals(this.parts.store.query)) if (!signal.aborted) await this.look(due);
  }

  /** What a scope consists of may have changed with the software or its settings, and no event tells of that. */
  private async keepAll(signal: AbortSignal): Promise<void> {
    const { leaderTerm } = this.deps.eventing;
    if (leaderTerm !== this.term) this.flows = null;
    this.term = leaderTerm;
    const flows = (this.flows ??= new FlowsToLookAt(await openFlows(this.parts.store.query), this.parts.config.APPROVAL_POLL_MS));
    for (const flow of flows.due(this.parts.clock.now())) {
      if (signal.aborted || !this.deps.eventing.isLeader) return;
      try {
        await this.keep(flow);
        flows.looked(flow);
      } catch (error) {
        // One flow that cannot be read must not hold up the others, nor the dates; it is looked at again.
        const again_at = flows.failed(flow, this.parts.clock.now());
        this.deps.logger.error({ err: error, flow_id: flow.flow_id, again_at }, 'the approvals of a flow could not be looked at');
      }
    }
  }

  private async keep({ flow_id, tenant }: OpenFlow): Promise<void> {
    const reading = await this.parts.reader.read(tenant, flow_id);
    if (!reading || approvalPlan(reading.facts).length === 0) return;
    const context = { command_id: `approvals-at-start:${flow_id}`, tenant, actor: serviceActor('gateway') };
    await this.parts.store.transact(context, (tx) => keepFlowApprovals(tx, this.parts, tenant, flow_id));
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
