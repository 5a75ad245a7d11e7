import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { PreviewedSystem, RetentionPolicyDefined } from '@lastcopy/contracts';
import { signingKey } from '@lastcopy/platform';
import type { FlowFacts } from '../evidence/flow-facts.js';
import { readiness } from '../evidence/readiness.js';
import type { PolicyRecord } from '../records/policy-record.js';
import { approveAll, archivedStory, assignmentAt, factsOf, flow_id, jobIdOf, systems, type Story } from '../testing/facts-fixture.js';
import { factsAfter, systemImpact, voidedApprovals, withVersion } from './flow-impact.js';

let keysDir: string;
let story: Story;
beforeAll(async () => {
  keysDir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-keys-'));
  await signingKey(keysDir, 'integrity-signing', { create: true });
});
afterAll(() => rm(keysDir, { recursive: true, force: true }));
beforeEach(async () => {
  story = approveAll(await archivedStory(keysDir));
});

const now = new Date('2026-11-23T12:00:00.000Z');
const { policy_id, policy_name, retention_period_days, storage_location, encryption_required } = assignmentAt(0);
const first: RetentionPolicyDefined = {
  ...{ policy_id, version: 1, policy_name, description: '', retention_period_days, compliance_requirements: [], data_types: [] },
  ...{ storage_location, encryption_required, verification_level: 'readable', database_verification_level: 'restored' },
  ...{ legal_basis: [], status: 'active' },
};
const made = (policy: RetentionPolicyDefined) => ({
  ...{ policy, changed: [], reason: null, made_by: 'olga', made_at: now.toISOString() },
});
const policies = new Map([[policy_id, { ...first, versions: [made(first)] } as unknown as PolicyRecord]]);

/** As another service answers it: the fields come in an order of their own. */
const minimaOf = (index: number) =>
  assignmentAt(index).minima.map(({ duration, requirement, clause }) => ({ clause, requirement, duration }));

/** What follows when both systems, of which the story says that they rest on it, are assigned the revised policy. */
function revised(changes: Partial<RetentionPolicyDefined>): { facts: FlowFacts; then: FlowFacts; previewed: PreviewedSystem[] } {
  const next = { ...first, ...changes, version: 2 };
  const previewed = systems.map(({ system_id, system_name }, index): PreviewedSystem => {
    const terms = { retention_period_days: next.retention_period_days, storage_location: next.storage_location, minima: minimaOf(index) };
    return { flow_id, system_id, system_name, outcome: 'reassigned', after: { ...assignmentAt(index), ...terms, policy_version: 2 } };
  });
  const facts = { ...factsOf(story), policies };
  return { facts, then: factsAfter(facts, previewed, withVersion(policies, made(next)), now), previewed };
}
const impacts = ({ facts, then, previewed }: ReturnType<typeof revised>) => previewed.map((each) => systemImpact(facts, then, each, now));

it('lets archives and what legal said of them stand where a revision changes words alone', () => {
  const change = revised({ description: 'better said' });
  expect(impacts(change).map(({ policy_after, archive_again_job_id }) => [policy_after, archive_again_job_id])).toEqual([
    ['Business Critical Data, version 2', undefined],
    ['Business Critical Data, version 2', undefined],
  ]);
  expect(voidedApprovals(change.facts, change.then).map(({ role, changed }) => [role, changed])).toEqual([
    ['data_owner', ['Billing: policy: policy version 1 → 2', 'CRM: policy: policy version 1 → 2']],
    ['compliance', ['Billing: archival method: policy version 1 → 2', 'CRM: archival method: policy version 1 → 2']],
  ]);
});

it('names the archives to make again, and tells legal why, where a revision changes how long they are kept', () => {
  const change = revised({ retention_period_days: 3650 });
  expect(impacts(change)).toMatchObject([0, 1].map((index) => ({ archive_again_job_id: jobIdOf(index), job_status: 'completed' })));
  const [, , legal, ...others] = voidedApprovals(change.facts, change.then);
  expect(others).toEqual([]);
  expect(legal).toMatchObject({ role: 'legal', status: 'granted' });
  expect(legal!.changed[0]).toBe(
    'The archive of "Billing" was made under version 1 of its policy, and version 2 is assigned now, which differs in: retention period days.',
  );
});

it.each<[string, Partial<RetentionPolicyDefined>]>([
  ['the words', { description: 'better said', legal_basis: ['Art. 6'] }],
  ['the days', { retention_period_days: 3650 }],
  ['the place', { storage_location: 's3://archive-bucket/elsewhere/' }],
  ['the level of proof', { database_verification_level: 'reconciled' }],
])('says of a revision of %s what the gate would then say', (_what, changes) => {
  const change = revised(changes);
  const blockers = readiness(change.then);
  const again = blockers.flatMap(({ code, job_id }) => (code === 'POLICY_CHANGED' ? [job_id] : []));
  expect(impacts(change).flatMap(({ archive_again_job_id }) => archive_again_job_id ?? [])).toEqual(again);
  const withoutApproval = blockers.flatMap(({ code, role }) => (code.startsWith('APPROVAL_') ? [role] : []));
  expect(voidedApprovals(change.facts, change.then).map(({ role }) => role)).toEqual(withoutApproval);
});

it('does not count as its own what is to be voided anyway', () => {
  story.tell('policy_assignment', assignmentAt(0).assignment_id, 'PolicyAssigned', { ...assignmentAt(0), data_classification: ['PHI'] });
  const change = revised({ description: 'better said' });
  expect(voidedApprovals(change.facts, change.then).map(({ role }) => role)).toEqual(['data_owner']);
});

it('takes away what an assignment before said and the next one does not', () => {
  const chosen = { ...assignmentAt(0), assigned_by: 'otto' };
  story.tell('policy_assignment', chosen.assignment_id, 'PolicyAssigned', chosen);
  expect(revised({}).then.assignments.get(systems[0]!.system_id)).not.toHaveProperty('assigned_by');
});

it('leaves policies as they are where the version is there, or the policy is not known', () => {
  expect(withVersion(policies, made(first))).toBe(policies);
  expect(withVersion(policies, made({ ...first, policy_id: randomUUID() }))).toBe(policies);
  expect(
    withVersion(policies, made({ ...first, version: 2 }))
      .get(policy_id)!
      .versions.map(({ policy }) => policy.version),
  ).toEqual([1, 2]);
});
