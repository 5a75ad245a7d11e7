import type { Blocker } from '@lastcopy/contracts';
import type { FlowFacts } from './flow-facts.js';
import type { GateCheck } from './gate-check.js';
import { approvalsGranted } from './gates/approvals-granted.js';
import { artifactsPresent } from './gates/artifacts-present.js';
import { archivesVerified } from './gates/archives-verified.js';
import { assignmentsCurrent } from './gates/assignments-current.js';
import { attestationsSigned } from './gates/attestations-signed.js';
import { conflictsResolved } from './gates/conflicts-resolved.js';
import { flowOpen } from './gates/flow-open.js';
import { jobsCompleted } from './gates/jobs-completed.js';
import { keysProven } from './gates/keys-proven.js';
import { logsIntact } from './gates/logs-intact.js';
import { noOpenAlert } from './gates/no-open-alert.js';
import { archivesHeld, noSystemHeld } from './gates/no-system-held.js';
import { policiesAssigned } from './gates/policies-assigned.js';
import { retentionInForce } from './gates/retention-in-force.js';
import { sourceUnchanged } from './gates/source-unchanged.js';
import { systemsPresent } from './gates/systems-present.js';

/** All that the gate asks, in the order in which a person would mend it. */
export const gateChecks: readonly GateCheck[] = [
  flowOpen,
  systemsPresent,
  policiesAssigned,
  assignmentsCurrent,
  conflictsResolved,
  jobsCompleted,
  sourceUnchanged,
  archivesVerified,
  attestationsSigned,
  keysProven,
  retentionInForce,
  artifactsPresent,
  approvalsGranted,
  noSystemHeld,
  noOpenAlert,
  logsIntact,
];

/** Pure: why the flow may not go on to system shutdown. Empty means that it may. */
export const readiness = (facts: FlowFacts): Blocker[] => gateChecks.flatMap((check) => check(facts));

/** Pure: what whoever decides should know, and what blocks nothing. */
export const notices = (facts: FlowFacts): Blocker[] => archivesHeld(facts);

/** What must still hold after the gate, until the source is destroyed. That the flow has gone on and who approved it is settled then. */
const lastingChecks: readonly GateCheck[] = [
  systemsPresent,
  jobsCompleted,
  sourceUnchanged,
  archivesVerified,
  attestationsSigned,
  keysProven,
  retentionInForce,
  noSystemHeld,
  noOpenAlert,
  logsIntact,
];

/** Pure: which evidence no longer holds. Empty means that all that the gate was passed on is as it was. */
export const evidenceTurnedBad = (facts: FlowFacts): Blocker[] => lastingChecks.flatMap((check) => check(facts));
