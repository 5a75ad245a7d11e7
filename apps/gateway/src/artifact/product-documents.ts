import type { ArtifactKind } from '@lastcopy/contracts';
import { canonicalJson, sha256Hex } from '@lastcopy/eventing';
import type { FlowFacts } from '../evidence/flow-facts.js';
import { archivedSystems } from '../evidence/gate-check.js';
import { winningRetention } from '../records/job-record.js';

type DocumentFacts = Pick<FlowFacts, 'flow' | 'jobs' | 'approvals'>;

export interface ProductDocument {
  filename: string;
  /** Of the facts that it states, whatever the time at which they were proven last. */
  basis_sha256: string;
  content: object;
}

const documentOf = (filename: string, basis: object, content: object): ProductDocument => ({
  filename,
  basis_sha256: sha256Hex(canonicalJson(basis)),
  content,
});

/** Every archive with its proof; null while one is not verified at the level of its policy and under retention. */
function verificationReport(facts: DocumentFacts): ProductDocument | null {
  const { flow } = facts;
  const archives = archivedSystems(facts).flatMap(({ system, job, verification }) => {
    const retention = winningRetention(job);
    if (verification?.outcome !== 'verified' || !retention || !job.uploaded) return [];
    const { attempt, location, manifest, manifest_sha256, archived_at, rows, bytes, parts } = job.uploaded;
    const archive = { attempt, location, manifest, manifest_sha256, archived_at, rows, bytes, parts };
    const kept = { mode: retention.mode, retain_until: retention.retain_until, versions: retention.versions };
    const ids = { system_id: system.system_id, system_name: system.system_name, job_id: job.job_id };
    const { verification_id, level, checks, evidence_sha256, attestation, at } = verification;
    return [
      {
        basis: { ...ids, archive, level, mode: kept.mode, retain_until: kept.retain_until },
        stated: {
          ...ids,
          archive,
          retention: kept,
          verification: { verification_id, level, verified_at: at, checks, evidence_sha256, attestation },
        },
      },
    ];
  });
  if (archives.length === 0 || archives.length !== flow.systems.length) return null;
  const head = { document: 'archive_verification_report', format: 1, flow_id: flow.flow_id };
  const content = { ...head, flow_name: flow.flow_name, archives: archives.map(({ stated }) => stated) };
  return documentOf(`archive-verification-report-${flow.flow_id}.json`, { ...head, archives: archives.map(({ basis }) => basis) }, content);
}

/** What the transition rested on; null before it. */
function completionCertificate(facts: DocumentFacts): ProductDocument | null {
  const { flow_id, flow_name, systems, transition } = facts.flow;
  if (!transition) return null;
  const approvals = facts.approvals
    .filter(({ status }) => status === 'granted')
    .map(({ approval_id, role, decided_by, decided_at, evidence_hash, signature }) => {
      return { approval_id, role, decided_by, decided_at, evidence_hash, signature };
    });
  const archives = archivedSystems(facts).map(({ system, job }) => ({
    ...{ system_id: system.system_id, system_name: system.system_name, job_id: job.job_id, location: job.uploaded?.location ?? null },
    ...{ manifest_sha256: job.uploaded?.manifest_sha256 ?? null, retain_until: winningRetention(job)?.retain_until ?? null },
  }));
  const content = {
    ...{ document: 'migration_completion_certificate', format: 1, flow_id, flow_name },
    ...{ from_phase: 'data_migration', to_phase: 'system_shutdown', transitioned_at: transition.at, gate_no: transition.gate_no },
    ...{ evidence_root: transition.evidence_root, summary: transition.summary },
    ...{ systems: systems.map(({ system_id, system_name }) => ({ system_id, system_name })), archives, approvals },
  };
  return documentOf(`migration-completion-certificate-${flow_id}.json`, { flow_id, evidence_root: transition.evidence_root }, content);
}

/** Pure: a document that the product makes, as the facts are; null while they do not give it, and for kinds that people attach. */
export function productDocument(kind: ArtifactKind, facts: DocumentFacts): ProductDocument | null {
  if (kind === 'archive_verification_report') return verificationReport(facts);
  return kind === 'migration_completion_certificate' ? completionCertificate(facts) : null;
}
