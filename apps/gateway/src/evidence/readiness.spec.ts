import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { signingKey } from '@lastcopy/platform';
import {
  approveAll,
  archive,
  archivedStory,
  codesOf,
  factsOf,
  failedStoryOf,
  flow_id,
  jobIdOf,
  systems,
  type Story,
} from '../testing/facts-fixture.js';
import { retentionOf, uploadedOf } from '../testing/archived-flow.js';
import { tenant } from '../testing/facts-fixture.js';
import type { FlowFacts } from './flow-facts.js';
import { readiness } from './readiness.js';

let keysDir: string;
let story: Story;
let ready: FlowFacts;
beforeAll(async () => {
  keysDir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-keys-'));
  await signingKey(keysDir, 'integrity-signing', { create: true });
});
afterAll(() => rm(keysDir, { recursive: true, force: true }));
beforeEach(async () => {
  story = approveAll(await archivedStory(keysDir));
  ready = factsOf(story);
});

const job = (facts: FlowFacts, index: number) => facts.jobs.find(({ job_id }) => job_id === jobIdOf(index))!;
const withJob = (index: number, changes: Partial<FlowFacts['jobs'][number]>): FlowFacts => ({
  ...ready,
  jobs: ready.jobs.map((candidate) => (candidate.job_id === jobIdOf(index) ? { ...candidate, ...changes } : candidate)),
});
const withVerification = (changes: object): FlowFacts => {
  const { verifications } = job(ready, 0);
  return withJob(0, { verifications: { 1: { ...verifications[1]!, ...changes } } });
};
const withKeys = (keys: object): FlowFacts => {
  const { verification_id } = job(ready, 0).verifications[1]!;
  return { ...ready, attestations: new Map([...ready.attestations, [verification_id, { valid: true, level: 'restored', keys } as never]]) };
};
const withFlow = (changes: Partial<FlowFacts['flow']>): FlowFacts => ({ ...ready, flow: { ...ready.flow, ...changes } });
const withRetention = (retain_until: string): FlowFacts =>
  withJob(0, { retention: { 1: { ...job(ready, 0).retention[1]!, retain_until } } });
const alert = (code: string, job_id: string | null, log_seq: number) => ({
  ...{ alert_id: randomUUID(), severity: 'high' as const, code, message: 'm', what_to_do: 'w', flow_id, job_id },
  ...{ source: 'archive-service', raised_at: '2026-11-22T14:00:00.000Z', log_seq },
});

it('is empty when everything is proven and approved', () => {
  expect(readiness(ready)).toEqual([]);
});

/** Each blocker alone, and the approval of legal beside it where the evidence itself has changed. */
const cases: [string, () => FlowFacts, string[]][] = [
  ['a paused flow', () => withFlow({ paused: true }), ['FLOW_PAUSED']],
  ['a cancelled flow', () => withFlow({ cancelled: true }), ['FLOW_CANCELLED']],
  ['a flow that is still being planned', () => withFlow({ phase: 'decommission_planning' }), ['FLOW_PHASE']],
  ['a flow that has gone on already', () => withFlow({ phase: 'system_shutdown' }), ['FLOW_PHASE']],
  ['a flow without systems', () => withFlow({ systems: [] }), ['NO_SYSTEMS', 'APPROVAL_MISSING', 'APPROVAL_MISSING', 'APPROVAL_MISSING']],
  [
    'a system without a policy',
    () => ({ ...ready, assignments: new Map([...ready.assignments].slice(1)) }),
    ['POLICY_NOT_ASSIGNED', 'NOT_VERIFIED', 'RETENTION_NOT_VERIFIED', 'APPROVAL_MISSING', 'APPROVAL_MISSING', 'APPROVAL_MISSING'],
  ],
  ['a system without a job', () => ({ ...ready, jobs: [job(ready, 1)] }), ['JOB_MISSING', 'APPROVAL_MISSING']],
  ['a job of which only the integrity-service has told', () => withJob(0, { queued: null }), ['JOB_MISSING', 'APPROVAL_MISSING']],
  [
    'two jobs of one system',
    () => ({ ...ready, jobs: [...ready.jobs, { ...job(ready, 0), job_id: randomUUID() }] }),
    ['JOB_AMBIGUOUS', 'APPROVAL_MISSING'],
  ],
  ['a cancelled job', () => withJob(0, { status: 'cancelled' }), ['JOB_CANCELLED', 'APPROVAL_MISSING']],
  ['a job in progress', () => withJob(0, { status: 'in_progress' }), ['JOB_UNFINISHED', 'APPROVAL_MISSING']],
  ['a queued job', () => withJob(0, { status: 'queued' }), ['JOB_UNFINISHED', 'APPROVAL_MISSING']],
  ['a failed job', () => withJob(0, { status: 'failed' }), ['JOB_FAILED', 'APPROVAL_MISSING']],
  ['a job that is called completed but uploaded nothing', () => withJob(0, { uploaded: null }), ['JOB_UNFINISHED', 'APPROVAL_MISSING']],
  ['a paused job', () => withJob(0, { paused: true }), ['JOB_PAUSED']],
  [
    'an archive made under another version of the policy',
    () => withJob(0, { queued: { ...job(ready, 0).queued!, policy_version: 2 } }),
    ['POLICY_CHANGED', 'APPROVAL_MISSING'],
  ],
  ['an archive that nobody verified', () => withJob(0, { verifications: {} }), ['NOT_VERIFIED', 'APPROVAL_MISSING']],
  ['a verification that is still under way', () => withVerification({ outcome: 'requested' }), ['NOT_VERIFIED', 'APPROVAL_MISSING']],
  ['a verification that failed', () => withVerification({ outcome: 'failed' }), ['NOT_VERIFIED', 'APPROVAL_MISSING']],
  ['a level below the policy', () => withVerification({ level: 'readable' }), ['NOT_VERIFIED', 'APPROVAL_OUTDATED']],
  [
    'a check that did not pass',
    () => withVerification({ checks: [{ name: 'rows', passed: false, expected: '2', actual: '1' }] }),
    ['NOT_VERIFIED'],
  ],
  ['a verdict on another manifest', () => withVerification({ manifest_sha256: 'f'.repeat(64) }), ['NOT_VERIFIED', 'APPROVAL_OUTDATED']],
  [
    'an attestation whose signature is not valid',
    () => ({
      ...ready,
      attestations: new Map(
        [...ready.attestations.keys()].map((id, n) => [id, n ? ready.attestations.get(id)! : { valid: false as const, reason: 'forged' }]),
      ),
    }),
    ['ATTESTATION_INVALID'],
  ],
  [
    'an attestation that was not checked',
    () => ({ ...ready, attestations: new Map([...ready.attestations].slice(1)) }),
    ['ATTESTATION_INVALID'],
  ],
  ['an archive that no escrow key was seen to open', () => withKeys({ tenant: true, escrow: false }), ['KEYS_UNPROVEN']],
  ['an archive that no tenant key was seen to open', () => withKeys({ tenant: false, escrow: true }), ['KEYS_UNPROVEN']],
  ['an attestation that says nothing of keys', () => withKeys({}), ['KEYS_UNPROVEN']],
  ['retention that was not read back', () => withJob(0, { retention: {} }), ['RETENTION_NOT_VERIFIED', 'APPROVAL_MISSING']],
  ['retention shorter than the law', () => withRetention('2033-11-22T11:59:59.999Z'), ['RETENTION_NOT_VERIFIED', 'APPROVAL_MISSING']],
  [
    'an approval that was never given',
    () => ({ ...ready, approvals: ready.approvals.filter(({ role }) => role !== 'data_owner') }),
    ['APPROVAL_MISSING'],
  ],
  [
    'an approval that is only requested',
    () => ({
      ...ready,
      approvals: ready.approvals.map((given) => (given.role === 'legal' ? { ...given, status: 'requested' as const } : given)),
    }),
    ['APPROVAL_MISSING'],
  ],
  [
    'an approval that was rejected',
    () => ({
      ...ready,
      approvals: ready.approvals.map((given) => (given.role === 'compliance' ? { ...given, status: 'rejected' as const } : given)),
    }),
    ['APPROVAL_REJECTED'],
  ],
  [
    'an approval on other evidence, though no void is written',
    () => ({
      ...ready,
      approvals: ready.approvals.map((given) => (given.role === 'legal' ? { ...given, evidence_hash: 'e'.repeat(64) } : given)),
    }),
    ['APPROVAL_OUTDATED'],
  ],
  [
    'an open alert of class integrity',
    () => ({ ...ready, flowAlerts: [alert('ARCHIVE_OBJECT_DAMAGED', jobIdOf(0), 999)] }),
    ['INTEGRITY_ALERT'],
  ],
  ['an alert with a code that nobody knows', () => ({ ...ready, flowAlerts: [alert('SOMETHING_NEW', null, 1)] }), ['INTEGRITY_ALERT']],
  ['an alert about all flows', () => ({ ...ready, alerts: [alert('EVENT_CHAIN_BROKEN', null, 1)] }), ['INTEGRITY_ALERT']],
  ['a forked log', () => ({ ...ready, forks: [{ source: 'archive-service', reason: 'r' }] }), ['EVENT_FORK']],
  [
    'events that were set aside',
    () => ({ ...ready, parked: [{ stream_id: 's', subscription: 'read_model', code: 'EVENT_MALFORMED' }] }),
    ['EVENTS_PARKED'],
  ],
];

it.each(cases)('is blocked by %s', (_name, facts, codes) => {
  expect(codesOf(facts())).toEqual(codes);
});

it.each([
  ['description', 'moved', []],
  ['legal_basis', ['Art. 6'], []],
  ['storage_location', 's3://elsewhere/x/', []],
  ['retention_period_days', 3650, ['POLICY_CHANGED', 'APPROVAL_MISSING']],
  ['minima', [{ requirement: 'SOX', duration: 'P7Y', clause: 'x' }], ['POLICY_CHANGED', 'APPROVAL_MISSING']],
  ['encryption_required', false, ['POLICY_CHANGED', 'APPROVAL_MISSING']],
  ['verification_level', 'reconciled', ['POLICY_CHANGED', 'APPROVAL_MISSING']],
  ['database_verification_level', 'reconciled', ['POLICY_CHANGED', 'APPROVAL_MISSING']],
])('an archive made under another version of its policy counts unless that shapes archives: %s', (field, value, codes) => {
  const queued = { ...job(ready, 0).queued!, policy_version: 2 };
  const first = { policy_id: queued.policy_id, version: 1, retention_period_days: 2555, encryption_required: true };
  const versions = [
    first,
    { ...first, version: 2, [field]: value, ...(field === 'description' ? { retention_starts: 'manifest_timestamp' } : {}) },
  ];
  const policy = { status: 'active', version: 1, versions: versions.map((each) => ({ policy: each })) };
  const facts = { ...withJob(0, { queued }), policies: new Map([[queued.policy_id, policy as never]]) };
  expect(codesOf(facts)).toEqual(codes);
});

it('tells everybody what to do', () => {
  for (const [, facts] of cases) {
    for (const { message, hint } of readiness(facts()))
      expect([message.length > 10, hint.length > 10 || hint === 'w']).toEqual([true, true]);
  }
});

it('takes an alert about a job as answered by a verification that came after it', () => {
  expect(codesOf({ ...ready, flowAlerts: [alert('ARCHIVE_OBJECT_DAMAGED', jobIdOf(0), 1)] })).toEqual([]);
});

it('does not mind alerts that are not about integrity', () => {
  expect(codesOf({ ...ready, flowAlerts: [alert('STORE_UNREACHABLE', null, 999)] })).toEqual([]);
});

it('is blocked by a failed check of an archive that was proven before, and open again after the next attempt', async () => {
  const failed = failedStoryOf(0);
  story.tell('verification', failed.verification_id, 'IntegrityFailed', failed);
  expect(codesOf(factsOf(story))).toEqual(['NOT_VERIFIED', 'RETENTION_NOT_VERIFIED', 'APPROVAL_MISSING']);
  const { job_id } = failed;
  const error = { code: 'ARCHIVE_OBJECT_DAMAGED', error_class: 'integrity' as const, message: 'm', hint: 'h' };
  story.tell('archive_job', job_id, 'ArchiveJobFailed', { job_id, flow_id, attempt: 1, ...error });
  expect(codesOf(factsOf(story))).toEqual(['JOB_FAILED', 'APPROVAL_MISSING']);
  await archive(story, 0, keysDir, 2);
  expect(codesOf(factsOf(story))).toEqual(['APPROVAL_OUTDATED']);
});

it('counts only what is said of the winning attempt', () => {
  const stale = { ...retentionOf({ tenant, flow_id, system_id: systems[0]!.system_id, attempt: 7 }) };
  story.tell('verification', stale.verification_id, 'RetentionVerified', stale);
  expect(codesOf(factsOf(story))).toEqual([]);
  const uploaded = uploadedOf({ tenant, flow_id, system_id: systems[0]!.system_id, attempt: 2 });
  story.tell('archive_job', uploaded.job_id, 'ArchiveUploaded', uploaded);
  expect(codesOf(factsOf(story))).toEqual(['NOT_VERIFIED', 'RETENTION_NOT_VERIFIED', 'APPROVAL_MISSING']);
});

it('reads the same whichever service is heard first', () => {
  const bySource = (source: string) => story.events.filter((event) => event.source === source);
  const order = ['integrity-service', 'archive-service', 'policy-service', 'gateway'];
  const reordered = Object.assign(Object.create(Object.getPrototypeOf(story)) as Story, { events: order.flatMap(bySource) });
  expect(codesOf(factsOf(reordered))).toEqual([]);
});

it('is blocked by a document that the store keeps for less long than the archives it proves', () => {
  const { retain_until } = job(ready, 0).retention[1]!;
  const keptUntil = (until: string): FlowFacts => {
    const current = { filename: 'a.pdf', retain_until: until, locked: { mode: 'COMPLIANCE', retain_until: until, at: until } };
    return {
      ...ready,
      artifacts: [{ artifact_id: randomUUID(), flow_id, kind: 'data_retention_policy', status: 'attached', current } as never],
    };
  };
  const unprotected = (facts: FlowFacts) => codesOf(facts).filter((code) => code === 'ARTIFACT_UNPROTECTED');
  expect(unprotected(keptUntil(retain_until))).toEqual([]);
  expect(unprotected(keptUntil(new Date(Date.parse(retain_until) - 1000).toISOString()))).toEqual(['ARTIFACT_UNPROTECTED']);
});
