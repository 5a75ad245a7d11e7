import type { ApprovalRole, FlowSystem, ScopePart } from '@lastcopy/contracts';
import { canonicalJson, sha256Hex } from '@lastcopy/eventing';
import type { AssignmentRecord } from '../records/assignment-record.js';
import { winningRetention, winningVerification, type JobRecord } from '../records/job-record.js';
import type { FlowFacts } from './flow-facts.js';
import { winningJobOf } from './gate-check.js';

/** What an approval rests on: exactly this, and no other approval. */
export interface ApprovalScope {
  role: ApprovalRole;
  /** In words. */
  statement: string;
  /** SHA-256 (hex) over the RFC 8785 bytes of `{flow_id, role, content}`. */
  hash: string;
  /** One a subject, so that a change can be named. */
  parts: ScopePart[];
}

type ScopeFacts = Pick<FlowFacts, 'flow' | 'assignments' | 'jobs'>;
type Content = { name: string; content: object }[];

const systemsInWords = (systems: readonly FlowSystem[]) =>
  `${systems.length} ${systems.length === 1 ? 'system' : 'systems'} (${systems.map((system) => system.system_name).join(', ')})`;

/** The assignments in the order of the flow's systems; null while one is missing. */
function allAssignments({ flow, assignments }: ScopeFacts): [FlowSystem, AssignmentRecord][] | null {
  const found = flow.systems.flatMap((system): [FlowSystem, AssignmentRecord][] => {
    const assignment = assignments.get(system.system_id);
    return assignment ? [[system, assignment]] : [];
  });
  return found.length > 0 && found.length === flow.systems.length ? found : null;
}

function dataOwnerContent(facts: ScopeFacts): Content | null {
  const assigned = allAssignments(facts);
  return (
    assigned?.flatMap(([system, { assignment_id, policy_id, policy_version, rule, retention_period_days, minima }]) => [
      { name: `${system.system_name}: source`, content: { system_id: system.system_id, source: system.source } },
      {
        name: `${system.system_name}: policy`,
        content: { assignment_id, policy_id, policy_version, rule, retention_period_days, minima },
      },
    ]) ?? null
  );
}

function complianceContent(facts: ScopeFacts): Content | null {
  const assigned = allAssignments(facts);
  return (
    assigned?.map(([system, assignment]) => {
      const { policy_id, policy_version, retention_period_days, minima, encryption_required } = assignment;
      const { verification_level, storage_location, compliance_requirements, data_classification } = assignment;
      const method = { encryption_required, verification_level, storage_location, locked_until: 'the later of policy and minima' };
      const content = { system_id: system.system_id, policy_id, policy_version, retention_period_days, minima, ...method };
      return { name: `${system.system_name}: archival method`, content: { ...content, compliance_requirements, data_classification } };
    }) ?? null
  );
}

function verifiedArchive(job: JobRecord | null): object | null {
  const verification = job && winningVerification(job);
  const retention = job && winningRetention(job);
  if (!job?.uploaded || job.status !== 'completed' || verification?.outcome !== 'verified' || !retention) return null;
  const { attempt, location, manifest_sha256, archived_at, rows, bytes } = job.uploaded;
  const { verification_id, level, evidence_sha256 } = verification;
  const archive = { job_id: job.job_id, attempt, location, manifest_sha256, archived_at, rows, bytes };
  return { ...archive, verification_id, level, evidence_sha256, retain_until: retention.retain_until, mode: retention.mode };
}

function legalContent(facts: ScopeFacts): Content | null {
  const archives = facts.flow.systems.flatMap((system) => {
    const archive = verifiedArchive(winningJobOf(facts, system));
    return archive ? [{ name: `${system.system_name}: verified archive`, content: { system_id: system.system_id, ...archive } }] : [];
  });
  return archives.length > 0 && archives.length === facts.flow.systems.length ? archives : null;
}

const contents: Record<ApprovalRole, (facts: ScopeFacts) => Content | null> = {
  data_owner: dataOwnerContent,
  compliance: complianceContent,
  legal: legalContent,
};

const statements: Record<ApprovalRole, (systems: string) => string> = {
  data_owner: (systems) => `Migration of the data of ${systems} under the retention policies assigned to them`,
  compliance: (systems) => `Archival method of ${systems}: policies, encryption, retention lock, level of verification`,
  legal: (systems) => `Retention of the verified archives of ${systems} and destruction of their sources`,
};

/** Pure: what a role approves, as it is now; null while it is not complete. */
export function scopeOf(role: ApprovalRole, facts: ScopeFacts): ApprovalScope | null {
  const content = contents[role](facts);
  if (!content) return null;
  return {
    role,
    statement: statements[role](systemsInWords(facts.flow.systems)),
    hash: sha256Hex(canonicalJson({ flow_id: facts.flow.flow_id, role, content })),
    parts: content.map((part) => ({ name: part.name, sha256: sha256Hex(canonicalJson(part.content)) })),
  };
}

/** In words, what differs between the parts that were approved and the present ones. */
export function changedParts(before: readonly ScopePart[], now: readonly ScopePart[]): string[] {
  const present = new Map(now.map((part) => [part.name, part.sha256]));
  const gone = before.filter((part) => !present.has(part.name)).map((part) => `${part.name} is no longer part of it`);
  const moved = before
    .filter((part) => present.has(part.name) && present.get(part.name) !== part.sha256)
    .map((part) => `${part.name} changed`);
  const known = new Set(before.map((part) => part.name));
  return [...gone, ...moved, ...now.filter((part) => !known.has(part.name)).map((part) => `${part.name} was added`)];
}
