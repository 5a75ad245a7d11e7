import { randomUUID } from 'node:crypto';
import { archiveJobId, type Blocker, type EventData, type EventType } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';
import { scopeOf } from '../evidence/approval-scopes.js';
import { foldEvidence } from '../evidence/evidence-fold.js';
import type { FlowFacts } from '../evidence/flow-facts.js';
import { foldSystems } from '../evidence/present-systems.js';
import { readiness } from '../evidence/readiness.js';
import { winningVerification } from '../records/job-record.js';
import { assignmentOf, failedOf, retentionOf, uploadedOf, verifiedOf } from './archived-flow.js';

export const tenant = { client_account_id: randomUUID(), engagement_id: randomUUID() };
export const flow_id = randomUUID();
export const systems = ['Billing', 'CRM'].map((system_name) => ({
  ...{ system_id: randomUUID(), system_name, data_classification: ['PII'], compliance_requirements: ['SOX'] },
  source: { kind: 'postgresql' as const, host: 'db', port: 5432, database: system_name, user: 'reader', secret_ref: 'reader' },
}));
const sources: Record<string, LoggedEvent['source']> = {
  decommission_flow: 'gateway',
  approval: 'gateway',
  artifact: 'gateway',
  policy_assignment: 'policy-service',
  legal_hold: 'policy-service',
  system: 'archive-service',
  archive_job: 'archive-service',
  archive_alert: 'archive-service',
  verification: 'integrity-service',
};

/** Events in the order in which they are told, numbered by stream. */
export class Story {
  readonly events: LoggedEvent[] = [];

  tell<T extends EventType>(aggregate: string, aggregate_id: string, type: T, data: EventData<T>): this {
    const stream_id = `${aggregate}:${aggregate_id}`;
    const version = this.events.filter((event) => event.stream_id === stream_id).length + 1;
    const log_seq = this.events.length + 1;
    this.events.push({
      ...{ source: sources[aggregate]!, epoch: randomUUID(), position: log_seq, prev_hash: '', hash: `${log_seq}`.padStart(64, '0') },
      ...{ event_id: randomUUID(), stream_id, version, aggregate, aggregate_id, type, schema_version: 1, data: { ...data } },
      ...{ ...tenant, flow_id, actor: 'olga', causation_id: null, correlation_id: null, traceparent: null },
      ...{ occurred_at: new Date(Date.UTC(2026, 10, 22, 12, 0, log_seq)).toISOString(), log_seq },
    } as LoggedEvent);
    return this;
  }
}

export const jobIdOf = (index: number): string => archiveJobId(flow_id, systems[index]!.system_id);

export const assignmentAt = (index: number) => assignmentOf(flow_id, systems[index]!);

function begin(story: Story): void {
  const strategy = { priority: 'compliance', execution_mode: 'phased', rollback_enabled: true } as const;
  story.tell('decommission_flow', flow_id, 'FlowInitialized', { flow_id, flow_name: 'Retire', strategy, systems });
  const moved = { flow_id, from_phase: 'decommission_planning', to_phase: 'data_migration' } as const;
  story.tell('decommission_flow', flow_id, 'PhaseTransitioned', moved);
  for (const system of systems) {
    const assignment = assignmentOf(flow_id, system);
    story.tell('policy_assignment', assignment.assignment_id, 'PolicyAssigned', assignment);
  }
}

export async function archive(story: Story, index: number, keysDir: string, attempt = 1): Promise<void> {
  const { system_id, system_name, source } = systems[index]!;
  const of = { tenant, flow_id, system_id, attempt };
  const job_id = jobIdOf(index);
  const ids = { job_id, flow_id, attempt };
  const { policy_id, policy_version, retention_period_days, minima, verification_level, storage_location } = assignmentOf(
    flow_id,
    systems[index]!,
  );
  const order = { system_id, system_name, source, policy_id, policy_version, retention_period_days, minima, verification_level };
  if (attempt === 1) story.tell('archive_job', job_id, 'ArchiveJobQueued', { ...ids, ...order, destination: storage_location });
  const uploaded = uploadedOf(of);
  const verified = await verifiedOf(keysDir, of);
  story
    .tell('archive_job', job_id, 'ArchiveJobStarted', { ...ids, worker_id: 'worker-1' })
    .tell('archive_job', job_id, 'ArchiveUploaded', uploaded)
    .tell('verification', verified.verification_id, 'IntegrityVerified', verified)
    .tell('verification', verified.verification_id, 'RetentionVerified', retentionOf(of))
    .tell('archive_job', job_id, 'ArchiveJobCompleted', {
      ...{ ...ids, location: uploaded.location, checksum: uploaded.manifest_sha256, retain_until: uploaded.retain_until },
    });
}

/** A flow of two systems, both archived and proven, without approvals. */
export async function archivedStory(keysDir: string): Promise<Story> {
  const story = new Story();
  begin(story);
  await archive(story, 0, keysDir);
  await archive(story, 1, keysDir);
  return story;
}

function presentOf(story: Story) {
  const { systems: described, acts } = foldSystems(story.events.filter(({ aggregate }) => aggregate === 'system'));
  return { systems: described, acts: [...foldEvidence(flow_id, story.events).acts, ...acts] };
}

export function factsOf(story: Story): FlowFacts {
  const { flow, assignments, jobs, approvals, artifacts, flowAlerts } = foldEvidence(flow_id, story.events);
  const valid = { valid: true, level: 'restored', keys: { tenant: true, escrow: true } } as const;
  const proven = jobs.flatMap((job) => winningVerification(job)?.verification_id ?? []);
  const attestations = new Map(proven.map((id) => [id, valid]));
  return {
    flow: flow!,
    ...presentOf(story),
    assignments,
    jobs,
    approvals,
    artifacts,
    requirements: [],
    policies: new Map(),
    holds: [],
    flowAlerts,
    attestations,
    forks: [],
    parked: [],
    alerts: [],
  };
}

/** Every role grants what its scope is at this point of the story. */
export function approveAll(story: Story): Story {
  for (const role of ['data_owner', 'compliance', 'legal'] as const) {
    const scope = scopeOf(role, factsOf(story))!;
    const ids = { approval_id: randomUUID(), flow_id, role };
    const { hash: evidence_hash, parts, statement } = scope;
    const signature = { name: role, signed_at: '2026-11-22T13:00:00.000Z', meaning: 'I approve', evidence_hash };
    story.tell('approval', ids.approval_id, 'ApprovalRequested', { ...ids, scope: statement, evidence_hash, parts, requested_by: 'olga' });
    story.tell('approval', ids.approval_id, 'ApprovalGranted', { ...ids, evidence_hash, decided_by: role, comment: null, signature });
  }
  return story;
}

export const failedStoryOf = (index: number) => failedOf({ tenant, flow_id, system_id: systems[index]!.system_id });
export const codesOf = (facts: FlowFacts): string[] => readiness(facts).map((blocker: Blocker) => blocker.code);
