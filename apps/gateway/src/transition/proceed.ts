import { setTimeout as pause } from 'node:timers/promises';
import { decideAndAppend, type CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import type { ServiceDeps } from '@lastcopy/platform';
import type { Blocker, StreamToken, Tenant } from '@lastcopy/contracts';
import { decommissionFlow } from '../decommission-flow/domain/decommission-flow.js';
import type { EvidenceReader, FlowReading } from '../evidence/evidence-reader.js';
import { flowFold, type FlowRecord } from '../records/flow-record.js';
import { foldAll } from '../records/record-fold.js';

export interface ProceedOutcome {
  flow: FlowRecord;
  token: StreamToken;
  /** False when the gate is still being decided. */
  decided: boolean;
}

const pollMs = 40;

export const blocked = (flowId: string, blockers: Blocker[]): CodedError =>
  new CodedError('GATE_BLOCKED', `Flow ${flowId} may not go on to system shutdown: ${blockers.map(({ code }) => code).join(', ')}`, {
    details: { blockers },
  });

/** The way to system shutdown, as a caller sees it: propose once, then wait for what the gate decides. */
export class Proceed {
  private readonly waiting = new Map<string, Promise<ProceedOutcome>>();

  constructor(
    private readonly deps: ServiceDeps,
    private readonly reader: EvidenceReader,
    private readonly options: { timeoutMs: number; stopping: AbortSignal },
  ) {}

  /** Throws GATE_BLOCKED with `details.blockers`, NOT_FOUND. A flow that has gone on already answers as the first time. */
  async proceed(context: CommandContext, flowId: string): Promise<ProceedOutcome> {
    // From the first event, as the gate itself will look: a refusal that can be told now seals nothing.
    const reading = await this.reader.readAnew(this.deps.eventing.store.within(context.tenant), context.tenant, flowId);
    if (!reading) throw new CodedError('NOT_FOUND', `There is no flow ${flowId}`);
    const gateNo = await this.gateToWaitFor(context, reading);
    const outcome = await this.outcomeOf(context.tenant, flowId, gateNo);
    const { flow } = outcome;
    if (outcome.decided && flow.phase !== 'system_shutdown') throw blocked(flowId, flow.blockers);
    return outcome;
  }

  private async gateToWaitFor(context: CommandContext, { facts, blockers }: FlowReading): Promise<number> {
    const { flow } = facts;
    if (flow.proposed || flow.phase === 'system_shutdown') return flow.gate_no;
    if (blockers.length > 0) throw blocked(flow.flow_id, blockers);
    return this.deps.eventing.store.transact(context, async (tx) => {
      await decideAndAppend(tx, decommissionFlow, 'decommission_flow', flow.flow_id, { type: 'ProposeTransition' });
      const { events } = await tx.load('decommission_flow', flow.flow_id);
      return foldAll(flowFold, events).get(flow.flow_id)!.gate_no;
    });
  }

  /** Callers of the same gate share one wait. */
  private outcomeOf(tenant: Tenant, flowId: string, gateNo: number): Promise<ProceedOutcome> {
    const key = `${flowId}#${gateNo}`;
    const known = this.waiting.get(key);
    if (known) return known;
    const waiting = this.wait(tenant, flowId, gateNo).finally(() => this.waiting.delete(key));
    this.waiting.set(key, waiting);
    return waiting;
  }

  private async wait(tenant: Tenant, flowId: string, gateNo: number): Promise<ProceedOutcome> {
    const deadline = performance.now() + this.options.timeoutMs;
    for (;;) {
      const events = await this.deps.eventing.store.readStream('decommission_flow', flowId, tenant);
      const flow = foldAll(flowFold, events).get(flowId)!;
      const decided = !flow.proposed || flow.gate_no > gateNo;
      if (decided || performance.now() >= deadline) {
        return { flow, decided, token: { source: 'gateway', stream_id: events.at(-1)!.stream_id, version: events.length } };
      }
      if (this.options.stopping.aborted) {
        throw new CodedError(
          'SERVICE_UNAVAILABLE',
          `The gateway stops; transition ${gateNo} of flow ${flowId} is decided when it runs again`,
        );
      }
      await pause(pollMs);
    }
  }
}
