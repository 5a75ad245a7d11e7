import type { Blocker } from '@lastcopy/contracts';
import { errorRegistry, type ErrorCode } from '@lastcopy/kernel';
import type { AlertRecord } from '../../records/alert-record.js';
import type { ArtifactRecord } from '../../records/artifact-record.js';
import { winningVerification, type JobRecord } from '../../records/job-record.js';
import type { GateCheck } from '../gate-check.js';

/** A code that the registry does not know is unknown, and unknown blocks. */
export const isIntegrityAlert = (alert: Pick<AlertRecord, 'code'>): boolean =>
  !Object.hasOwn(errorRegistry, alert.code) || errorRegistry[alert.code as ErrorCode].class === 'integrity';

/** The store holds every content of it, and the one that stands since the alert. */
const isProtectedSince = ({ status, versions }: ArtifactRecord, raisedAt: string): boolean =>
  versions.every(({ locked }) => locked !== null) &&
  (status === 'withdrawn' || versions.some(({ locked }) => Date.parse(locked!.at) >= Date.parse(raisedAt)));

/**
 * An alert about a job is answered by a verification of its archive that passed afterwards, one about a document that is not protected by
 * its protection; others stay until a person has them resolved.
 */
export function isAnswered(
  alert: Pick<AlertRecord, 'code' | 'job_id' | 'artifact_id' | 'log_seq' | 'raised_at'>,
  jobs: readonly JobRecord[],
  artifacts: readonly ArtifactRecord[],
): boolean {
  if (alert.code === 'ARTIFACT_UNPROTECTED') {
    return artifacts.some((artifact) => artifact.artifact_id === alert.artifact_id && isProtectedSince(artifact, alert.raised_at));
  }
  const job = jobs.find((candidate) => candidate.job_id === alert.job_id);
  const verification = job && winningVerification(job);
  return verification?.outcome === 'verified' && verification.log_seq > alert.log_seq;
}

export const noOpenAlert: GateCheck = (facts) =>
  [...facts.flowAlerts, ...facts.alerts]
    .filter((alert) => isIntegrityAlert(alert) && !isAnswered(alert, facts.jobs, facts.artifacts))
    .map((alert): Blocker => ({
      code: 'INTEGRITY_ALERT',
      message: `${alert.code}: ${alert.message}`,
      hint: alert.what_to_do,
      ...(alert.job_id ? { job_id: alert.job_id } : {}),
    }));
