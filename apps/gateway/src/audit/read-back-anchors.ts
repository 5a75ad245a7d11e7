import { randomUUID } from 'node:crypto';
import { deploymentTenant, type AnchorReading, type AuditedAnchors, type LogAnchored, type SignedAnchor } from '@lastcopy/contracts';
import { canonicalJson, serviceActor } from '@lastcopy/eventing';
import type { Clock } from '@lastcopy/kernel';
import type { CommandClient } from '@lastcopy/platform';

/** How many anchors are read back: the newest ones contradict whatever the older ones would. */
export const anchorsRead = 100;
const readMs = 60_000;

export interface ReadBack {
  anchors: SignedAnchor[];
  audited: AuditedAnchors;
  /** What the log tells of anchors that the signed documents do not say. */
  falselyTold: string | undefined;
}

const said = (told: LogAnchored | SignedAnchor): string => {
  const { anchor_no, heads, key, sha256, previous_sha256 = null } = told;
  return canonicalJson({ anchor_no, heads, key, sha256, previous_sha256 });
};

/** Pure: the events that tell of another anchor than the one that stands in the object store, or of one that does not stand there. */
function falselyTold(told: readonly LogAnchored[], { anchors, complete }: AnchorReading, now: Date): string | undefined {
  const oldest = complete ? 0 : Math.min(...anchors.map(({ anchor_no }) => anchor_no)) + 1;
  const wrong = told.find((event) => {
    if (event.anchor_no < oldest) return false;
    const standing = anchors.filter(({ anchor_no }) => anchor_no === event.anchor_no);
    if (standing.length === 0) return !(event.retain_until && new Date(event.retain_until) <= now);
    return !standing.some((anchor) => said(anchor) === said(event));
  });
  return wrong && `it tells of anchor ${wrong.anchor_no} what the signed document in the object store does not say`;
}

function auditedOf({ anchored, anchors, faults }: AnchorReading, told: readonly LogAnchored[]): AuditedAnchors {
  if (anchored) return { state: 'compared', read: anchors.length, faults };
  if (told.length === 0) return { state: 'not_anchored', read: 0, faults: [] };
  const fault = `The logs were anchored up to anchor ${told[0]!.anchor_no}, and the integrity-service has no ANCHOR_BUCKET now: set it again`;
  return { state: 'unreadable', read: 0, faults: [fault] };
}

/** Pure: what the object store holds, beside what the log tells of it, newest first. */
export function judgeAnchors(reading: AnchorReading, told: readonly LogAnchored[], now: Date): ReadBack {
  const wrong = reading.anchored ? falselyTold(told, reading, now) : undefined;
  return { anchors: reading.anchors, audited: auditedOf(reading, told), falselyTold: wrong };
}

/** The signed documents as the integrity-service reads them back from the object store. One that cannot be asked, or cannot read, is a fault. */
export async function readBackAnchors(commands: CommandClient, told: readonly LogAnchored[], clock: Clock): Promise<ReadBack> {
  const options = { command_id: randomUUID(), tenant: deploymentTenant, actor: serviceActor('gateway'), timeoutMs: readMs };
  const request = { limit: anchorsRead };
  try {
    const sent = await commands.send<AnchorReading, 'integrity-service'>('integrity-service', 'ReadAnchors', request, options);
    return judgeAnchors(sent.answer!, told, clock.now());
  } catch (error) {
    const fault = `The signed anchors could not be read, so no log was compared with them: ${(error as Error).message}`;
    return { anchors: [], audited: { state: 'unreadable', read: 0, faults: [fault] }, falselyTold: undefined };
  }
}
