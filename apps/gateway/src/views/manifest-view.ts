import type { ArchiveManifestAnswer, ManifestArchive, PolicyAssigned, Tenant } from '@lastcopy/contracts';
import type { AssignmentRecord } from '../records/assignment-record.js';
import type { FlowRecord } from '../records/flow-record.js';
import { winningRetention, type JobRecord } from '../records/job-record.js';
import { flowStatus } from './flow-view.js';
import type { KnownHolds } from './job-holds.js';
import { provenJobView } from './job-view.js';

function archiveOf(job: JobRecord, tenant: Tenant, holds: KnownHolds, now: Date): ManifestArchive[] {
  const view = provenJobView(job, tenant, holds, null, now);
  if (!view) return [];
  const manifest = job.uploaded?.manifest;
  return [
    {
      ...view,
      manifest_key: manifest ? `s3://${manifest.bucket}/${manifest.key}` : null,
      manifest_version_id: manifest?.version_id ?? null,
      rows: job.uploaded?.rows ?? null,
      stored_bytes: job.uploaded?.stored_bytes ?? null,
      lock_mode: winningRetention(job)?.mode ?? null,
    },
  ];
}

function policyOf(assignment: AssignmentRecord): PolicyAssigned {
  const assigned: PolicyAssigned & { assigned_at?: string } = { ...assignment };
  delete assigned.assigned_at;
  return assigned;
}

/** Where every archive of the flow lies, what proves it, and until when it is kept. */
export function manifestView(
  flow: FlowRecord,
  assignments: readonly AssignmentRecord[],
  jobs: readonly JobRecord[],
  holds: KnownHolds,
  tenant: Tenant,
  now: Date,
): ArchiveManifestAnswer {
  const archives = jobs.flatMap((job) => archiveOf(job, tenant, holds, now));
  const total = archives.reduce((sum, archive) => sum + (archive.manifest_key ? (archive.data_size_gb ?? 0) : 0), 0);
  return {
    format: 'lastcopy-flow-manifest/1',
    flow_id: flow.flow_id,
    flow_name: flow.flow_name,
    ...tenant,
    status: flowStatus(flow),
    generated_at: now.toISOString(),
    systems: flow.systems,
    policies: assignments.map((assignment) => policyOf(assignment)),
    archives,
    total_data_archived_gb: Math.round(total * 1e6) / 1e6,
    evidence_root: flow.transition?.evidence_root ?? null,
  };
}
