import { serviceNames, type AuditedLog, type AuditVerification, type ServiceName } from '@lastcopy/contracts';
import { logHeads, type Eventing } from '@lastcopy/eventing';
import type { ServiceDeps } from '@lastcopy/platform';
import { catchUpWith, compareAnchors } from './compare-anchors.js';
import { knownAnchors } from './known-anchors.js';
import { anchorsRead, readBackAnchors, type ReadBack } from './read-back-anchors.js';

type VerifierParts = Pick<ServiceDeps, 'eventing' | 'commands' | 'clock'>;

async function verifyLog(eventing: Eventing, source: ServiceName, { anchors }: ReadBack): Promise<AuditedLog> {
  const { ok, checked, firstBroken } = await eventing.verifyChain(source === eventing.store.service ? 'own' : source);
  const forked = (await eventing.forks()).find((fork) => fork.source === source);
  const head = (await logHeads(eventing.store)).find((known) => known.source === source);
  const read = { source, events: checked, head_hash: head?.hash ?? '' };
  if (!ok) return { ...read, ok: false, fault: `position ${firstBroken?.position}: ${firstBroken?.reason}` };
  if (forked) return { ...read, ok: false, fault: `it contradicts what was received before: ${forked.reason}` };
  return { ...read, ok: true, ...(await compareAnchors(eventing, source, anchors)) };
}

/** Reads every event of every service as it is known here, computes each hash anew and compares with the signed anchors. Slow on a long log. */
async function verifyLogs({ eventing, commands, clock }: VerifierParts): Promise<AuditVerification> {
  // Before the anchors: the object of each that a log tells of stands already.
  const told = await knownAnchors(eventing, anchorsRead);
  const read = await readBackAnchors(commands, told, clock);
  await catchUpWith(eventing, read.anchors);
  const logs: AuditedLog[] = [];
  for (const source of serviceNames) {
    const log = await verifyLog(eventing, source, read);
    const wrong = source === 'integrity-service' && log.ok && read.falselyTold;
    logs.push(wrong ? { ...log, ok: false, fault: wrong } : log);
  }
  const anchorsOk = read.audited.state !== 'unreadable' && read.audited.faults.length === 0;
  return { ok: anchorsOk && logs.every(({ ok }) => ok), verified_at: clock.now().toISOString(), logs, anchors: read.audited };
}

/** Verifies on demand. One run at a time: whoever asks meanwhile is answered with it, so that asking often costs no more than asking once. */
export class LogVerifier {
  private inHand: Promise<AuditVerification> | undefined;

  constructor(private readonly parts: VerifierParts) {}

  verify(): Promise<AuditVerification> {
    this.inHand ??= verifyLogs(this.parts).finally(() => (this.inHand = undefined));
    return this.inHand;
  }
}
