import type { ClaimedJob } from '../archive-job/commands/claim-job.js';
import { order } from '../archive-job/domain/archive-job.fixtures.js';
import { ProgressReporter, type Progress } from './progress-reporter.js';

const job: ClaimedJob = {
  tenant: { client_account_id: 'c', engagement_id: 'e' },
  order: { ...order, attempt: 1 },
  attempt: 1,
  workerId: 'w',
  traceparent: null,
};
const progress: Progress = { step: 'exporting', bytes: 500, expectedBytes: 1000, rows: 5, storedBytes: 50 };

function reporter(publish: (subject: string, payload: string) => void) {
  const time = { ms: Date.parse('2026-03-01T12:00:00Z') };
  return { time, reporter: new ProgressReporter({ publish }, job, () => new Date(time.ms)) };
}

it('speaks at most four times a second, and at once of a new step', () => {
  const sent: { step: string; bytes_per_second: number }[] = [];
  const rig = reporter((subject, payload) => {
    expect(subject).toBe(`lastcopy.progress.c.e.${order.job_id}`);
    sent.push(JSON.parse(payload));
  });
  for (let tick = 0; tick < 100; tick += 1) {
    rig.reporter.report(progress);
    rig.time.ms += 10;
  }
  expect(sent).toHaveLength(4);
  rig.reporter.report({ ...progress, step: 'manifest' });
  expect(sent.at(-1)).toMatchObject({ step: 'manifest', bytes_per_second: 500 });
});

it('does not mind a bus that is away', () => {
  const rig = reporter(() => {
    throw new Error('closed');
  });
  expect(() => rig.reporter.report(progress)).not.toThrow();
});
