import { randomUUID } from 'node:crypto';
import type { EvidenceRequirement } from '@lastcopy/contracts';
import { fold } from '@lastcopy/kernel';
import { artifact, type ArtifactActor, type ArtifactCommand, type ArtifactEvent, type ArtifactFlow, type NewContent } from './artifact.js';
import { decideRequirements } from './evidence-requirements.js';

const flow: ArtifactFlow = { flow_id: randomUUID(), cancelled: false, proposed: false, transitioned: false };
const person = (role: string): ArtifactActor => ({ user_id: role, name: role, roles: [role], service_account: false, product: false });
const product: ArtifactActor = { user_id: 'service:gateway', name: 'gateway', roles: ['service'], service_account: false, product: true };
const object = {
  content_id: randomUUID(),
  bucket: 'b',
  key: 'k',
  version_id: 'v',
  stored_bytes: 9,
  stored_sha256: 'a'.repeat(64),
  wraps: [],
};
const content = (kind: NewContent['kind'] = 'compliance_attestation', sha = 'a'): NewContent => ({
  ...{ artifact_id: object.content_id, flow_id: flow.flow_id, kind, filename: 'a.pdf', media_type: 'application/pdf', size_bytes: 3 },
  ...{ sha256: sha.repeat(64), retain_until: '2034-01-01T00:00:00.000Z', object },
});
const attached: ArtifactEvent = { type: 'ArtifactAttached', data: { ...content(), version: 1, uploaded_by: 'compliance' } };
const withdrawn: ArtifactEvent = {
  type: 'ArtifactWithdrawn',
  data: { artifact_id: object.content_id, flow_id: flow.flow_id, version: 1, reason: 'wrong', withdrawn_by: 'compliance' },
};
const given = (...events: ArtifactEvent[]) => ({
  when: (command: ArtifactCommand) => artifact.decide(command, fold(artifact, events)),
});
const attach = (role: string, kind: NewContent['kind'], at: ArtifactFlow = flow): ArtifactCommand => {
  const actor = role === 'product' ? product : person(role);
  return { type: 'AttachArtifact', content: content(kind), actor, flow: at };
};
const replace = (sha: string, reason = 'better', at: ArtifactFlow = flow): ArtifactCommand => {
  return { type: 'ReplaceArtifact', content: content(undefined, sha), reason, actor: person('compliance'), flow: at };
};
const code = (of: string) => expect.objectContaining({ code: of });

it.each([
  ['operator', 'data_retention_policy', true],
  ['compliance', 'data_retention_policy', true],
  ['legal', 'data_retention_policy', true],
  ['data_owner', 'data_retention_policy', false],
  ['auditor', 'data_retention_policy', false],
  ['operator', 'compliance_attestation', true],
  ['compliance', 'compliance_attestation', true],
  ['legal', 'compliance_attestation', false],
  ['legal', 'legal_destruction_approval', true],
  ['compliance', 'legal_destruction_approval', false],
  ['operator', 'legal_destruction_approval', false],
  ['legal', 'archive_verification_report', false],
  ['operator', 'migration_completion_certificate', false],
  ['product', 'archive_verification_report', true],
  ['product', 'legal_destruction_approval', false],
] as const)('%s attaching a %s: %s', (role, kind, allowed) => {
  const decide = () => given().when(attach(role, kind));
  if (allowed) expect(decide()).toMatchObject([{ type: 'ArtifactAttached', data: { kind, version: 1 } }]);
  else expect(decide).toThrow(code('ARTIFACT_NOT_ALLOWED'));
});

it('takes no machine for a person', () => {
  const actor = { ...person('compliance'), service_account: true };
  const command: ArtifactCommand = { type: 'AttachArtifact', content: content(), actor, flow };
  expect(() => given().when(command)).toThrow(code('ARTIFACT_NOT_ALLOWED'));
});

it('leaves the evidence of a flow alone while the gate decides, and afterwards but for the certificate', () => {
  const sealed = { ...flow, proposed: true };
  const over = { ...flow, transitioned: true };
  expect(() => given().when(attach('compliance', 'compliance_attestation', sealed))).toThrow(code('FLOW_SEALED'));
  expect(() => given(attached).when(replace('b', 'better', sealed))).toThrow(code('FLOW_SEALED'));
  expect(() => given().when(attach('compliance', 'compliance_attestation', over))).toThrow(code('FLOW_STATE'));
  expect(() => given().when(attach('compliance', 'compliance_attestation', { ...flow, cancelled: true }))).toThrow(code('FLOW_STATE'));
  expect(given().when(attach('product', 'migration_completion_certificate', over))).toHaveLength(1);
});

it('replaces with a reason and other bytes, and counts on', () => {
  expect(given(attached).when(replace('b'))).toMatchObject([{ type: 'ArtifactReplaced', data: { version: 2, reason: 'better' } }]);
  expect(() => given(attached).when(replace('a'))).toThrow(code('ARTIFACT_STATE'));
  expect(() => given(attached).when(replace('b', '  '))).toThrow(code('VALIDATION_FAILED'));
  expect(given(attached, withdrawn).when(replace('a'))).toHaveLength(1);
  expect(() => given().when(replace('b'))).toThrow(code('NOT_FOUND'));
});

it('withdraws once, with a reason', () => {
  const command: ArtifactCommand = { type: 'WithdrawArtifact', reason: 'wrong', actor: person('compliance'), flow };
  expect(given(attached).when(command)).toEqual([withdrawn]);
  expect(given(attached, withdrawn).when(command)).toEqual([]);
  expect(() => given(attached).when({ ...command, reason: '' })).toThrow(code('VALIDATION_FAILED'));
});

it('attaches and locks once, however often it is told, and only ever extends', () => {
  const ids = { artifact_id: object.content_id, flow_id: flow.flow_id, version: 1 };
  const locked = { ...ids, mode: 'COMPLIANCE' as const, retain_until: '2034-01-01T00:00:00.000Z', versions: 3 };
  const command: ArtifactCommand = { type: 'LockArtifact', locked };
  expect(given(attached).when(attach('compliance', 'compliance_attestation'))).toEqual([]);
  expect(given(attached).when(command)).toEqual([{ type: 'ArtifactLocked', data: locked }]);
  expect(given(attached, { type: 'ArtifactLocked', data: locked }).when(command)).toEqual([]);
  const until = (retain_until: string): ArtifactCommand => ({ type: 'LockArtifact', locked: { ...locked, retain_until } });
  const held = given(attached, { type: 'ArtifactLocked', data: locked });
  expect(held.when(until('2035-01-01T00:00:00.000Z'))).toMatchObject([{ data: { version: 1, retain_until: '2035-01-01T00:00:00.000Z' } }]);
  expect(held.when(until('2033-01-01T00:00:00.000Z'))).toEqual([]);
});

describe('what a flow needs', () => {
  const before = [{ kind: 'compliance_attestation', required: true, before: 'transition' }] as const;
  const change = { requirements: [{ ...before[0], required: false }], reason: 'not this time', actor: person('compliance'), flow, before };

  it('is set by compliance or legal, with a reason, while it can still count', () => {
    expect(decideRequirements(change)).toMatchObject({
      ...{ requirements: [{ required: false }], set_by: 'compliance', changed: ['compliance_attestation'] },
    });
    expect(decideRequirements({ ...change, requirements: [...before] })).toBeNull();
    expect(() => decideRequirements({ ...change, actor: person('data_owner') })).toThrow(code('ARTIFACT_NOT_ALLOWED'));
    expect(() => decideRequirements({ ...change, reason: ' ' })).toThrow(code('VALIDATION_FAILED'));
    expect(() => decideRequirements({ ...change, flow: { ...flow, proposed: true } })).toThrow(code('FLOW_SEALED'));
  });

  it('is set by the role that judges the document alone: dropped, asked for or moved; naming it as it is changes nothing', () => {
    const legal = { ...change, actor: person('legal') };
    const refused = (requirements: EvidenceRequirement[]) => expect(() => decideRequirements({ ...legal, requirements }));
    refused(change.requirements).toThrow(code('ARTIFACT_NOT_ALLOWED'));
    refused([{ ...before[0], before: 'start' }]).toThrow(/a person of compliance has to/);
    const all = [...before, { kind: 'legal_destruction_approval', required: true, before: 'transition' }] as const;
    const own = { ...all[1], required: false };
    expect(decideRequirements({ ...legal, before: all, requirements: [before[0], own] })).toMatchObject({ requirements: [before[0], own] });
    expect(() => decideRequirements({ ...change, before: all, requirements: [own] })).toThrow(code('ARTIFACT_NOT_ALLOWED'));
  });

  it('is never what cannot be there in time', () => {
    const early = [{ kind: 'archive_verification_report', required: true, before: 'start' }] as const;
    const never = [{ kind: 'migration_completion_certificate', required: true, before: 'transition' }] as const;
    for (const requirements of [early, never]) {
      expect(() => decideRequirements({ ...change, requirements: [...requirements] })).toThrow(code('VALIDATION_FAILED'));
    }
  });
});
