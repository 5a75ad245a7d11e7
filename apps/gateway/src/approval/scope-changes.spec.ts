import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { archiveJobId, assignmentId, type ArtifactKind, type EventData, type EventType, type PolicyAssigned } from '@lastcopy/contracts';
import { signingKey } from '@lastcopy/platform';
import { productDocument } from '../artifact/product-documents.js';
import type { ApprovalScope } from '../evidence/approval-scopes.js';
import type { ApprovalRecord } from '../records/approval-record.js';
import { approvalsGranted } from '../evidence/gates/approvals-granted.js';
import { sourceUnchanged } from '../evidence/gates/source-unchanged.js';
import { retentionOf, uploadedOf, verifiedOf } from '../testing/archived-flow.js';
import {
  approveAll,
  archive,
  archivedStory,
  assignmentAt,
  factsOf,
  failedStoryOf,
  flow_id,
  systems,
  tenant,
  type Story,
} from '../testing/facts-fixture.js';
import { approvalPlan } from './approval-plan.js';

let keysDir: string;
let story: Story;
beforeAll(async () => {
  keysDir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-keys-'));
  await signingKey(keysDir, 'integrity-signing', { create: true });
});
afterAll(() => rm(keysDir, { recursive: true, force: true }));

const [billing] = systems as [(typeof systems)[number]];
const documents: Record<string, string> = {};

function document(kind: ArtifactKind, sha: string, filename = `${kind}.pdf`): EventData<'ArtifactAttached'> {
  const artifact_id = (documents[kind] ??= randomUUID());
  const place = { content_id: randomUUID(), bucket: 'b', key: 'k', version_id: 'v', stored_bytes: 9, stored_sha256: sha.repeat(64) };
  return {
    ...{ artifact_id, flow_id, version: 1, kind, filename, media_type: 'application/pdf', size_bytes: 9, sha256: sha.repeat(64) },
    ...{ uploaded_by: 'carl', retain_until: '2034-01-01T00:00:00.000Z', object: { ...place, wraps: [] } },
  };
}
const report = (sha: string, basis_sha256 = productDocument('archive_verification_report', factsOf(story))!.basis_sha256) => ({
  ...document('archive_verification_report', sha),
  ...{ uploaded_by: 'service:gateway', basis_sha256 },
});
const notYetMade = 'The archive verification report does not state the present archives yet; it is made anew by itself.';
const tellArtifact = (type: 'ArtifactAttached' | 'ArtifactReplaced', data: EventData<'ArtifactAttached'>, version = 1) =>
  void story.tell('artifact', data.artifact_id, type, { ...data, version, reason: 'a better one' } as never);

const assign = (changes: Partial<PolicyAssigned>) =>
  void story.tell('policy_assignment', assignmentId(flow_id, billing.system_id), 'PolicyAssigned', { ...assignmentAt(0), ...changes });
const revise = (changes: object, changed: string[]) => {
  const registered = { system_id: billing.system_id, system_name: billing.system_name, source: billing.source };
  const about = { data_classification: ['PII'], compliance_requirements: ['SOX'], version: 2, reason: 'moved', changed };
  story.tell('system', billing.system_id, 'SystemRevised', { ...registered, ...about, ...changes } as never);
};
const tellApproval = (type: EventType, data: object) => {
  const { approval_id, role } = factsOf(story).approvals[0]!;
  story.tell('approval', approval_id, type, { approval_id, flow_id, role, ...data } as never);
};

beforeEach(async () => {
  story = await archivedStory(keysDir);
  const registered = { system_id: billing.system_id, system_name: billing.system_name, source: billing.source };
  const about = { data_classification: ['PII'], compliance_requirements: ['SOX'] };
  story.tell('system', billing.system_id, 'SystemRegistered', { ...registered, ...about } as never);
  for (const kind of ['data_retention_policy', 'compliance_attestation', 'legal_destruction_approval'] as const)
    tellArtifact('ArtifactAttached', document(kind, 'a'));
  tellArtifact('ArtifactAttached', report('c'));
  approveAll(story);
});

const grantedOn = (role: string, { hash, parts }: ApprovalScope) =>
  ({ approval_id: role, role, status: 'granted', evidence_hash: hash, parts }) as unknown as ApprovalRecord;

const job_id = archiveJobId(flow_id, billing.system_id);
const conflict = {
  requirement: 'GDPR',
  maximum: null,
  clause: 'Art. 5(1)(e)',
  against: 'SOX',
  against_clause: '17 CFR 210.2-06',
  statement: 'x',
};
const of = { tenant, flow_id, system_id: billing.system_id };

/** Each change of the evidence, and what every role is told of it; written by hand. A role that is not named keeps its approval. */
const table: [string, () => void | Promise<void>, Partial<Record<'data_owner' | 'compliance' | 'legal', string>>][] = [
  [
    'a policy was revised',
    () => assign({ policy_version: 2, retention_period_days: 3650 }),
    {
      data_owner: 'Billing: policy: policy version 1 → 2, retention 2555 → 3650 days',
      compliance: 'Billing: archival method: policy version 1 → 2, retention 2555 → 3650 days',
      legal: expect.stringContaining(
        'was made under version 1 of its policy, and version 2 is assigned now; how they differ is not known.',
      ),
    },
  ],
  [
    'another policy was chosen against the rules',
    () => assign({ policy_id: randomUUID(), policy_name: 'System Logs', retention_period_days: 365, assigned_by: 'otto' }),
    {
      data_owner: 'Billing: policy: policy Business Critical Data → System Logs, chosen by none → otto, retention 2555 → 365 days',
      compliance: 'Billing: archival method: policy Business Critical Data → System Logs, retention 2555 → 365 days',
      legal: 'The archive of "Billing" was made under another policy than the one that is assigned now.',
    },
  ],
  [
    'the place of the archive was changed',
    () => assign({ storage_location: 's3://other-bucket/x/' }),
    {
      compliance: 'Billing: archival method: storage location s3://archive-bucket/business-critical/ → s3://other-bucket/x/',
      legal: 'The archive of "Billing" was stored in another place than the one that is assigned now.',
    },
  ],
  [
    'a retention conflict came up',
    () => assign({ conflicts: [conflict] }),
    { data_owner: 'Billing: policy: retention conflicts 0 → 1', compliance: 'Billing: archival method: retention conflicts 0 → 1' },
  ],
  [
    'a retention conflict was resolved',
    () =>
      void story.tell('policy_assignment', assignmentId(flow_id, billing.system_id), 'RetentionConflictResolved', {
        ...{ assignment_id: assignmentId(flow_id, billing.system_id), flow_id, system_id: billing.system_id, resolution: 'keep_minimum' },
        ...{ reason: 'the law', resolved_by: 'lena', resolved_by_name: 'Lena', resolved_at: '2026-11-22T12:00:00.000Z' },
      } as never),
    {
      data_owner: 'Billing: policy: resolution of the retention conflict changed',
      compliance: 'Billing: archival method: resolution of the retention conflict changed',
    },
  ],
  [
    'the source was edited',
    () => revise({ source: { ...billing.source, host: 'db2' } }, ['source']),
    { data_owner: 'Billing: source: host db → db2' },
  ],
  [
    'the secret of the source was exchanged',
    () => revise({ source: { ...billing.source, secret_ref: 'another' } }, ['source']),
    { data_owner: 'Billing: source: secret changed' },
  ],
  ['the cost of a system was corrected', () => revise({ annual_cost: 7 }, ['annual_cost']), {}],
  [
    'the classification changed, and the policy with it not',
    () => assign({ data_classification: ['PII', 'PHI'] }),
    { compliance: 'Billing: archival method: classification PII → PII and PHI' },
  ],
  ['the same was assigned again', () => assign({}), {}],
  [
    'the job was archived again',
    () => archive(story, 0, keysDir, 2),
    {
      legal: expect.stringMatching(
        /^Billing: verified archive: attempt 1 → 2, location s3:.*attempt-1\/ → s3:.*attempt-2\/, manifest [0-9a-f]{12}… → [0-9a-f]{12}…, proven manifest/,
      ),
    },
  ],
  [
    'an archive was verified again with the same result',
    async () => {
      const again = await verifiedOf(keysDir, { ...of, run: 2 });
      const { manifest, manifest_sha256 } = uploadedOf(of);
      const ids = { verification_id: again.verification_id, job_id, flow_id, attempt: 1, system_id: billing.system_id };
      story.tell('verification', again.verification_id, 'VerificationRequested', {
        ...{ ...ids, level: 'restored', manifest, manifest_sha256, reason: 'asked for' },
      } as never);
      story.tell('verification', again.verification_id, 'IntegrityVerified', again);
      story.tell('verification', again.verification_id, 'RetentionVerified', {
        ...retentionOf(of),
        verification_id: again.verification_id,
      });
      tellArtifact('ArtifactReplaced', report('d'), 2);
    },
    {},
  ],
  [
    'an archive was verified again and proven less',
    async () => {
      const again = await verifiedOf(keysDir, { ...of, run: 2 });
      story.tell('verification', again.verification_id, 'IntegrityVerified', { ...again, level: 'readable' });
    },
    { legal: `Billing: verified archive: proof restored → readable; ${notYetMade}` },
  ],
  [
    'an archive turned out damaged',
    () => void story.tell('verification', failedStoryOf(0).verification_id, 'IntegrityFailed', failedStoryOf(0)),
    { legal: 'Billing: verified archive is no longer part of it' },
  ],
  [
    'the attestation was replaced',
    () => tellArtifact('ArtifactReplaced', document('compliance_attestation', 'e', 'new.pdf'), 2),
    { compliance: 'Document: compliance attestation: file compliance_attestation.pdf → new.pdf, content aaaaaaaaaaaa… → eeeeeeeeeeee…' },
  ],
  [
    'the approval of the destruction was withdrawn',
    () => {
      const { artifact_id } = document('legal_destruction_approval', 'a');
      story.tell('artifact', artifact_id, 'ArtifactWithdrawn', { artifact_id, flow_id, version: 1, reason: 'wrong', withdrawn_by: 'lena' });
    },
    { legal: 'Document: legal destruction approval is no longer part of it' },
  ],
  [
    'another policy document was attached',
    () =>
      void tellArtifact('ArtifactAttached', {
        ...document('data_retention_policy', 'f'),
        artifact_id: 'ffffffff-0000-4000-8000-000000000000',
        filename: 'annex.pdf',
      }),
    { compliance: 'Document: data retention policy "annex.pdf" was added' },
  ],
  [
    'the report of the product states other facts',
    () => tellArtifact('ArtifactReplaced', report('e', 'e'.repeat(64)), 2),
    { legal: `Document: archive verification report: facts it states changed; ${notYetMade}` },
  ],
  ['the certificate was issued', () => tellArtifact('ArtifactAttached', document('migration_completion_certificate', 'a')), {}],
  [
    'a legal hold was placed on an archive',
    () =>
      void story.tell('legal_hold', randomUUID(), 'LegalHoldPlaced', {
        ...{ hold_id: randomUUID(), matter: 'Smith', reason: 'claim', placed_by: 'lena' },
        scope: { kind: 'archive', system_id: billing.system_id, job_id },
      } as never),
    {},
  ],
  ['a comment was made', () => tellApproval('ApprovalCommented', { commented_by: 'lena', name: 'Lena', comment: 'why?' }), {}],
];

it.each(table)('when %s', async (_what, change, expected) => {
  expect(approvalPlan(factsOf(story))).toEqual([]);
  await change();
  const facts = factsOf(story);
  const told = Object.fromEntries(
    approvalPlan(facts).flatMap((step) => (step.type === 'void' ? [[step.approval.role, step.changed.join('; ')]] : [])),
  );
  expect(told).toEqual(expected);
  // The gate blocks at once, and names the change where the scope can still be judged.
  const blocked = approvalsGranted(facts);
  expect(blocked.map(({ role }) => role)).toEqual(Object.keys(expected));
  for (const { code, message, role } of blocked) {
    if (code === 'APPROVAL_OUTDATED') expect(message).toContain(told[role!]);
  }
});

it('another approval that is decided changes nothing either', () => {
  const [first] = factsOf(story).approvals;
  story.tell('approval', first!.approval_id, 'ApprovalVoided', {
    ...{ approval_id: first!.approval_id, flow_id, role: first!.role, reason: 'x', changed: ['Billing: source: host db → db2'] },
  });
  expect(approvalPlan(factsOf(story)).map((step) => step.type === 'request' && step.role)).toEqual(['data_owner']);
  const [blocker] = approvalsGranted(factsOf(story));
  expect(blocker?.message).toBe('The data owner approval is not granted. The last one was voided: Billing: source: host db → db2.');
});

it('a document that is no longer required, or sooner, is told to the role that rests on it, and to no other', () => {
  const at = (kind: ArtifactKind, before: 'start' | 'transition', required = true) => ({ kind, required, before });
  const [attestation, destruction] = ['compliance_attestation', 'legal_destruction_approval'] as const;
  const requirements = [at(attestation, 'transition'), at(destruction, 'transition')];
  const asked = approvalPlan({ ...factsOf(story), approvals: [], requirements });
  const approvals = asked.flatMap((step) => (step.type === 'request' ? [grantedOn(step.role, step.scope)] : []));
  const told = (now: typeof requirements) =>
    approvalPlan({ ...factsOf(story), approvals, requirements: now }).flatMap((step) => (step.type === 'void' ? step.changed : []));
  expect(told(requirements)).toEqual([]);
  expect(told([at(attestation, 'transition', false), requirements[1]!])).toEqual([
    'Required documents: compliance attestation before the transition → not required',
  ]);
  expect(told([requirements[0]!, at(destruction, 'start')])).toEqual([
    'Required documents: legal destruction approval before the transition → before archiving starts',
  ]);
});

it('blocks an archive of another source than the present one, until it is put right or archived again', () => {
  expect(sourceUnchanged(factsOf(story))).toEqual([]);
  revise({ source: { ...billing.source, secret_ref: 'another', tls: 'require' } }, ['source']);
  expect(sourceUnchanged(factsOf(story))).toEqual([]);
  revise({ source: { ...billing.source, database: 'billing_2' } }, ['source']);
  expect(sourceUnchanged(factsOf(story))).toEqual([
    expect.objectContaining({ code: 'SOURCE_CHANGED', system_id: billing.system_id, job_id }),
  ]);
});

it('asks legal only once the report states the archives as they are', async () => {
  await archive(story, 0, keysDir, 2);
  const asked = () => approvalPlan(factsOf(story)).flatMap((step) => (step.type === 'request' ? step.role : []));
  expect(asked()).toEqual([]);
  tellArtifact('ArtifactReplaced', report('d'), 2);
  expect(asked()).toEqual(['legal']);
});

it('asks for nothing while a required document of the scope is missing', () => {
  const required = (kind: ArtifactKind) => [{ kind, required: true, before: 'transition' as const }];
  const without = { ...factsOf(story), artifacts: [], approvals: [] };
  const roles = (facts: typeof without) => approvalPlan(facts).flatMap((step) => (step.type === 'request' ? step.role : []));
  expect(roles(without)).toEqual(['data_owner', 'compliance', 'legal']);
  expect(roles({ ...without, requirements: required('compliance_attestation') })).toEqual(['data_owner', 'legal']);
  expect(roles({ ...without, requirements: required('archive_verification_report') })).toEqual(['data_owner', 'compliance']);
});
