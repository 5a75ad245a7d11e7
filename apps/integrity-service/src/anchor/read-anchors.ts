import type { AnchorReading, LogAnchored } from '@lastcopy/contracts';
import type { Eventing } from '@lastcopy/eventing';
import { isCodedError, type Clock } from '@lastcopy/kernel';
import { anchorFaults } from './anchor-faults.js';
import { readStoredAnchors, type AnchorObjectParts, type StoredAnchors } from './anchor-objects.js';

export interface ReadAnchorsParts extends AnchorObjectParts {
  eventing: Eventing;
  clock: Clock;
  /** Development only: the first anchor makes the bucket; operators make their own. */
  createBucket: boolean;
}

async function anchorEvents({ store }: Eventing, limit: number): Promise<LogAnchored[]> {
  const rows = await store.query<{ data: LogAnchored }>(
    `select data from events where type = 'LogAnchored' order by position desc limit $1`,
    [limit],
  );
  return rows.map(({ data }) => data);
}

/**
 * Reads the newest anchors back from the object store: what they say is believed for their signatures and for nothing that a log says of
 * them. Throws the store's errors when it cannot be read.
 */
export async function readAnchors(parts: ReadAnchorsParts, limit: number): Promise<AnchorReading> {
  // Before the objects: each event's object stands already, while an object may wait for its event.
  const events = await anchorEvents(parts.eventing, limit);
  const stored = await readStoredAnchors(parts, limit).catch((error: unknown): StoredAnchors => {
    if (parts.createBucket && isCodedError(error) && error.code === 'STORE_BUCKET_MISSING')
      return { anchors: [], complete: true, faults: [] };
    throw error;
  });
  return {
    anchored: true,
    anchors: stored.anchors.map(({ key, sha256, document: { anchor_no, taken_at, heads, previous_sha256 } }) => ({
      ...{ anchor_no, taken_at, heads, previous_sha256, key, sha256 },
    })),
    complete: stored.complete,
    faults: anchorFaults(stored, events, parts.clock.now()),
  };
}
