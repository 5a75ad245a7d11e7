import { artifactKinds, type ApprovalRole, type ArtifactKind, type FlowSystem } from '@lastcopy/contracts';
import { artifactRules } from '../artifact/domain/artifact-rules.js';
import { productDocument } from '../artifact/product-documents.js';
import { standingArtifacts, type ArtifactRecord } from '../records/artifact-record.js';
import type { AssignmentRecord } from '../records/assignment-record.js';
import { winningRetention, winningVerification, type JobRecord } from '../records/job-record.js';
import type { FlowFacts } from './flow-facts.js';
import { winningJobOf } from './gate-check.js';
import { missingArtifacts } from './gates/artifacts-present.js';
import { policyUnchanged } from './gates/jobs-completed.js';
import { retentionInForce } from './gates/retention-in-force.js';
import { presentSystems } from './present-systems.js';

/** What of the facts the approvals are about. */
export type ScopeFacts = Pick<
  FlowFacts,
  'flow' | 'systems' | 'assignments' | 'policies' | 'jobs' | 'artifacts' | 'requirements' | 'approvals'
>;

/** A named part of a scope, and what is hashed of it. */
export interface ContentPart {
  name: string;
  content: Record<string, unknown>;
}

const kindsOf = (role: ApprovalRole) => artifactKinds.filter((kind) => artifactRules[kind].judgedBy === role);

/** The documents that a role's approval is about as well. */
export const documentsOfRole: Readonly<Record<ApprovalRole, readonly ArtifactKind[]>> = {
  data_owner: kindsOf('data_owner'),
  compliance: kindsOf('compliance'),
  legal: kindsOf('legal'),
};

/** What the product makes states its facts, and these are what counts: made again from the same facts it is the same. */
const documentContent = ({ artifact_id, kind, current }: ArtifactRecord): Record<string, unknown> =>
  current.basis_sha256
    ? { artifact_id, kind, basis_sha256: current.basis_sha256 }
    : { artifact_id, kind, title: current.title, filename: current.filename, media_type: current.media_type, sha256: current.sha256 };

function documentParts(role: ApprovalRole, facts: ScopeFacts): ContentPart[] {
  const seen = new Map<string, number>();
  return standingArtifacts(facts.artifacts, documentsOfRole[role]).map((artifact) => {
    const count = (seen.get(artifact.kind) ?? 0) + 1;
    seen.set(artifact.kind, count);
    const name = `Document: ${artifact.kind.replaceAll('_', ' ')}${count > 1 ? ` (${count})` : ''}`;
    return { name, content: documentContent(artifact) };
  });
}

/** Which documents the approval rests on is a part of it: one that is no longer asked for is a change that who signed has to see. */
function requiredPart(role: ApprovalRole, { requirements }: ScopeFacts): ContentPart[] {
  const own = requirements.filter(({ kind }) => documentsOfRole[role].includes(kind));
  const words = { start: 'before archiving starts', transition: 'before the transition' };
  const content = Object.fromEntries(own.map(({ kind, required, before }) => [kind, required ? words[before] : 'not required']));
  return own.length > 0 ? [{ name: 'Required documents', content }] : [];
}

/** The product's report follows its facts within moments; until it does, nobody is asked to judge by the one before. */
function outdatedReport(role: ApprovalRole, facts: ScopeFacts): string[] {
  const kinds = documentsOfRole[role].filter((kind) => kind === 'archive_verification_report');
  return standingArtifacts(facts.artifacts, kinds).flatMap(({ kind, current }) => {
    const due = productDocument(kind, facts);
    if (!due || due.basis_sha256 === current.basis_sha256) return [];
    return ['The archive verification report does not state the present archives yet; it is made anew by itself.'];
  });
}

/** What of this role's documents the flow requires and does not have as they must be, in words. */
function missingDocuments(role: ApprovalRole, facts: ScopeFacts): string[] {
  const requirements = facts.requirements.filter(({ kind }) => documentsOfRole[role].includes(kind));
  const missing = missingArtifacts({ requirements, artifacts: facts.artifacts }, ['start', 'transition']).map(({ message }) => message);
  return [...missing, ...outdatedReport(role, facts)];
}

/** In the order of the flow's systems, these as they are described now. */
const assignedSystems = (facts: ScopeFacts): [FlowSystem, AssignmentRecord][] =>
  presentSystems(facts).flatMap((system): [FlowSystem, AssignmentRecord][] => {
    const assignment = facts.assignments.get(system.system_id);
    return assignment ? [[system, assignment]] : [];
  });

function dataOwnerParts({ system_id, system_name, source }: FlowSystem, assignment: AssignmentRecord): ContentPart[] {
  const { assignment_id, policy_id, policy_name, policy_version, rule, retention_period_days, minima } = assignment;
  const chosen = { assignment_id, policy_id, policy_name, policy_version, rule, assigned_by: assignment.assigned_by ?? null };
  const period = { retention_period_days, minima, conflicts: assignment.conflicts ?? [], resolution: assignment.resolution ?? null };
  return [
    { name: `${system_name}: source`, content: { system_id, source: { ...source } } },
    { name: `${system_name}: policy`, content: { system_id, ...chosen, ...period } },
  ];
}

function complianceParts({ system_id, system_name }: FlowSystem, assignment: AssignmentRecord): ContentPart[] {
  const { policy_id, policy_name, policy_version, retention_period_days, minima, encryption_required } = assignment;
  const { verification_level, storage_location, compliance_requirements, data_classification, conflicts, resolution } = assignment;
  const laws = { minima, conflicts: conflicts ?? [], resolution: resolution ?? null };
  const policy = { system_id, policy_id, policy_name, policy_version, retention_period_days, ...laws };
  const method = { encryption_required, verification_level, storage_location, locked_until: 'the later of policy and minima' };
  const data = { compliance_requirements, data_classification };
  return [{ name: `${system_name}: archival method`, content: { ...policy, ...method, ...data } }];
}

/** What was proven, and not which look at it proved it: another one with the same result changes nothing that was signed. */
function verifiedArchive(job: JobRecord | null): Record<string, unknown> | null {
  const verification = job && winningVerification(job);
  const retention = job && winningRetention(job);
  if (!job?.uploaded || job.status !== 'completed' || verification?.outcome !== 'verified' || !retention) return null;
  const { attempt, location, manifest_sha256, archived_at, rows, bytes } = job.uploaded;
  const archive = { job_id: job.job_id, attempt, location, manifest_sha256, archived_at, rows, bytes };
  const proof = { level: verification.level, proven_manifest_sha256: verification.manifest_sha256 };
  return { ...archive, ...proof, retain_until: retention.retain_until, mode: retention.mode };
}

const legalParts = (facts: ScopeFacts): ContentPart[] =>
  facts.flow.systems.flatMap((system) => {
    const archive = verifiedArchive(winningJobOf(facts, system));
    return archive ? [{ name: `${system.system_name}: verified archive`, content: { system_id: system.system_id, ...archive } }] : [];
  });

/** An archive that has to be made again or is not kept as long as it must be is not what legal would sign: it is about to change. */
function unsettledArchives(role: ApprovalRole, facts: ScopeFacts): string[] {
  if (role !== 'legal') return [];
  const archived = new Set(legalParts(facts).map(({ content }) => content.system_id));
  return [...policyUnchanged(facts), ...retentionInForce(facts)]
    .filter(({ system_id }) => archived.has(system_id))
    .map(({ message }) => message);
}

/** In words, why a role cannot judge yet, beside systems that are not in its scope. */
export const notYetBecause = (role: ApprovalRole, facts: ScopeFacts): string[] => [
  ...unsettledArchives(role, facts),
  ...missingDocuments(role, facts),
];

const ofSystems: Record<ApprovalRole, (facts: ScopeFacts) => ContentPart[]> = {
  data_owner: (facts) => assignedSystems(facts).flatMap((assigned) => dataOwnerParts(...assigned)),
  compliance: (facts) => assignedSystems(facts).flatMap((assigned) => complianceParts(...assigned)),
  legal: legalParts,
};

export interface ScopeContent {
  parts: ContentPart[];
  /** Whether it can be judged: every system is in it, settled, and every document that the flow requires of these kinds. */
  complete: boolean;
}

/** Pure: all that a role's approval is about, as it is now. */
export function scopeContent(role: ApprovalRole, facts: ScopeFacts): ScopeContent {
  const own = ofSystems[role](facts);
  const systems = new Set(own.map(({ content }) => content.system_id)).size;
  const complete = systems > 0 && systems === facts.flow.systems.length && notYetBecause(role, facts).length === 0;
  return { parts: [...own, ...requiredPart(role, facts), ...documentParts(role, facts)], complete };
}
