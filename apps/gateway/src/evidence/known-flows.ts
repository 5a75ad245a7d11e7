import type { Tenant } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';
import { EvidenceFold } from './evidence-fold.js';
import type { FactVersion } from './fact-versions.js';
import { partByContract } from './flow-log.js';

const mostFlows = 60;

/** What a flow's log led to, as far as it was read. Never changed. */
export class KnownFlow {
  private constructor(
    readonly fold: EvidenceFold,
    /** Events that are not understood. */
    readonly malformed: readonly LoggedEvent[],
    /** The last event that was read. */
    readonly last: Pick<LoggedEvent, 'log_seq' | 'hash'> | null,
  ) {}

  static begin(flowId: string): KnownFlow {
    return new KnownFlow(EvidenceFold.of(flowId), [], null);
  }

  /** @param events those that follow in the log */
  with(events: readonly LoggedEvent[]): KnownFlow {
    const last = events.at(-1);
    if (!last) return this;
    const { sound, malformed } = partByContract(events);
    return new KnownFlow(this.fold.with(sound), [...this.malformed, ...malformed], { log_seq: last.log_seq, hash: last.hash });
  }
}

/** A flow that was looked at, what it was judged to be then, and the version of its facts; null when it has to be judged again anyway. */
export interface LookedAt<R> {
  readonly flow: KnownFlow;
  readonly version: FactVersion | null;
  readonly judged: R | null;
}

/** The flows that were looked at lately, so that a look reads only what came since. A flow has at most 100 systems, which bounds each. */
export class KnownFlows<R> {
  private readonly flows = new Map<string, LookedAt<R>>();

  of(tenant: Tenant, flowId: string): LookedAt<R> | null {
    return this.flows.get(keyOf(tenant, flowId)) ?? null;
  }

  /** Of two looks at once either may stay: the next one goes on from it. */
  keep(tenant: Tenant, flowId: string, looked: LookedAt<R>): void {
    const key = keyOf(tenant, flowId);
    this.flows.delete(key);
    this.flows.set(key, looked);
    const [oldest] = this.flows.keys();
    if (this.flows.size > mostFlows && oldest) this.flows.delete(oldest);
  }
}

const keyOf = ({ client_account_id, engagement_id }: Tenant, flowId: string) => JSON.stringify([client_account_id, engagement_id, flowId]);
