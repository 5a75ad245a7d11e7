import type { EventData, EvidenceRequirement, ServiceName } from '@lastcopy/contracts';
import type { AlertRecord } from '../records/alert-record.js';
import type { ApprovalRecord } from '../records/approval-record.js';
import type { ArtifactRecord } from '../records/artifact-record.js';
import type { AssignmentRecord } from '../records/assignment-record.js';
import type { FlowRecord } from '../records/flow-record.js';
import type { JobRecord } from '../records/job-record.js';
import type { SystemRecord } from '../records/system-record.js';
import type { PolicyRecord } from '../records/policy-record.js';
import type { LegalHoldRecord } from '../records/legal-hold-record.js';
import type { FlowAct } from '../approval/domain/eligibility.js';

/** What the signature of an attestation says once it was checked. */
export type AttestationVerdict =
  { valid: true; level: string; keys: { tenant: boolean; escrow: boolean } } | { valid: false; reason: string };

export interface StreamHead {
  source: ServiceName;
  version: number;
  hash: string;
}

/** What is known of the logs themselves, beside what the events say. */
export interface LogFaults {
  /** Services whose log contradicts what was received from it before. */
  forks: { source: string; reason: string }[];
  /** Streams of the flow that a subscription could not digest. */
  parked: { stream_id: string; subscription: string; code: string }[];
  /** Alerts of class integrity that name no flow: they concern every flow. */
  alerts: AlertRecord[];
}

/** Everything that the gate judges. Nothing else counts, and what is absent is unknown. */
export interface FlowFacts extends LogFaults {
  flow: FlowRecord;
  /** The flow's systems as they are described now, by system_id. */
  systems: ReadonlyMap<string, SystemRecord>;
  /** Who did in this flow what the same person does not approve. */
  acts: readonly FlowAct[];
  assignments: ReadonlyMap<string, AssignmentRecord>;
  jobs: readonly JobRecord[];
  approvals: readonly ApprovalRecord[];
  /** The flow's documents, withdrawn ones included; `current` is what counts of each. */
  artifacts: readonly ArtifactRecord[];
  /** Which documents the flow needs, of every kind. */
  requirements: readonly EvidenceRequirement[];
  /** The policies that the assignments name, as they are now; by policy_id. */
  policies: ReadonlyMap<string, PolicyRecord>;
  /** Legal holds that stand on the flow's systems or their archives. */
  holds: readonly LegalHoldRecord[];
  flowAlerts: readonly AlertRecord[];
  /** By verification_id. */
  attestations: ReadonlyMap<string, AttestationVerdict>;
}

export interface FlowEvidence {
  flow: FlowRecord | null;
  acts: FlowAct[];
  assignments: Map<string, AssignmentRecord>;
  jobs: JobRecord[];
  approvals: ApprovalRecord[];
  artifacts: ArtifactRecord[];
  flowAlerts: AlertRecord[];
  /** The last event of every stream of the flow. */
  heads: ReadonlyMap<string, StreamHead>;
  /** The seals of each service by gate. */
  seals: ReadonlyMap<string, EventData<'FlowSealed'>>;
}
