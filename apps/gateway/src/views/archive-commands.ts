import type { ArchiveCommands } from '@lastcopy/contracts';
import type { JobRecord } from '../records/job-record.js';

/** `s3://bucket/key` of the manifest of the attempt whose archive counts; null before one is uploaded. */
export const manifestPlaceOf = ({ uploaded }: JobRecord): string | null =>
  uploaded ? `s3://${uploaded.manifest.bucket}/${uploaded.manifest.key}` : null;

/** Of every job another one: two systems may have one name. */
const folderOf = ({ queued, job_id }: JobRecord): string => {
  const name = (queued?.system_name ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${name || 'restored'}-${job_id.slice(0, 8)}`;
};

/**
 * What is typed to check and to restore exactly this archive without any service: the digest refuses every other manifest that might come to
 * lie at its place. Null before an archive is uploaded.
 */
export function archiveCommands(job: JobRecord): ArchiveCommands | null {
  const { uploaded } = job;
  if (!uploaded) return null;
  const archive = `${manifestPlaceOf(job)} --manifest-sha256 ${uploaded.manifest_sha256}`;
  return {
    attempt: uploaded.attempt,
    verify: `lastcopy verify ${archive}`,
    restore: `lastcopy restore ${archive} --to ./${folderOf(job)}`,
  };
}
