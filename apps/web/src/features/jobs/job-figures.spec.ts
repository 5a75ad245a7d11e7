import { percentOf, shownState, speedOf } from './job-figures.js';
import type { Job } from './queries.js';

const job = (changes: Partial<Job>): Job =>
  ({ status: 'in_progress', sub_status: 'exporting', paused: false, progress_percentage: 10, attempt: 1, ...changes }) as Job;
const note = {
  job_id: 'j',
  flow_id: 'f',
  step: 'exporting',
  bytes: 50,
  expected_bytes: 100,
  bytes_per_second: 7,
  attempt: 1,
  heardMs: Date.now(),
};

it('goes by the last word of the worker while data is written, and never back', () => {
  expect(percentOf(job({}), note)).toBe(40);
  expect(percentOf(job({ progress_percentage: 60 }), note)).toBe(60);
  expect(percentOf(job({ sub_status: 'verifying', progress_percentage: 90 }), note)).toBe(90);
  expect(percentOf(job({}), undefined)).toBe(10);
  expect(percentOf(job({ attempt: 2 }), note)).toBe(10);
  expect(percentOf(job({}), { ...note, heardMs: Date.now() - 60_000 })).toBe(10);
  expect(speedOf(job({}), note)).toBe(7);
  expect(speedOf(job({ attempt: 2, bytes_per_second: 3 }), note)).toBe(3);
  expect(speedOf(job({ sub_status: 'verifying' }), note)).toBeNull();
});

it('says where a job is inside its status', () => {
  expect(shownState(job({}))).toBe('exporting');
  expect(shownState(job({ paused: true }))).toBe('paused');
  expect(shownState(job({ status: 'completed', sub_status: null, paused: true }))).toBe('completed');
  expect(shownState(job({ status: 'failed', sub_status: 'retry_scheduled' }))).toBe('retry_scheduled');
});
