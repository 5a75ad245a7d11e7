import type { AggregateName } from './services.js';
import * as anchor from './events/anchor.js';
import * as approval from './events/approval.js';
import * as artifact from './events/artifact.js';
import * as archive from './events/archive.js';
import * as assignment from './events/assignment.js';
import * as flow from './events/flow.js';
import * as integrity from './events/integrity.js';
import * as legalHold from './events/legal-hold.js';
import * as policy from './events/policy.js';
import * as policyChange from './events/policy-change.js';
import * as system from './events/system.js';
import * as classification from './events/classification.js';

type PayloadClass = new () => object;

export interface EventDefinition {
  readonly payload: PayloadClass;
  /** The aggregates whose streams carry it. */
  readonly aggregates: readonly AggregateName[];
  readonly schemaVersion: number;
}

const seals = ['policy_seal', 'archive_seal', 'integrity_seal'] as const;
const alerts = ['gateway_alert', 'policy_alert', 'archive_alert', 'integrity_alert'] as const;
const of = <P extends PayloadClass>(payload: P, ...aggregates: AggregateName[]) => ({ payload, aggregates, schemaVersion: 1 });

/** Every event that crosses a service boundary, by type. Names are fixed: stored events never change. */
export const eventCatalogue = {
  FlowInitialized: of(flow.FlowInitialized, 'decommission_flow'),
  PhaseStatusReported: of(flow.PhaseStatusReported, 'decommission_flow'),
  FlowPaused: of(flow.FlowPaused, 'decommission_flow'),
  FlowResumed: of(flow.FlowResumed, 'decommission_flow'),
  FlowCancelled: of(flow.FlowCancelled, 'decommission_flow'),
  TransitionProposed: of(flow.TransitionProposed, 'decommission_flow'),
  TransitionAbandoned: of(flow.TransitionAbandoned, 'decommission_flow'),
  PhaseTransitioned: of(flow.PhaseTransitioned, 'decommission_flow'),
  ShutdownObjectionRaised: of(flow.ShutdownObjectionRaised, 'decommission_flow'),
  ApprovalRequested: of(approval.ApprovalRequested, 'approval'),
  ApprovalGranted: of(approval.ApprovalGranted, 'approval'),
  ApprovalRejected: of(approval.ApprovalRejected, 'approval'),
  ApprovalVoided: of(approval.ApprovalVoided, 'approval'),
  ApprovalDelegated: of(approval.ApprovalDelegated, 'approval'),
  ApprovalDelegationRevoked: of(approval.ApprovalDelegationRevoked, 'approval'),
  ApprovalReminded: of(approval.ApprovalReminded, 'approval'),
  ApprovalEscalated: of(approval.ApprovalEscalated, 'approval'),
  ApprovalExpired: of(approval.ApprovalExpired, 'approval'),
  ApprovalRescheduled: of(approval.ApprovalRescheduled, 'approval'),
  ApprovalCommented: of(approval.ApprovalCommented, 'approval'),
  ArtifactAttached: of(artifact.ArtifactAttached, 'artifact'),
  ArtifactReplaced: of(artifact.ArtifactReplaced, 'artifact'),
  ArtifactWithdrawn: of(artifact.ArtifactWithdrawn, 'artifact'),
  ArtifactLocked: of(artifact.ArtifactLocked, 'artifact'),
  EvidenceRequirementsSet: of(artifact.EvidenceRequirementsSet, 'decommission_flow'),
  FlowInputSubmitted: of(artifact.FlowInputSubmitted, 'decommission_flow'),
  RetentionPolicyDefined: of(policy.RetentionPolicyDefined, 'retention_policy'),
  RetentionPolicyRevised: of(policyChange.RetentionPolicyRevised, 'retention_policy'),
  RetentionPolicyRetired: of(policyChange.RetentionPolicyRetired, 'retention_policy'),
  RetentionPolicyReviewStarted: of(policyChange.RetentionPolicyReviewStarted, 'retention_policy'),
  RetentionPolicyReviewEnded: of(policyChange.RetentionPolicyReviewEnded, 'retention_policy'),
  PolicyAssigned: of(policy.PolicyAssigned, 'policy_assignment'),
  RetentionConflictResolved: of(assignment.RetentionConflictResolved, 'policy_assignment'),
  SystemRegistered: of(archive.SystemRegistered, 'system'),
  SystemRevised: of(system.SystemRevised, 'system'),
  ClassificationRequested: of(classification.ClassificationRequested, 'system'),
  ClassificationSuggested: of(classification.ClassificationSuggested, 'system'),
  ClassificationFailed: of(classification.ClassificationFailed, 'system'),
  ClassificationAccepted: of(classification.ClassificationAccepted, 'system'),
  ClassificationDismissed: of(classification.ClassificationDismissed, 'system'),
  SystemConnectionTested: of(archive.SystemConnectionTested, 'system'),
  ArchiveJobQueued: of(archive.ArchiveJobQueued, 'archive_job'),
  ArchiveJobStarted: of(archive.ArchiveJobStarted, 'archive_job'),
  ArchiveUploaded: of(archive.ArchiveUploaded, 'archive_job'),
  ArchiveLocking: of(archive.ArchiveLocking, 'archive_job'),
  ArchiveLocked: of(archive.ArchiveLocked, 'archive_job'),
  ArchiveJobCompleted: of(archive.ArchiveJobCompleted, 'archive_job'),
  ArchiveJobFailed: of(archive.ArchiveJobFailed, 'archive_job'),
  ArchiveRetryScheduled: of(archive.ArchiveRetryScheduled, 'archive_job'),
  ArchiveJobPaused: of(archive.ArchiveJobPaused, 'archive_job'),
  ArchiveJobResumed: of(archive.ArchiveJobResumed, 'archive_job'),
  ArchiveJobCancelled: of(archive.ArchiveJobCancelled, 'archive_job'),
  VerificationRequested: of(integrity.VerificationRequested, 'verification'),
  IntegrityVerified: of(integrity.IntegrityVerified, 'verification'),
  IntegrityFailed: of(integrity.IntegrityFailed, 'verification'),
  RetentionVerified: of(integrity.RetentionVerified, 'verification'),
  LegalHoldPlaced: of(legalHold.LegalHoldPlaced, 'legal_hold'),
  LegalHoldReleased: of(legalHold.LegalHoldReleased, 'legal_hold'),
  ArchiveHoldSet: of(legalHold.ArchiveHoldSet, 'archive_hold'),
  LogAnchored: of(anchor.LogAnchored, 'log_anchor'),
  FlowSealed: of(flow.FlowSealed, ...seals),
  FlowUnsealed: of(flow.FlowUnsealed, ...seals),
  AlertRaised: of(integrity.AlertRaised, ...alerts),
} as const satisfies Record<string, EventDefinition>;

export type EventType = keyof typeof eventCatalogue;
export type EventData<T extends EventType> = InstanceType<(typeof eventCatalogue)[T]['payload']>;
