import type { Shape } from '../../api/client.js';
import { stepsOf } from './steps.js';

type Event = Shape<'TimelineEntry'>;

const events = (...types: [string, number, object?][]): Event[] =>
  types.map(
    ([type, attempt, data], index) =>
      ({
        ...{ seq: index + 1, type, occurred_at: `2026-11-22T12:00:0${index}.000Z` },
        data: { attempt, ...data },
      }) as unknown as Event,
  );

it('times every step of every attempt, a failed one with what it said', () => {
  const steps = stepsOf(
    events(
      ['ArchiveJobQueued', 1],
      ['ArchiveJobStarted', 1],
      ['ArchiveJobFailed', 1, { code: 'SOURCE_UNREACHABLE', message: 'nobody answers' }],
      ['ArchiveJobStarted', 2],
      ['ArchiveUploaded', 2],
      ['VerificationRequested', 2],
    ).reverse(),
  );
  expect(steps.map(({ attempt, what, state }) => [attempt, what.split(' ')[0], state])).toEqual([
    [1, 'Waiting', 'completed'],
    [1, 'Exporting,', 'failed'],
    [2, 'Exporting,', 'completed'],
    [2, 'Verifying', 'running'],
  ]);
  expect(steps[1]).toMatchObject({ to: '2026-11-22T12:00:02.000Z', says: 'SOURCE_UNREACHABLE: nobody answers' });
  expect(steps[3]!.to).toBeNull();
});
