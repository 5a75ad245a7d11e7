import type { ApprovalImpact, AssignmentImpact, PolicyAssigned, PreviewedSystem } from '@lastcopy/contracts';
import { approvalPlan } from '../approval/approval-plan.js';
import type { FlowFacts } from '../evidence/flow-facts.js';
import { winningJobOf } from '../evidence/gate-check.js';
import { changedSinceOrder } from '../evidence/policy-terms-held.js';
import type { AssignmentRecord } from '../records/assignment-record.js';
import type { PolicyVersionRecord } from '../records/policy-record.js';
import { assignmentView } from '../views/inventory-view.js';

type Policies = FlowFacts['policies'];

/** Pure: the policies once the version is made; the same where it is there already. */
export function withVersion(policies: Policies, made: PolicyVersionRecord): Policies {
  const policy = policies.get(made.policy.policy_id);
  if (!policy || policy.versions.some(({ policy: { version } }) => version === made.policy.version)) return policies;
  return new Map([...policies, [policy.policy_id, { ...policy, ...made.policy, versions: [...policy.versions, made] }]]);
}

/** As the record would be once the policy-service has said so. */
const recordAfter = (before: AssignmentRecord | undefined, after: PolicyAssigned, now: Date): AssignmentRecord => ({
  ...after,
  version: (before?.version ?? 0) + 1,
  assigned_at: now.toISOString(),
  resolution: after.resolution ?? null,
});

/** Pure: what the gate would judge once the systems of the flow were assigned as previewed, under the policies as they would be. */
export function factsAfter(facts: FlowFacts, previewed: readonly PreviewedSystem[], policies: Policies, now: Date): FlowFacts {
  const assignments = new Map(facts.assignments);
  for (const { system_id, after } of previewed) {
    if (after) assignments.set(system_id, recordAfter(assignments.get(system_id), after, now));
  }
  return { ...facts, assignments, policies: new Map([...facts.policies, ...policies]) };
}

/** The archive that the gate would ask for again. */
function jobToRedo(then: FlowFacts, systemId: string): Pick<AssignmentImpact, 'archive_again_job_id' | 'job_status'> {
  const system = then.flow.systems.find(({ system_id }) => system_id === systemId);
  const assignment = then.assignments.get(systemId);
  const job = system && winningJobOf(then, system);
  if (!job?.queued || !assignment || changedSinceOrder(then, assignment, job.queued) === null) return {};
  return { archive_again_job_id: job.job_id, job_status: job.status };
}

const inWords = ({ policy_name, policy_version }: PolicyAssigned): string => `${policy_name}, version ${policy_version}`;

/** Pure: what becomes of one system of the flow. */
export function systemImpact(facts: FlowFacts, then: FlowFacts, previewed: PreviewedSystem, now: Date): AssignmentImpact {
  const { flow_id, flow_name } = facts.flow;
  const { system_id, system_name, outcome } = previewed;
  const before = facts.assignments.get(system_id);
  const after = outcome === 'unassigned' ? undefined : then.assignments.get(system_id);
  const until = (assignment?: AssignmentRecord) => (assignment ? assignmentView(assignment, now).retain_until_if_archived_now : null);
  return {
    ...{ flow_id, flow_name, system_id, system_name, outcome },
    ...{ policy_before: before ? inWords(before) : null, policy_after: after ? inWords(after) : null },
    ...{ retain_until_before: until(before), retain_until_after: until(after) },
    ...(outcome === 'reassigned' ? jobToRedo(then, system_id) : {}),
  };
}

const voidedIn = (facts: FlowFacts) => approvalPlan(facts).flatMap((step) => (step.type === 'void' ? [step] : []));

/** Pure: the approvals that would be voided by what differs, for the reasons that would then be given. */
export function voidedApprovals(facts: FlowFacts, then: FlowFacts): ApprovalImpact[] {
  const anyway = new Set(voidedIn(facts).map(({ approval }) => approval.approval_id));
  return voidedIn(then)
    .filter(({ approval }) => !anyway.has(approval.approval_id))
    .map(({ approval: { approval_id, flow_id, role, status }, changed }) => ({ approval_id, flow_id, role, status, changed }));
}
