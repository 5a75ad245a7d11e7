import type { LogAnchored } from '@lastcopy/contracts';
import type { StoredAnchor, StoredAnchors } from './anchor-objects.js';

const named = ({ document }: StoredAnchor): string => `anchor ${document.anchor_no} of ${document.taken_at}`;

/** Told, and may be gone rightly. */
const ended = ({ retain_until }: LogAnchored, now: Date): boolean => Boolean(retain_until && new Date(retain_until) <= now);

/**
 * Each anchor names the digest of the one before; of the oldest that was read, that one may lie further back. One whose retention ended may
 * be gone before older ones, which were taken while retention was longer.
 */
function chainFaults(anchors: readonly StoredAnchor[], events: readonly LogAnchored[], now: Date): string[] {
  const oldest = Math.min(...anchors.map(({ document }) => document.anchor_no));
  return anchors
    .filter(({ document: { anchor_no, previous_sha256 } }) => {
      if (anchor_no === oldest) return false;
      if (events.some((event) => event.anchor_no === anchor_no - 1 && event.sha256 === previous_sha256 && ended(event, now))) return false;
      return !anchors.some(({ sha256, document }) => document.anchor_no === anchor_no - 1 && sha256 === previous_sha256);
    })
    .map((anchor) => `${named(anchor)} names the one before it, which is not in the object store`);
}

/**
 * A crash between writing an anchor and locking it leaves one that neither an event nor a later anchor names. It is signed and true, so it
 * is compared, and no fault that nothing protects it.
 */
function lockFaults(anchors: readonly StoredAnchor[], events: readonly LogAnchored[], now: Date): string[] {
  return anchors
    .filter((anchor) => {
      if (anchor.lockedUntil && anchor.lockedUntil > now) return false;
      const event = events.find(({ sha256 }) => sha256 === anchor.sha256);
      if (event && ended(event, now)) return false;
      return event !== undefined || anchors.some(({ document }) => document.previous_sha256 === anchor.sha256);
    })
    .map((anchor) => `${named(anchor)} is not under lock in the object store`);
}

function missingFaults({ anchors, complete }: StoredAnchors, events: readonly LogAnchored[], now: Date): string[] {
  const oldest = complete ? 0 : Math.min(...anchors.map(({ document }) => document.anchor_no)) + 1;
  return events
    .filter((event) => event.anchor_no >= oldest && !ended(event, now))
    .filter(({ key, sha256 }) => !anchors.some((anchor) => anchor.key === key && anchor.sha256 === sha256))
    .map(({ anchor_no, bucket, key }) => `anchor ${anchor_no} is not at s3://${bucket}/${key} as the log says`);
}

/** Pure: what is wrong with the anchors in the object store, held against each other and against the events that tell of them. */
export const anchorFaults = (stored: StoredAnchors, events: readonly LogAnchored[], now: Date): string[] => [
  ...stored.faults,
  ...chainFaults(stored.anchors, events, now),
  ...lockFaults(stored.anchors, events, now),
  ...missingFaults(stored, events, now),
];
