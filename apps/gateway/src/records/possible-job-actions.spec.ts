import { jobActions, type JobAction } from '@lastcopy/contracts';
import type { JobRecord } from './job-record.js';
import { possibleActions } from './possible-job-actions.js';

const uploaded = { attempt: 1 } as JobRecord['uploaded'];
const retry = { retry_no: 1, due_at: '2026-11-23T12:00:00.000Z', reason: 'STORE_UNAVAILABLE' };

it.each<[string, Partial<JobRecord>, JobAction[]]>([
  ['queued', {}, ['pause', 'cancel']],
  ['paused', { status: 'in_progress', paused: true }, ['resume', 'cancel']],
  ['failed for good', { status: 'failed' }, ['cancel', 'retry']],
  ['failed and tried again soon', { status: 'failed', retry }, ['pause', 'cancel', 'retry']],
  ['cancelled', { status: 'cancelled' }, ['retry']],
  ['completed', { status: 'completed', uploaded }, ['verify']],
])('says what can be done with a job that is %s', (_state, told, possible) => {
  const job = { status: 'queued', paused: false, retry: null, uploaded: null, ...told } as JobRecord;
  expect(possibleActions(job)).toEqual(jobActions.filter((action) => possible.includes(action)));
});
