import { logInvariants } from './check-logs.js';
import { Logs, readyFlow } from './testing/logs-fixture.js';

const taken = ['policy', 'archive', 'integrity'] as const;
const allRoles = ['data_owner', 'compliance', 'legal'];
const proven = () =>
  new Logs()
    .completed()
    .initialized()
    .approved(...allRoles);

describe('logs in which all is well', () => {
  it.each<[string, () => Logs]>([
    ['nothing happened', () => new Logs()],
    ['a flow that went on', () => readyFlow().transitioned()],
    ['a failed check that made the job failed', () => new Logs().completed().failed(2).job('ArchiveJobFailed')],
    ['a failed check, then a good one', () => new Logs().completed().failed(2).verified(3)],
    ['a hold that was placed after the seal', () => readyFlow().held('LegalHoldPlaced').transitioned()],
    [
      'a hold that was released before the seal',
      () =>
        proven()
          .held('LegalHoldPlaced')
          .held('LegalHoldReleased')
          .sealed(...taken)
          .transitioned(),
    ],
    [
      'a hold on another system',
      () =>
        proven()
          .held('LegalHoldPlaced', 'another')
          .sealed(...taken)
          .transitioned(),
    ],
    ['a failed check after the flow went on', () => readyFlow().failed(2).transitioned()],
    [
      'a second attempt after a failed one',
      () =>
        new Logs().started().job('ArchiveJobFailed').job('ArchiveRetryScheduled', { attempt: 2 }).job('ArchiveJobStarted', { attempt: 2 }),
    ],
  ])('%s: no violation', async (_name, logs) => {
    expect(await logs().violations()).toEqual([]);
  });
});

/** Each breaks one promise and no other. */
const broken: [invariant: string, name: string, logs: () => Logs, message: RegExp][] = [
  ['proven-before-completed', 'a last check that failed', () => new Logs().completed().failed(2), /its last check failed where restored/],
  [
    'proven-before-completed',
    'a check that failed before the seal of the flow',
    () =>
      new Logs()
        .completed()
        .failed(2)
        .sealed(...taken),
    /its last check failed/,
  ],
  [
    'proven-before-completed',
    'no check',
    () => new Logs().started().uploaded().retained().job('ArchiveJobCompleted'),
    /proven at no level where restored/,
  ],
  [
    'proven-before-completed',
    'no check, though it failed afterwards',
    () => new Logs().started().uploaded().retained().job('ArchiveJobCompleted').job('ArchiveJobFailed'),
    /proven at no level/,
  ],
  [
    'proven-before-completed',
    'too low a level',
    () => new Logs().completed().verified(2, { level: 'readable' }),
    /proven at readable where restored is required/,
  ],
  [
    'proven-before-completed',
    'a part that failed in a check that is called good',
    () => new Logs().completed().verified(2, { checks: [{ name: 'rows', passed: false }] }),
    /although "rows" failed/,
  ],
  [
    'proven-before-completed',
    'nothing uploaded',
    () => new Logs().started().verified().retained().job('ArchiveJobCompleted'),
    /uploaded nothing/,
  ],
  [
    'proven-before-completed',
    'retention not read back',
    () => new Logs().started().uploaded().verified().job('ArchiveJobCompleted'),
    /never read back/,
  ],
  [
    'gate-was-open',
    'a seal that is missing',
    () =>
      new Logs()
        .completed()
        .initialized()
        .approved(...allRoles)
        .sealed('archive', 'integrity')
        .transitioned(),
    /policy-service had not sealed it for gate 1/,
  ],
  [
    'gate-was-open',
    'an approval that is missing',
    () =>
      new Logs()
        .completed()
        .initialized()
        .approved('legal', 'compliance')
        .sealed(...taken)
        .transitioned(),
    /without the approval of data_owner/,
  ],
  [
    'gate-was-open',
    'a job that was not completed when sealed',
    () =>
      new Logs()
        .started()
        .initialized()
        .approved(...allRoles)
        .sealed(...taken)
        .transitioned(),
    /had no completed archive/,
  ],
  [
    'gate-was-open',
    'a flow without systems',
    () =>
      new Logs()
        .approved(...allRoles)
        .sealed(...taken)
        .transitioned(),
    /without any system/,
  ],
  [
    'no-transition-under-hold',
    'a legal hold that stood at the seal',
    () =>
      proven()
        .held('LegalHoldPlaced')
        .sealed(...taken)
        .transitioned(),
    /under legal hold for "Smith v. Acme"/,
  ],
  ['one-transition', 'two transitions', () => readyFlow().transitioned().transitioned(), /2 times/],
  [
    'one-person-one-role',
    'a person who decided twice, once in other letters',
    () => new Logs().decided('data_owner', 'Dana').decided('legal', 'DANA', 'ApprovalRejected'),
    /DANA decided in flow .* as data_owner and as legal/,
  ],
  [
    'one-person-one-role',
    'who began it',
    () => new Logs().initialized().decided('legal', 'A'),
    /began flow .* and decided its legal approval/,
  ],
  [
    'only-owners-append',
    'a foreign hand',
    () => new Logs().completed().job('ArchiveJobFailed', {}, { source: 'gateway' }),
    /gateway appended/,
  ],
  [
    'tenant-scope',
    'two tenants',
    () => new Logs().job('ArchiveJobQueued').job('ArchiveJobPaused', {}, { client_account_id: 'other' }),
    /has an event of other/,
  ],
  [
    'no-stale-attempt',
    'a superseded worker',
    () => new Logs().started().job('ArchiveJobStarted', { attempt: 2 }).uploaded(),
    /attempt 1 while 2/,
  ],
  ['no-stale-attempt', 'an attempt left out', () => new Logs().job('ArchiveJobStarted', { attempt: 2 }), /attempt 2 after attempt 0/],
  [
    'retention-long-enough',
    'too short a time',
    () => new Logs().started().uploaded({ retain_until: '2033-03-03T00:00:00.000Z' }),
    /which is before/,
  ],
  [
    'retention-long-enough',
    'a lock that is shorter',
    () => new Logs().started().uploaded().job('ArchiveLocked', { retain_until: '2030-01-01T00:00:00.000Z' }),
    /holds until 2030/,
  ],
];

describe('logs in which something is wrong', () => {
  it.each(broken)('%s: %s', async (invariant, _name, logs, message) => {
    const found = await logs().violations();
    expect(new Set(found.map((line) => line.split(':')[0]))).toEqual(new Set([invariant]));
    expect(found.join('\n')).toMatch(message);
  });

  it('gate-was-open: a proof that had failed when the flow was sealed', async () => {
    const logs = new Logs()
      .completed()
      .failed(2)
      .initialized()
      .approved(...allRoles)
      .sealed(...taken)
      .verified(3)
      .transitioned();
    expect((await logs.violations()).join('\n')).toMatch(
      /gate-was-open: .* proven at nothing: its last check failed where restored is required/,
    );
  });

  it('gate-was-open: a proof that came only after the seal', async () => {
    const logs = new Logs()
      .started()
      .uploaded()
      .job('ArchiveJobCompleted')
      .initialized()
      .approved(...allRoles)
      .sealed(...taken);
    expect((await logs.verified().transitioned().violations()).join('\n')).toMatch(/gate-was-open: .* proven at no level where restored/);
  });

  it('unbroken-chain: a row that was changed, and one that is gone', async () => {
    const changed = new Logs().completed();
    Object.assign(changed.events[1]!, { actor: 'someone else' });
    expect(await changed.violations()).toEqual([
      expect.stringMatching(/^unbroken-chain: archive-service position 2 is not what was hashed/),
    ]);
    const gone = new Logs().completed().job('ArchiveJobPaused').job('ArchiveJobResumed');
    gone.events.splice(-2, 1);
    const found = await gone.violations();
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(/^unbroken-chain: archive-service position 7 follows position 5/);
  });

  it('leaves no invariant without a log that breaks it', () => {
    const tested = new Set([...broken.map(([invariant]) => invariant), 'unbroken-chain']);
    expect(logInvariants.map(({ name }) => name).filter((name) => !tested.has(name))).toEqual([]);
  });
});
