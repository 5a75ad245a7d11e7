import { attemptFolder, jobPrefix, type ArchiveIdentity } from '@lastcopy/archive-format';
import { isCodedError } from '@lastcopy/kernel';
import { parseLocation, type ObjectLocation, type ObjectStore } from '@lastcopy/object-store';
import { wrapFolders } from '../pipeline/wrap-id.js';
import { sweepableAttempts, type SweptJob } from './kept-attempts.js';

export interface SweepCounts {
  objects: number;
  uploads: number;
  /** Versions that retention or a hold protects: left alone. */
  locked: number;
}

export interface JobToSweep extends SweptJob {
  identity: Omit<ArchiveIdentity, 'attempt'>;
  /** Every storage location that the job was ever ordered to. */
  destinations: readonly string[];
}

async function removeUploads(store: ObjectStore, bucket: string, prefix: string, counts: SweepCounts, signal: AbortSignal): Promise<void> {
  for await (const upload of store.listMultipartUploads(bucket, prefix, { signal })) {
    await store.abortMultipart(upload, { signal });
    counts.uploads += 1;
  }
}

async function removeVersions(store: ObjectStore, bucket: string, prefix: string, counts: SweepCounts, signal: AbortSignal): Promise<void> {
  for await (const { key, versionId } of store.listVersions(bucket, prefix, { signal })) {
    try {
      await store.deleteVersion({ bucket, key }, versionId, { signal });
      counts.objects += 1;
    } catch (error) {
      if (!isCodedError(error) || error.code !== 'STORE_LOCKED') throw error;
      counts.locked += 1;
    }
  }
}

/** An attempt that failed because there is no bucket left nothing behind. */
async function removeAll(store: ObjectStore, folder: ObjectLocation, counts: SweepCounts, signal: AbortSignal): Promise<void> {
  try {
    await removeUploads(store, folder.bucket, folder.key, counts, signal);
    await removeVersions(store, folder.bucket, folder.key, counts, signal);
  } catch (error) {
    if (!isCodedError(error) || error.code !== 'STORE_BUCKET_MISSING') throw error;
  }
}

/**
 * Removes what a job's useless attempts left in the store: objects, unfinished uploads, and key wraps of theirs. Repeatable; an attempt that
 * is swept while a stale worker still writes is swept clean the next time. Never lists outside the job's own prefix.
 */
export async function sweepJob(store: ObjectStore, job: JobToSweep, signal: AbortSignal): Promise<SweepCounts> {
  const counts: SweepCounts = { objects: 0, uploads: 0, locked: 0 };
  const attempts = sweepableAttempts(job);
  for (const destination of job.destinations) {
    const { bucket, key } = parseLocation(destination);
    const prefix = jobPrefix(key, { ...job.identity, attempt: 1 });
    for (const attempt of attempts) {
      for (const folder of [`${prefix}/${attemptFolder(attempt)}/`, ...wrapFolders(prefix, attempt)]) {
        await removeAll(store, { bucket, key: folder }, counts, signal);
      }
    }
  }
  return counts;
}
