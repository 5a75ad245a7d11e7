import { randomUUID } from 'node:crypto';
import type { EventType, RetentionPolicyDefined } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';
import { policyFold } from '../records/policy-record.js';
import { foldAll } from '../records/record-fold.js';
import { assignmentAt, systems } from '../testing/facts-fixture.js';
import { policyActs } from './flow-acts.js';
import { foldSystems } from './present-systems.js';

const [billing] = systems as [(typeof systems)[number]];
const assignment = { ...assignmentAt(0), assigned_at: '', version: 1, resolution: null };
const { policy_id } = assignment;

/** What happens to one thing, told by who did it. */
const log = (aggregate_id: string, told: [actor: string, type: EventType, data: object][]): LoggedEvent[] =>
  told.map(([actor, type, data], index) => {
    const version = index + 1;
    const ids = { aggregate_id, stream_id: aggregate_id, event_id: randomUUID(), client_account_id: 'c', engagement_id: 'e' };
    return { ...ids, version, log_seq: version, actor, type, data, occurred_at: '2026-11-22T12:00:00.000Z' } as unknown as LoggedEvent;
  });

const terms = { policy_id, policy_name: 'Business Critical Data', description: 'x', retention_period_days: 2555 };
const version = (number: number, rest: object) => ({ ...terms, version: number, ...rest }) as unknown as RetentionPolicyDefined;
const authors = (assigned: number, told: [string, EventType, object][]) =>
  policyActs([{ ...assignment, policy_version: assigned }], foldAll(policyFold, log(policy_id, told))).map(({ user_id }) => user_id);

const standard: [string, EventType, object] = ['olga', 'RetentionPolicyDefined', version(1, {})];
const revised = (by: string, number: number, changed: string[]): [string, EventType, object] => [
  by,
  'RetentionPolicyRevised',
  version(number, { changed, reason: 'why' }),
];

it.each([
  ['nobody wrote what every tenant begins with', 1, [standard], []],
  ['who created it', 1, [['carl', 'RetentionPolicyDefined', version(1, { reason: 'why' })]], ['carl']],
  ['who revised it', 2, [standard, revised('carl', 2, ['retention_period_days'])], ['carl']],
  ['not who revised it after the assigned version', 1, [standard, revised('carl', 2, ['retention_period_days'])], []],
  [
    'still who set a term, when another revised the description',
    3,
    [standard, revised('carl', 2, ['retention_period_days']), revised('cora', 3, ['description'])],
    ['carl', 'cora'],
  ],
  [
    'no longer whose term another set anew',
    3,
    [standard, revised('carl', 2, ['retention_period_days']), revised('cora', 3, ['retention_period_days'])],
    ['cora'],
  ],
] as [string, number, [string, EventType, object][], string[]][])('the authors of a policy are: %s', (_who, assigned, told, expected) => {
  expect(authors(assigned, told)).toEqual(expected);
});

const registered = { system_id: billing.system_id, system_name: billing.system_name, source: billing.source };
const labels = { data_classification: ['PII'], compliance_requirements: ['SOX'] };
const actsOf = (...told: [string, EventType, object][]) =>
  foldSystems(log(billing.system_id, [['olga', 'SystemRegistered', { ...registered, ...labels }], ...told])).acts.map(
    ({ user_id, act }) => `${user_id} ${act}`,
  );
const suggestion = { suggestion_id: randomUUID(), system_id: billing.system_id };
const described = (changed: string[]) => ({ ...registered, ...labels, version: 2, reason: 'why', changed });

it('names who classified the data of a system: who entered it, and who accepted or dismissed what was suggested', () => {
  const entered = ['olga described_source', 'olga classified_data', 'olga classified_data'];
  expect(actsOf()).toEqual(entered);
  expect(actsOf(['carl', 'ClassificationDismissed', { ...suggestion, reason: 'made up' }])).toEqual([...entered, 'carl classified_data']);
  expect(
    actsOf(
      ['carl', 'ClassificationDismissed', { ...suggestion, reason: 'made up' }],
      ['cora', 'ClassificationAccepted', { ...suggestion, ...labels }],
      ['cora', 'SystemRevised', described(['data_classification'])],
    ),
  ).toEqual(['olga described_source', 'cora classified_data', 'olga classified_data', 'cora classified_data']);
});

it('names who wrote a policy into the description of a system, while it stands there', () => {
  const named = (retention_policy_id: string | null) => ({ ...described(['retention_policy_id']), retention_policy_id });
  const policy = randomUUID();
  expect(actsOf(['xavi', 'SystemRevised', named(policy)])).toContain('xavi named_policy');
  const corrected = actsOf(['xavi', 'SystemRevised', named(policy)], ['cora', 'SystemRevised', named(randomUUID())]);
  expect(corrected.filter((act) => act.endsWith('named_policy'))).toEqual(['cora named_policy']);
  expect(actsOf(['xavi', 'SystemRevised', named(policy)], ['cora', 'SystemRevised', named(null)])).not.toContain('xavi named_policy');
});
