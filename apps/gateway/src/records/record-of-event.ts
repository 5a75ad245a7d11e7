import type { EventType } from '@lastcopy/contracts';

/** The kinds of record, a job's in the two parts that two services tell of it. */
export type RecordKind =
  | 'flow'
  | 'approval'
  | 'artifact'
  | 'flow_input'
  | 'system'
  | 'policy'
  | 'assignment'
  | 'archive'
  | 'verification'
  | 'hold'
  | 'archive_hold'
  | 'alert'
  | 'classification';

/**
 * Which record each event is told of. A new type of event does not compile until it is named here and until the fold of its record has a
 * case for it: what would be ignored silently could be the reason not to shut a source down. Null is for those that no record holds.
 */
const kinds = {
  FlowInitialized: 'flow',
  PhaseStatusReported: 'flow',
  FlowPaused: 'flow',
  FlowResumed: 'flow',
  FlowCancelled: 'flow',
  TransitionProposed: 'flow',
  TransitionAbandoned: 'flow',
  PhaseTransitioned: 'flow',
  ShutdownObjectionRaised: 'flow',
  ApprovalRequested: 'approval',
  ApprovalGranted: 'approval',
  ApprovalRejected: 'approval',
  ApprovalVoided: 'approval',
  ApprovalDelegated: 'approval',
  ApprovalDelegationRevoked: 'approval',
  ApprovalReminded: 'approval',
  ApprovalEscalated: 'approval',
  ApprovalExpired: 'approval',
  ApprovalRescheduled: 'approval',
  ApprovalCommented: 'approval',
  ArtifactAttached: 'artifact',
  ArtifactReplaced: 'artifact',
  ArtifactWithdrawn: 'artifact',
  ArtifactLocked: 'artifact',
  EvidenceRequirementsSet: 'flow',
  FlowInputSubmitted: 'flow_input',
  RetentionPolicyDefined: 'policy',
  RetentionPolicyRevised: 'policy',
  RetentionPolicyRetired: 'policy',
  RetentionPolicyReviewStarted: 'policy',
  RetentionPolicyReviewEnded: 'policy',
  PolicyAssigned: 'assignment',
  RetentionConflictResolved: 'assignment',
  SystemRegistered: 'system',
  SystemRevised: 'system',
  ClassificationRequested: 'classification',
  ClassificationSuggested: 'classification',
  ClassificationFailed: 'classification',
  ClassificationAccepted: 'classification',
  ClassificationDismissed: 'classification',
  SystemConnectionTested: 'system',
  ArchiveJobQueued: 'archive',
  ArchiveJobStarted: 'archive',
  ArchiveUploaded: 'archive',
  ArchiveLocking: 'archive',
  ArchiveLocked: 'archive',
  ArchiveJobCompleted: 'archive',
  ArchiveJobFailed: 'archive',
  ArchiveRetryScheduled: 'archive',
  ArchiveJobPaused: 'archive',
  ArchiveJobResumed: 'archive',
  ArchiveJobCancelled: 'archive',
  VerificationRequested: 'verification',
  IntegrityVerified: 'verification',
  IntegrityFailed: 'verification',
  RetentionVerified: 'verification',
  LegalHoldPlaced: 'hold',
  LegalHoldReleased: 'hold',
  ArchiveHoldSet: 'archive_hold',
  // Verification of the logs reads anchors from the log itself.
  LogAnchored: null,
  // The gate compares seals with the log itself.
  FlowSealed: null,
  FlowUnsealed: null,
  AlertRaised: 'alert',
} as const satisfies Record<EventType, RecordKind | null>;

/** The types of event that a record is told of. */
export type TypeOf<K extends RecordKind> = { [T in EventType]: (typeof kinds)[T] extends K ? T : never }[EventType];

export const typesOf = <K extends RecordKind>(kind: K): TypeOf<K>[] =>
  (Object.keys(kinds) as EventType[]).filter((type): type is TypeOf<K> => kinds[type] === kind);

/** An event's type, as the fold of `kind` must exhaust it; null for an event of another record. */
export const typeIn = <K extends RecordKind>(kind: K, type: string): TypeOf<K> | null =>
  Object.hasOwn(kinds, type) && kinds[type as EventType] === kind ? (type as TypeOf<K>) : null;
