import fc from 'fast-check';
import { fold, isCodedError } from '@lastcopy/kernel';
import type { ArchiveJobCommand } from './archive-job-commands.js';
import { archiveJobDecider } from './archive-job-decider.js';
import type { ArchiveJobEvent } from './archive-job-events.js';
import {
  cancelled,
  completed,
  fail,
  failed,
  ids,
  locked,
  lockedBy,
  locking,
  now,
  order,
  paused,
  queued,
  refute,
  resumed,
  retryScheduled,
  start,
  started,
  uploaded,
  uploadedBy,
} from './archive-job.fixtures.js';

const later = '2026-03-01T12:01:00.000Z';

/** The types that the command leads to, or the code of its refusal. */
function outcome(history: ArchiveJobEvent[], command: ArchiveJobCommand): string {
  try {
    const events = archiveJobDecider.decide(command, fold(archiveJobDecider, history));
    return events.map(({ type }) => type).join('+') || '[]';
  } catch (error) {
    if (isCodedError(error)) return error.code;
    throw error;
  }
}
const decided = (history: ArchiveJobEvent[], command: ArchiveJobCommand) =>
  archiveJobDecider.decide(command, fold(archiveJobDecider, history));

const states = {
  none: [],
  queued: [queued],
  paused: [queued, paused],
  in_progress: [queued, started(1)],
  uploaded: [queued, started(1), uploaded(1)],
  locking: [queued, started(1), uploaded(1), locking(1)],
  locked: [queued, started(1), uploaded(1), locking(1), locked(1)],
  completed: [queued, started(1), uploaded(1), locking(1), locked(1), completed(1)],
  failed: [queued, started(1), failed(1)],
  retry_scheduled: [queued, started(1), failed(1, 'transient'), retryScheduled(2, 1, later)],
  cancelled: [queued, cancelled],
} satisfies Record<string, ArchiveJobEvent[]>;

const commands = {
  queue: { type: 'Queue', order },
  reorder: { type: 'Queue', order: { ...order, policy_version: 2 } },
  start: start(),
  startLater: start({ now: later }),
  takeOver: start({ leaseLapsed: true }),
  upload: { type: 'RecordUploaded', uploaded: uploadedBy(1) },
  failTransient: fail(1, 'transient'),
  failPermanent: fail(1, 'permanent'),
  failIntegrity: fail(1, 'integrity'),
  giveBack: { type: 'GiveBack', attempt: 1, now },
  beginLocking: { type: 'BeginLocking', attempt: 1 },
  lock: { type: 'RecordLocked', locked: lockedBy(1) },
  complete: { type: 'Complete', attempt: 1, retainUntil: lockedBy(1).retain_until },
  refute: refute(1),
  retry: { type: 'Retry', reason: 'again', now },
  pause: { type: 'Pause', reason: 'lunch' },
  resume: { type: 'Resume', reason: 'back' },
  cancel: { type: 'Cancel', reason: 'wrong system' },
  rearchive: { type: 'Rearchive', order, reason: 'another policy' },
} satisfies Record<string, ArchiveJobCommand>;

const [Q, S, U, F, LG, L, C, R] = [
  'ArchiveJobQueued',
  'ArchiveJobStarted',
  'ArchiveUploaded',
  'ArchiveJobFailed',
  'ArchiveLocking',
  'ArchiveLocked',
  'ArchiveJobCompleted',
  'ArchiveRetryScheduled',
];
const [P, RS, X, NF, JS, ST] = ['ArchiveJobPaused', 'ArchiveJobResumed', 'ArchiveJobCancelled', 'NOT_FOUND', 'JOB_STATE', 'STALE_ATTEMPT'];

const table: Record<keyof typeof states, Record<keyof typeof commands, string | undefined>> = {
  none: row([Q, Q, NF, NF, NF, NF, NF, NF, NF, NF, NF, NF, NF, NF, NF, NF, NF, NF, NF]),
  queued: row(['[]', Q, S, S, S, ST, ST, ST, ST, ST, ST, ST, ST, ST, '[]', P, '[]', X, '[]']),
  paused: row(['[]', Q, JS, JS, JS, ST, ST, ST, ST, ST, ST, ST, ST, ST, '[]', '[]', RS, X, '[]']),
  in_progress: row(['[]', '[]', JS, JS, S, U, `${F}+${R}`, F, F, R, ST, ST, JS, ST, JS, P, '[]', X, JS]),
  uploaded: row(['[]', '[]', JS, JS, JS, '[]', ST, ST, ST, ST, LG, JS, JS, F, JS, P, '[]', X, JS]),
  locking: row(['[]', '[]', JS, JS, JS, '[]', ST, ST, ST, ST, '[]', L, JS, F, JS, P, '[]', JS, JS]),
  locked: row(['[]', '[]', JS, JS, JS, '[]', ST, ST, ST, ST, '[]', '[]', C, F, JS, P, '[]', JS, JS]),
  completed: row(['[]', '[]', JS, JS, JS, '[]', ST, ST, ST, ST, '[]', '[]', '[]', F, JS, JS, '[]', JS, Q]),
  failed: row([Q, Q, JS, JS, JS, ST, '[]', '[]', '[]', ST, ST, ST, JS, ST, R, JS, '[]', JS, Q]),
  retry_scheduled: row(['[]', Q, JS, S, JS, ST, '[]', '[]', '[]', ST, ST, ST, JS, ST, R, P, '[]', X, '[]']),
  cancelled: row([Q, Q, JS, JS, JS, ST, ST, ST, ST, ST, ST, ST, ST, ST, R, JS, '[]', '[]', Q]),
};

function row(outcomes: (string | undefined)[]): Record<keyof typeof commands, string | undefined> {
  const names = Object.keys(commands) as (keyof typeof commands)[];
  return Object.fromEntries(names.map((name, index) => [name, outcomes[index]])) as Record<keyof typeof commands, string | undefined>;
}

describe('every command in every state', () => {
  it.each(Object.keys(states) as (keyof typeof states)[])('%s', (state) => {
    const names = Object.keys(commands) as (keyof typeof commands)[];
    expect(Object.fromEntries(names.map((name) => [name, outcome(states[state], commands[name])]))).toEqual(table[state]);
  });
});

describe('attempts', () => {
  it('are counted up by every start', () => {
    expect(decided([queued], start())).toEqual([started(1)]);
    expect(decided([queued, started(1)], start({ leaseLapsed: true }))).toEqual([started(2)]);
  });

  it('of the past change nothing', () => {
    const taken = [queued, started(1), started(2)];
    for (const command of [
      commands.upload,
      commands.failTransient,
      commands.beginLocking,
      commands.lock,
      commands.complete,
      commands.refute,
    ])
      expect(outcome(taken, command)).toBe('STALE_ATTEMPT');
    const won = [...taken, uploaded(2), locking(2), locked(2), completed(2)];
    for (const command of [
      commands.upload,
      commands.failTransient,
      commands.beginLocking,
      commands.lock,
      commands.complete,
      commands.refute,
    ])
      expect(outcome(won, command)).toBe('STALE_ATTEMPT');
  });

  it('end with a pause, and the next one follows the resumption', () => {
    const history = [queued, started(1), paused];
    expect(outcome(history, commands.upload)).toBe('STALE_ATTEMPT');
    expect(decided([...history, resumed], start())).toEqual([started(2)]);
  });

  it('that upload twice with different manifests are refused', () => {
    const other = { ...uploadedBy(1), manifest_sha256: 'b'.repeat(64) };
    expect(outcome(states.uploaded, { type: 'RecordUploaded', uploaded: other })).toBe('STALE_ATTEMPT');
  });
});

describe('retries', () => {
  it('follow after each delay in turn, then no more', () => {
    expect(decided([queued, started(1)], fail(1, 'transient'))[1]).toEqual(retryScheduled(2, 1, '2026-03-01T12:01:00.000Z'));
    const third = [queued, started(1), failed(1), retryScheduled(2, 2, now), started(2)];
    expect(decided(third, fail(2, 'transient'))[1]).toEqual(retryScheduled(3, 3, '2026-03-01T12:15:00.000Z'));
    const spent = [queued, started(1), failed(1), retryScheduled(2, 3, now), started(2)];
    expect(outcome(spent, fail(2, 'transient'))).toBe('ArchiveJobFailed');
  });

  it('are counted anew after a person asked', () => {
    const asked = [queued, started(1), failed(1), retryScheduled(2, 0, now), started(2)];
    expect(decided(asked, fail(2, 'transient'))[1]).toMatchObject({ data: { retry_no: 1 } });
  });

  it('are neither spent nor taken over when workers stop cleanly', () => {
    let history: ArchiveJobEvent[] = [queued];
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      history = [...history, ...decided(history, start())];
      history = [...history, ...decided(history, { type: 'GiveBack', attempt, now })];
    }
    expect(decided(history, start())).toEqual([started(8)]);
    expect(decided([...history, started(8)], fail(8, 'transient'))[1]).toMatchObject({ data: { retry_no: 1 } });
  });

  it('are not taken-over attempts, which have a cap of their own', () => {
    const lost = [queued, started(1), started(2), started(3)];
    expect(decided(lost, start({ leaseLapsed: true }))).toMatchObject([
      { type: 'ArchiveJobFailed', data: { code: 'WORKERS_LOST', attempt: 3 } },
    ]);
    expect(decided(lost, fail(3, 'transient'))[1]).toMatchObject({ data: { retry_no: 1 } });
  });
});

it('queues an ended job again as it was approved last, and keeps counting its attempts', () => {
  expect(decided(states.failed, commands.reorder)).toEqual([
    { type: 'ArchiveJobQueued', data: { ...order, policy_version: 2, attempt: 2 } },
  ]);
});

it('makes an archive again as it is ordered now, and says why', () => {
  const changed = { ...order, policy_version: 2 };
  const again = decided(states.completed, { type: 'Rearchive', order: changed, reason: 'another policy' });
  expect(again).toEqual([{ type: 'ArchiveJobQueued', data: { ...changed, attempt: 2, reason: 'another policy' } }]);
  const history = [...states.completed, ...again];
  expect(decided(history, { type: 'Rearchive', order: changed, reason: 'asked twice' })).toEqual([]);
  expect(decided(history, start())).toEqual([started(2)]);
  expect(outcome([...history, started(2)], refute(1))).toBe('STALE_ATTEMPT');
});

it('knows an order again whatever the sequence of its fields', () => {
  const reversed = Object.fromEntries(Object.entries(order).reverse()) as typeof order;
  expect(decided([queued], { type: 'Queue', order: reversed })).toEqual([]);
});

it('ends a pause when it is cancelled, so that a retry runs', () => {
  const again = [queued, paused, cancelled, retryScheduled(1, 0, now)];
  expect(decided(again, start())).toEqual([started(1)]);
});

it('completes with what was uploaded and locked', () => {
  expect(decided(states.locked, commands.complete)).toEqual([completed(1)]);
});

it('refuses a lock shorter than ordered', () => {
  const short = { ...lockedBy(1), retain_until: '2033-02-27T12:00:00.000Z' };
  expect(outcome(states.locking, { type: 'RecordLocked', locked: short })).toBe('RETENTION_NOT_IN_FORCE');
});

it('does not complete on a retention shorter than it locked', () => {
  expect(outcome(states.locked, { ...commands.complete, retainUntil: '2033-02-28T00:00:00.000Z' })).toBe('RETENTION_NOT_IN_FORCE');
});

it('never completes without upload, lock and proof, in whatever order commands come', () => {
  const pool = fc.constantFrom(...Object.values(commands), start({ leaseLapsed: true, now: later }));
  fc.assert(
    fc.property(fc.array(pool, { maxLength: 40 }), (sequence) => {
      let history: ArchiveJobEvent[] = [];
      for (const command of sequence) {
        try {
          history = [...history, ...decided(history, command)];
        } catch (error) {
          expect(isCodedError(error)).toBe(true);
        }
      }
      const types = history.map(({ type }) => type);
      const end = types.indexOf('ArchiveJobCompleted');
      if (end >= 0) {
        expect(types.slice(0, end)).toEqual(expect.arrayContaining(['ArchiveUploaded', 'ArchiveLocking', 'ArchiveLocked']));
        const again = types.indexOf('ArchiveJobQueued', end);
        expect(types.slice(end + 1, again < 0 ? undefined : again)).not.toContain('ArchiveJobCancelled');
      }
      const cancelledWhileLocking = types.some((type, index) => type === 'ArchiveLocking' && types[index + 1] === 'ArchiveJobCancelled');
      expect(cancelledWhileLocking).toBe(false);
      expect(history.every(({ data }) => data.job_id === ids.job_id)).toBe(true);
      const attempts = history.flatMap((event) => (event.type === 'ArchiveJobStarted' ? [event.data.attempt] : []));
      expect(attempts).toEqual(attempts.map((_, index) => index + 1));
    }),
  );
});
