import type { JSONWebKeySet } from 'jose';
import type { SealedVersion } from '@lastcopy/archive-format';
import { verificationLevels, type ArchiveLocked, type ArchiveUploaded, type IntegrityVerified } from '@lastcopy/contracts';
import type { LoggedEvent, Reactor } from '@lastcopy/eventing';
import { fold, isCodedError } from '@lastcopy/kernel';
import type { ObjectStore, Retention, RetentionMode } from '@lastcopy/object-store';
import type { FaultPoint } from '../../fault-point.js';
import { inLanes } from '../../pipeline/in-lanes.js';
import { archivedVersions } from '../archived-versions.js';
import { archiveJobDecider } from '../domain/archive-job-decider.js';
import type { ArchiveJobEvent } from '../domain/archive-job-events.js';
import type { ArchiveJob } from '../domain/archive-job.js';
import { reactOnJob, type ReactorParts } from './react-on-job.js';

const name = 'lock_verified_archive';
const lanes = 8;

export interface LockParts extends ReactorParts {
  objects: ObjectStore;
  trustedSigners: JSONWebKeySet;
  mode: RetentionMode;
  faultPoint: FaultPoint;
}

/** The archive that may be locked: what was verified is exactly what stands as the job's winner, at the level that its policy requires. */
export function archiveToLock(job: ArchiveJob, verified: IntegrityVerified): ArchiveUploaded | null {
  const { uploaded, order } = job;
  if (!['uploaded', 'locking'].includes(job.phase) || !uploaded || !order || job.attempt !== verified.attempt) return null;
  if (uploaded.attempt !== verified.attempt || uploaded.manifest_sha256 !== verified.manifest_sha256) return null;
  const enough = verificationLevels.indexOf(verified.level) >= verificationLevels.indexOf(order.verification_level);
  return enough ? uploaded : null;
}

/** A version that is protected for longer, or more strictly, is protected enough. */
async function setOrKeep(store: ObjectStore, version: SealedVersion, wanted: Retention, signal: AbortSignal): Promise<void> {
  try {
    await store.setRetention(version, version.versionId, wanted, { signal });
  } catch (error) {
    if (!isCodedError(error) || error.code !== 'STORE_LOCKED') throw error;
    const held = await store.getRetention(version, version.versionId, { signal });
    const strictEnough = held && (held.mode === 'COMPLIANCE' || wanted.mode === 'GOVERNANCE');
    if (!strictEnough || held.retainUntil < wanted.retainUntil) throw error;
  }
}

/** Sets retention on every version that the archive consists of. Repeatable. */
async function lockArchive(parts: LockParts, uploaded: ArchiveUploaded): Promise<ArchiveLocked> {
  const { objects, trustedSigners, mode, faultPoint } = parts;
  const versions = await archivedVersions(objects, trustedSigners, uploaded);
  const retention = { mode, retainUntil: new Date(uploaded.retain_until) };
  await inLanes(versions, lanes, new AbortController().signal, async (version, signal) => {
    await setOrKeep(objects, version, retention, signal);
    faultPoint('mid-lock');
  });
  const { job_id, flow_id, attempt, retain_until } = uploaded;
  return { job_id, flow_id, attempt, mode, retain_until, versions: versions.length };
}

async function loadJob({ store }: ReactorParts, event: LoggedEvent, jobId: string): Promise<ArchiveJob> {
  const own = await store().readStream('archive_job', jobId, event);
  return fold(archiveJobDecider, own as readonly object[] as readonly ArchiveJobEvent[]);
}

/**
 * A verified archive is locked until its retention ends, each object of it, so that nobody can remove or replace what was proven. An
 * archive that turns out incomplete on the way is a failed one.
 */
export const lockVerifiedArchive = (parts: LockParts): Reactor => ({
  kind: 'reactor',
  name,
  types: ['IntegrityVerified'],
  async react(event) {
    const verified = event.data as IntegrityVerified;
    const { job_id, attempt } = verified;
    const uploaded = archiveToLock(await loadJob(parts, event, job_id), verified);
    if (!uploaded) {
      parts.logger.info(
        { job_id, attempt, level: verified.level },
        'a verification that locks nothing: re-verified, overtaken, or a level too low',
      );
      return;
    }
    // Said first: a job that was cancelled meanwhile must not leave objects that nobody can remove for years.
    if (!(await reactOnJob(parts, event, name, job_id, { type: 'BeginLocking', attempt }))) return;
    try {
      const locked = await lockArchive(parts, uploaded);
      await reactOnJob(parts, event, name, job_id, { type: 'RecordLocked', locked });
    } catch (error) {
      if (!isCodedError(error) || error.errorClass !== 'integrity') throw error;
      const { code, message, hint } = error;
      const failure = { code, error_class: 'integrity', message, hint } as const;
      // First the alert: once the job has failed, a repetition after a crash would not come here again.
      const tenant = { client_account_id: event.client_account_id, engagement_id: event.engagement_id };
      await parts.alert(tenant, { severity: 'high', code, message, what_to_do: hint, job_id, flow_id: uploaded.flow_id });
      await reactOnJob(parts, event, name, job_id, { type: 'RecordIntegrityFailure', attempt, failure }, { sealExempt: true });
    }
  },
});
