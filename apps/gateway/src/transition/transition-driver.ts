import { setTimeout as pause } from 'node:timers/promises';
import type { Blocker, SealingService } from '@lastcopy/contracts';
import { deterministicId, serviceActor } from '@lastcopy/eventing';
import { isCodedError } from '@lastcopy/kernel';
import { inSpan, type BackgroundWork, type ServiceDeps } from '@lastcopy/platform';
import type { EvidenceReader } from '../evidence/evidence-reader.js';
import { missingSeals, sealingServices } from '../evidence/seals.js';
import { abandonGate, decideGate } from './decide-gate.js';
import { closeAbandoned, listOpenTransitions, type OpenTransition } from './open-transitions.js';

export interface TransitionDriverOptions {
  /** How long sealing may take from the proposal on before the gate is given up. */
  timeoutMs: number;
  /** @default 50 */
  pollMs?: number;
}

const commandTimeoutMs = 3_000;
const retryMs = 200;

const undecided = (error: unknown): Blocker => ({
  code: 'GATE_UNDECIDED',
  message: `The evidence could not be judged in time: ${(error as Error).message}`,
  hint: 'Nothing was changed. Mend the cause (the log of the gateway has it in full), then proceed again.',
});

/**
 * Carries every gate that was begun to its end: seals, decides, unseals after giving up. Every step can be repeated, so after a crash
 * the next start goes on from what the log says.
 */
export class TransitionDriver implements BackgroundWork {
  private readonly inHand = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly deps: ServiceDeps,
    private readonly reader: EvidenceReader,
    private readonly options: TransitionDriverOptions,
  ) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await Promise.all(this.inHand.values());
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        const open = this.deps.eventing.isLeader ? await listOpenTransitions(this.deps.eventing.store.query) : [];
        for (const transition of open) this.takeUp(transition);
      } catch (error) {
        this.deps.logger.warn({ err: error }, 'open transitions cannot be read; trying again');
      }
      await this.rest(this.options.pollMs ?? 50);
    }
  }

  private takeUp(open: OpenTransition): void {
    if (this.inHand.has(open.flow_id)) return;
    const { service } = this.deps;
    const work = inSpan({ service, name: 'carry transition', traceparent: open.traceparent }, () => this.carry(open))
      .catch(async (error: unknown) => {
        this.deps.logger.error({ err: error, flow_id: open.flow_id, gate_no: open.gate_no }, 'a transition could not be carried on');
        await this.rest(retryMs);
      })
      .finally(() => this.inHand.delete(open.flow_id));
    this.inHand.set(open.flow_id, work);
  }

  private async carry(open: OpenTransition): Promise<void> {
    if (open.state === 'abandoned') return this.unseal(open);
    const deadline = open.proposed_at.getTime() + this.options.timeoutMs;
    const blockers = await this.sealAndDecide(open, deadline).catch((error: unknown) => {
      if (this.stopping.signal.aborted || this.now() < deadline) throw error;
      // Giving up needs no evidence: what cannot be read must not keep the services sealed for ever.
      this.deps.logger.error({ err: error, flow_id: open.flow_id, gate_no: open.gate_no }, 'a gate is given up: it cannot be decided');
      return [undecided(error)];
    });
    if (blockers.length > 0) await abandonGate(this.deps.eventing.store, open, blockers);
  }

  /** Answers why the gate must be given up; nothing when it was decided, or when this service stops. */
  private async sealAndDecide(open: OpenTransition, deadline: number): Promise<Blocker[]> {
    const late = await this.sealAll(open, deadline);
    if (this.stopping.signal.aborted) return [];
    if (late.length === 0) {
      await decideGate(this.deps.eventing.store, this.reader, open);
      return [];
    }
    const hint = 'Nothing was changed. Check that the services run, then proceed again.';
    return late.map((service) => ({ code: 'SEAL_MISSING', message: `${service} did not seal the flow in time.`, hint }));
  }

  /** Answers the services whose seal has not arrived by the deadline. */
  private async sealAll(open: OpenTransition, deadline: number): Promise<SealingService[]> {
    await Promise.all(sealingServices.map((service) => this.command(service, 'SealFlow', open, deadline)));
    for (;;) {
      const reading = await this.reader.read(open.tenant, open.flow_id);
      const missing = reading ? missingSeals(reading.evidence, open.gate_no) : sealingServices;
      const over = missing.length === 0 || this.now() >= deadline || this.stopping.signal.aborted;
      if (over || reading?.facts.flow.gate_no !== open.gate_no || !reading.facts.flow.proposed) return missing;
      await this.rest(this.options.pollMs ?? 50);
    }
  }

  private async unseal(open: OpenTransition): Promise<void> {
    const outcomes = await Promise.all(sealingServices.map((service) => this.command(service, 'UnsealFlow', open, this.now())));
    if (outcomes.every(Boolean)) await closeAbandoned(this.deps.eventing.store.query, open);
    else await this.rest(retryMs);
  }

  /** True once the service did it, or says that a newer gate has taken its place; repeats until `deadline` while it does not answer. */
  private async command(
    service: SealingService,
    name: 'SealFlow' | 'UnsealFlow',
    open: OpenTransition,
    deadline: number,
  ): Promise<boolean> {
    const { flow_id, gate_no, tenant } = open;
    const command_id = deterministicId('gate', name, flow_id, gate_no, service);
    while (!this.stopping.signal.aborted) {
      const timeoutMs = Math.max(250, Math.min(commandTimeoutMs, deadline - this.now()));
      try {
        await this.deps.commands.send(
          service,
          name,
          { flow_id, gate_no },
          { command_id, tenant, actor: serviceActor('gateway'), timeoutMs },
        );
        return true;
      } catch (error) {
        if (isCodedError(error) && error.code === 'GATE_SUPERSEDED') return name === 'UnsealFlow';
        this.deps.logger.warn({ err: error, service, command: name, flow_id, gate_no }, 'a service could not be reached for the gate');
        if (this.now() >= deadline || (isCodedError(error) && error.errorClass !== 'transient')) return false;
        await this.rest(retryMs);
      }
    }
    return false;
  }

  private now(): number {
    return this.deps.clock.now().getTime();
  }

  private async rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
