import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { signingKey } from '@lastcopy/platform';
import { approveAll, archivedStory, factsOf, failedStoryOf, type Story } from '../testing/facts-fixture.js';
import type { FlowFacts } from '../evidence/flow-facts.js';
import { approvalProblem } from '../evidence/gates/approvals-granted.js';
import { approvalPlan, type ApprovalStep } from './approval-plan.js';
import type { FlowAct } from './domain/eligibility.js';

let keysDir: string;
let story: Story;
beforeAll(async () => {
  keysDir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-keys-'));
  await signingKey(keysDir, 'integrity-signing', { create: true });
});
afterAll(() => rm(keysDir, { recursive: true, force: true }));
beforeEach(async () => void (story = await archivedStory(keysDir)));

const inWords = (steps: ApprovalStep[]) =>
  steps.map((step) => (step.type === 'void' ? `void ${step.approval.role}: ${step.changed.join('; ')}` : `request ${step.role}`));

it('requests each role once its scope is complete', () => {
  expect(inWords(approvalPlan(factsOf(story)))).toEqual(['request data_owner', 'request compliance', 'request legal']);
  const early = { ...factsOf(story), jobs: [] };
  expect(inWords(approvalPlan(early))).toEqual(['request data_owner', 'request compliance']);
  expect(approvalPlan({ ...early, assignments: new Map([...early.assignments].slice(1)) })).toEqual([]);
});

it('leaves what stands on the present evidence', () => {
  expect(approvalPlan(factsOf(approveAll(story)))).toEqual([]);
});

it('voids legal alone when an archive turns out damaged, and asks no more until it is proven again', () => {
  approveAll(story);
  const failed = failedStoryOf(0);
  story.tell('verification', failed.verification_id, 'IntegrityFailed', failed);
  expect(inWords(approvalPlan(factsOf(story)))).toEqual(['void legal: Billing: verified archive is no longer part of it']);
});

it('voids data owner and compliance when a policy changes, each by its own scope', () => {
  const facts = factsOf(approveAll(story));
  const [[id, first]] = [...facts.assignments] as [[string, never]];
  const assignments = new Map(facts.assignments).set(id, { ...(first as object), verification_level: 'reconciled' } as never);
  expect(inWords(approvalPlan({ ...facts, assignments }))).toEqual([
    'void compliance: Billing: archival method: level of verification restored → reconciled',
    'request compliance',
  ]);
});

it('voids the signature of whoever decides afterwards what it judges, and of nobody else', () => {
  const facts = factsOf(approveAll(story));
  const act = (user_id: string, name: FlowAct['act']): FlowFacts => ({ ...facts, acts: [{ user_id, act: name, subject: 'Billing' }] });
  const changed = act('compliance', 'classified_data');
  expect(inWords(approvalPlan(changed))).toEqual([
    'void compliance: compliance decided how the data of "Billing" is classified, and nobody approves their own work',
    'request compliance',
  ]);
  expect(approvalProblem(changed, 'compliance')).toMatchObject({
    code: 'APPROVAL_OUTDATED',
    message: expect.stringContaining('nobody approves'),
  });
  for (const other of [act('somebody', 'classified_data'), act('legal', 'classified_data'), act('compliance', 'described_source')]) {
    expect(approvalPlan(other)).toEqual([]);
    expect(approvalProblem(other, 'compliance')).toBeNull();
  }
});

it('voids a signature that was given in the place of somebody who decided what it judges', () => {
  const facts = factsOf(approveAll(story));
  const on_behalf_of = { user_id: 'carla', name: 'Carla' };
  const approvals = facts.approvals.map((each) => ({ ...each, signature: each.signature && { ...each.signature, on_behalf_of } }));
  const acts: FlowFacts['acts'] = [{ user_id: 'carla', act: 'started_migration', subject: 'Billing' }];
  expect(approvalPlan({ ...facts, approvals })).toEqual([]);
  expect(inWords(approvalPlan({ ...facts, approvals, acts }))).toEqual([
    'void legal: Carla ordered the archive of "Billing", and nobody approves their own work',
    'request legal',
  ]);
});

it('does nothing for a flow that is over', () => {
  const facts = factsOf(story);
  expect(approvalPlan({ ...facts, flow: { ...facts.flow, cancelled: true } })).toEqual([]);
  expect(approvalPlan({ ...facts, flow: { ...facts.flow, phase: 'system_shutdown' } })).toEqual([]);
});
