import type { JobRecord } from '../records/job-record.js';
import { archiveCommands } from './archive-commands.js';

const job_id = '55b84fa1-ff00-5e28-af0a-36e6d958c6f5';
const uploaded = {
  ...{ attempt: 2, manifest: { bucket: 'archives', key: 'billing/attempt-2/manifest.json' }, manifest_sha256: 'ab'.repeat(32) },
} as JobRecord['uploaded'];
const job = (told: Partial<JobRecord>): JobRecord =>
  ({ job_id, queued: { system_name: 'Billing (EU)' }, uploaded: null, ...told }) as JobRecord;

it('gives the whole commands of the attempt that counts, and a folder that no other job has', () => {
  const archive = `s3://archives/billing/attempt-2/manifest.json --manifest-sha256 ${'ab'.repeat(32)}`;
  expect(archiveCommands(job({ status: 'completed', uploaded }))).toEqual({
    attempt: 2,
    verify: `lastcopy verify ${archive}`,
    restore: `lastcopy restore ${archive} --to ./billing-eu-55b84fa1`,
  });
});

it('gives none before there is an archive', () => expect(archiveCommands(job({}))).toBeNull());
