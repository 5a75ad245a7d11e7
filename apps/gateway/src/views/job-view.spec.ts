import { jobActions, type JobAction } from '@lastcopy/contracts';
import type { JobRecord } from '../records/job-record.js';
import { archiveCommands } from './archive-commands.js';
import { possibleActions } from './possible-job-actions.js';

const uploaded = {
  ...{ attempt: 2, manifest: { bucket: 'archives', key: 'billing/attempt-2/manifest.json' }, manifest_sha256: 'ab'.repeat(32) },
} as JobRecord['uploaded'];
const queued = { system_name: 'Billing (EU)' } as JobRecord['queued'];

const job = (told: Partial<JobRecord>): JobRecord =>
  ({ job_id: 'job-1', queued, status: 'queued', paused: false, retry: null, uploaded: null, ...told }) as JobRecord;
const retry = { retry_no: 1, due_at: '2026-11-23T12:00:00.000Z', reason: 'STORE_UNAVAILABLE' };

it.each<[string, Partial<JobRecord>, JobAction[]]>([
  ['queued', {}, ['pause', 'cancel']],
  ['paused', { status: 'in_progress', paused: true }, ['resume', 'cancel']],
  ['failed for good', { status: 'failed' }, ['cancel', 'retry']],
  ['failed and tried again soon', { status: 'failed', retry }, ['pause', 'cancel', 'retry']],
  ['cancelled', { status: 'cancelled' }, ['retry']],
  ['completed', { status: 'completed', uploaded }, ['verify']],
])('says what can be done with a job that is %s', (_state, told, possible) => {
  expect(possibleActions(job(told))).toEqual(jobActions.filter((action) => possible.includes(action)));
});

it('gives the whole commands of the attempt that counts, and none before there is an archive', () => {
  const archive = `s3://archives/billing/attempt-2/manifest.json --manifest-sha256 ${'ab'.repeat(32)}`;
  expect(archiveCommands(job({ status: 'completed', uploaded }))).toEqual({
    attempt: 2,
    verify: `lastcopy verify ${archive}`,
    restore: `lastcopy restore ${archive} --to ./billing-eu-${job({}).job_id.slice(0, 8)}`,
  });
  expect(archiveCommands(job({}))).toBeNull();
});
