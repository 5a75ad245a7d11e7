import { setTimeout as pause } from 'node:timers/promises';
import { serviceNames, type ServiceName } from '@lastcopy/contracts';
import { requestReplay } from '@lastcopy/eventing';
import type { ServiceDeps } from '@lastcopy/platform';

export interface UnheardLog {
  code: 'LOG_UNKNOWN' | 'LOG_BEHIND';
  reason: string;
}

/** Events need a moment on their way; what is not here after this has a cause. */
const settleMs = 2_000;
const pollMs = 50;

/**
 * Asks every other service now for the head of its log and waits until exactly that event stands here. Logs arrive without gaps: then
 * nothing that a service had written when it was asked is unknown here. Answers the logs of which that cannot be said.
 */
export async function unheardLogs(deps: ServiceDeps): Promise<UnheardLog[]> {
  const others = serviceNames.filter((service) => service !== deps.service);
  return (await Promise.all(others.map((source) => unheard(deps, source)))).filter((log) => log !== null);
}

async function unheard(deps: ServiceDeps, source: ServiceName): Promise<UnheardLog | null> {
  const { query } = deps.eventing.store;
  const head = await requestReplay(deps.nats, source, Number.MAX_SAFE_INTEGER, 1).catch((error: unknown) => error as Error);
  if (head instanceof Error) {
    return {
      code: 'LOG_UNKNOWN',
      reason: `${source} does not say how far its log reaches (${head.message}): what it knows is not known here`,
    };
  }
  const { epoch, head_position: position, head_hash } = head;
  if (position === 0) return null;
  const deadline = performance.now() + settleMs;
  for (;;) {
    const known = await query('select 1 from received_events where source = $1 and epoch = $2 and position = $3 and hash = $4', [
      ...[source, epoch, position, head_hash],
    ]);
    if (known.length > 0) return null;
    if (performance.now() > deadline) {
      return { code: 'LOG_BEHIND', reason: `The log of ${source} reaches to position ${position}, and that event has not arrived here` };
    }
    await pause(pollMs);
  }
}
