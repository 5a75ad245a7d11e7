import type { EventEnvelope, ServiceName } from '@lastcopy/contracts';
import type { Invariant, Violation } from './invariant.js';
import { gateWasOpen } from './checks/gate-was-open.js';
import { noStaleAttempt } from './checks/no-stale-attempt.js';
import { noTransitionUnderHold } from './checks/no-transition-under-hold.js';
import { onePersonOneRole } from './checks/one-person-one-role.js';
import { oneTransition } from './checks/one-transition.js';
import { ownership } from './checks/ownership.js';
import { provenBeforeCompleted } from './checks/proven-before-completed.js';
import { retentionLongEnough } from './checks/retention-long-enough.js';
import { tenantScope } from './checks/tenant-scope.js';
import { unbrokenChain } from './checks/unbroken-chain.js';

/** The product's invariants that the logs alone can show. */
export const logInvariants: readonly Invariant[] = [
  gateWasOpen,
  oneTransition,
  onePersonOneRole,
  ownership,
  provenBeforeCompleted,
  tenantScope,
  noStaleAttempt,
  noTransitionUnderHold,
  retentionLongEnough,
  unbrokenChain,
];

/** The order in which the logs must be read: the gateway's decisions rest on the others. */
export const logOrder: readonly ServiceName[] = ['policy-service', 'archive-service', 'integrity-service', 'gateway'];

export interface InvariantResult {
  name: string;
  promise: string;
  violations: Violation[];
}

/** Judges every invariant over the logs, each read once, page by page. */
export async function checkLogs(readLog: (service: ServiceName) => AsyncIterable<EventEnvelope>): Promise<InvariantResult[]> {
  const running = logInvariants.map((invariant) => ({ invariant, check: invariant.start() }));
  for (const service of logOrder) for await (const event of readLog(service)) for (const { check } of running) check.observe(event);
  return running.map(({ invariant, check }) => ({ name: invariant.name, promise: invariant.promise, violations: check.finish() }));
}
