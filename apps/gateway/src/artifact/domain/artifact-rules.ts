import type { ApprovalRole, ArtifactKind, EvidenceRequirement } from '@lastcopy/contracts';

export interface ArtifactRule {
  title: string;
  /** Roles whose people may attach, replace and withdraw it; empty: the product makes it itself. */
  attachedBy: readonly string[];
  /** The role whose approval it belongs to, and which alone says for a flow whether it is required; null: it belongs to none. */
  judgedBy: ApprovalRole | null;
  /** What a person does when it is missing. */
  howToGet: string;
}

/** Each kind of document: who answers for it, and how a flow comes by it. */
export const artifactRules: Readonly<Record<ArtifactKind, ArtifactRule>> = {
  data_retention_policy: {
    title: 'data retention policy',
    attachedBy: ['operator', 'compliance', 'legal'],
    judgedBy: 'compliance',
    howToGet: 'Someone of operations, compliance or legal attaches the policy document that the retention follows.',
  },
  compliance_attestation: {
    title: 'compliance attestation',
    attachedBy: ['operator', 'compliance'],
    judgedBy: 'compliance',
    howToGet: 'Someone of operations or compliance attaches the attestation.',
  },
  archive_verification_report: {
    title: 'archive verification report',
    attachedBy: [],
    judgedBy: 'legal',
    howToGet: 'It is made by itself when every archive of the flow is verified. Look at the jobs that are not.',
  },
  legal_destruction_approval: {
    title: 'legal approval of the destruction',
    attachedBy: ['legal'],
    judgedBy: 'legal',
    howToGet: 'Someone of legal attaches the approval of the destruction of the sources.',
  },
  migration_completion_certificate: {
    title: 'migration completion certificate',
    attachedBy: [],
    judgedBy: null,
    howToGet: 'It is issued after the transition to system shutdown.',
  },
};

/** The certificate follows from the transition, so it can never be asked for before it. */
export const neverRequired: readonly ArtifactKind[] = ['migration_completion_certificate'];

/** Kinds that can be there only once the archives are, so they cannot be required before archiving starts. */
export const onlyAfterArchiving: readonly ArtifactKind[] = ['archive_verification_report'];

/** What holds for a flow: what was set for it, and the deployment's defaults for kinds that this did not name. */
export function requirementsOf(
  set: readonly EvidenceRequirement[] | null,
  defaults: readonly EvidenceRequirement[],
): EvidenceRequirement[] {
  const named = new Map((set ?? []).map((each) => [each.kind, each]));
  return defaults.map((each) => named.get(each.kind) ?? each);
}
