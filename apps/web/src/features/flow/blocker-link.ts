import type { Shape } from '../../api/client.js';

type Blocker = Shape<'Blocker'>;

/** Where a blocker is solved: the tab of the flow that its code speaks of. */
const tabOf: Record<string, string> = {
  APPROVALS_MISSING: 'approvals',
  APPROVAL_MISSING: 'approvals',
  APPROVAL_OUTDATED: 'approvals',
  APPROVAL_REJECTED: 'approvals',
  ARTIFACT_MISSING: 'artifacts',
  ARTIFACT_UNPROTECTED: 'artifacts',
  ASSIGNMENT_OUTDATED: 'policies',
  CONFLICT_UNRESOLVED: 'policies',
  POLICY_CHANGED: 'policies',
  POLICY_NOT_ASSIGNED: 'policies',
  LEGAL_HOLD: 'policies',
  ARCHIVE_HELD: 'policies',
  SOURCE_CHANGED: 'policies',
  ATTESTATION_INVALID: 'verification',
  KEYS_UNPROVEN: 'verification',
  NOT_VERIFIED: 'verification',
  RETENTION_NOT_VERIFIED: 'verification',
  INTEGRITY_ALERT: 'timeline',
  EVENTS_PARKED: 'timeline',
  EVENT_FORK: 'timeline',
};

export function blockerLink(flowId: string, { code, role }: Blocker): string {
  const flow = `/decommission/flow/${flowId}/data-migration`;
  const tab = tabOf[code] ?? (role ? 'approvals' : 'jobs');
  return `${flow}?tab=${tab}`;
}
