import type { LogAnchored } from '@lastcopy/contracts';
import type { StoredAnchor, StoredAnchors } from './anchor-objects.js';

const named = ({ document }: StoredAnchor): string => `anchor ${document.anchor_no} of ${document.taken_at}`;

/** Each anchor names the digest of the one before; of the oldest that was read, that one may lie further back. */
function chainFaults(anchors: readonly StoredAnchor[]): string[] {
  const oldest = Math.min(...anchors.map(({ document }) => document.anchor_no));
  return anchors
    .filter(({ document: { anchor_no, previous_sha256 } }) => {
      if (anchor_no === oldest) return false;
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
      if (event?.retain_until && new Date(event.retain_until) <= now) return false;
      return event !== undefined || anchors.some(({ document }) => document.previous_sha256 === anchor.sha256);
    })
    .map((anchor) => `${named(anchor)} is not under lock in the object store`);
}

function missingFaults({ anchors, complete }: StoredAnchors, events: readonly LogAnchored[], now: Date): string[] {
  const oldest = complete ? 0 : Math.min(...anchors.map(({ document }) => document.anchor_no)) + 1;
  return events
    .filter(({ anchor_no, retain_until }) => anchor_no >= oldest && !(retain_until && new Date(retain_until) <= now))
    .filter(({ key, sha256 }) => !anchors.some((anchor) => anchor.key === key && anchor.sha256 === sha256))
    .map(({ anchor_no, bucket, key }) => `anchor ${anchor_no} is not at s3://${bucket}/${key} as the log says`);
}

/** Pure: what is wrong with the anchors in the object store, held against each other and against the events that tell of them. */
export const anchorFaults = (stored: StoredAnchors, events: readonly LogAnchored[], now: Date): string[] => [
  ...stored.faults,
  ...chainFaults(stored.anchors),
  ...lockFaults(stored.anchors, events, now),
  ...missingFaults(stored, events, now),
];
