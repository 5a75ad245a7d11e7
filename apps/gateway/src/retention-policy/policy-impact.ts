import {
  approvalRoles,
  type ApprovalImpact,
  type AssignmentImpact,
  type PolicyAction,
  type PolicyAssigned,
  type PolicyChangePreview,
  type PolicyChanges,
  type PolicyImpactAnswer,
  type PreviewedSystem,
} from '@lastcopy/contracts';
import { deterministicId, type CommandContext } from '@lastcopy/eventing';
import { changedParts, scopeOf } from '../evidence/approval-scopes.js';
import type { FlowFacts } from '../evidence/flow-facts.js';
import { winningJobOf } from '../evidence/gate-check.js';
import type { Gateway } from '../gateway.js';
import type { AssignmentRecord } from '../records/assignment-record.js';
import type { PolicyRecord } from '../records/policy-record.js';
import { assignmentView } from '../views/inventory-view.js';

export interface WeighedChange {
  readonly action: PolicyAction;
  readonly changes?: PolicyChanges | null;
}

/** Asks the policy-service, which decides the assignments, page by page. */
async function previewOf(gateway: Gateway, context: CommandContext, policyId: string, change: WeighedChange): Promise<PolicyChangePreview> {
  const { tenant, actor, command_id } = context;
  const systems: PreviewedSystem[] = [];
  for (;;) {
    const options = { tenant, actor, command_id: deterministicId('preview', command_id, systems.length) };
    const data = { policy_id: policyId, offset: systems.length, action: change.action, changes: change.changes ?? null };
    const { answer } = await gateway.deps.commands.send<PolicyChangePreview, 'policy-service'>(
      'policy-service',
      'PreviewPolicyChange',
      data,
      options,
    );
    systems.push(...answer!.systems);
    if (answer!.systems.length === 0 || systems.length >= answer!.total) return { ...answer!, systems };
  }
}

/** The gate asks for another archive where the one there is was ordered under another policy or version. */
function jobToRedo(facts: FlowFacts, systemId: string, after: PolicyAssigned) {
  const system = facts.flow.systems.find((candidate) => candidate.system_id === systemId);
  const job = system ? winningJobOf(facts, system) : null;
  const differs = job?.queued && (job.queued.policy_id !== after.policy_id || job.queued.policy_version !== after.policy_version);
  return differs ? { archive_again_job_id: job.job_id, job_status: job.status } : {};
}

const inWords = ({ policy_name, policy_version }: PolicyAssigned): string => `${policy_name}, version ${policy_version}`;

/** As the record would be once the policy-service has said so. */
function recordAfter(before: AssignmentRecord | undefined, after: PolicyAssigned, now: Date): AssignmentRecord {
  return { ...before, ...after, version: (before?.version ?? 0) + 1, assigned_at: now.toISOString(), resolution: after.resolution ?? null };
}

function impactOn(facts: FlowFacts, previewed: PreviewedSystem, now: Date): AssignmentImpact {
  const { flow_id, flow_name } = facts.flow;
  const { system_id, system_name, outcome, after } = previewed;
  const before = facts.assignments.get(system_id);
  const then = outcome === 'unchanged' ? before : after && recordAfter(before, after, now);
  const until = (assignment: AssignmentRecord | null | undefined) =>
    assignment ? assignmentView(assignment, now).retain_until_if_archived_now : null;
  return {
    ...{ flow_id, flow_name, system_id, system_name, outcome },
    ...{ policy_before: before ? inWords(before) : null, policy_after: then ? inWords(then) : null },
    ...{ retain_until_before: until(before), retain_until_after: until(then) },
    ...(outcome === 'reassigned' && after ? jobToRedo(facts, system_id, after) : {}),
  };
}

/** Approvals are bound to the hash of their scope: those whose scope would have another hash are voided. */
function voidedBy(facts: FlowFacts, previewed: readonly PreviewedSystem[], at: Date): ApprovalImpact[] {
  const assignments = new Map(facts.assignments);
  for (const { system_id, after } of previewed) {
    if (after) assignments.set(system_id, recordAfter(assignments.get(system_id), after, at));
  }
  const then = { ...facts, assignments };
  return approvalRoles.flatMap((role) => {
    const now = scopeOf(role, facts);
    const later = scopeOf(role, then);
    if (!now || now.hash === later?.hash) return [];
    const standing = facts.approvals.filter(({ status, role: of }) => of === role && (status === 'requested' || status === 'granted'));
    const changed = changedParts(now.parts, later?.parts ?? []);
    return standing.map(({ approval_id, flow_id, status }) => ({ approval_id, flow_id, role, status, changed }));
  });
}

function notesOf(answer: Omit<PolicyImpactAnswer, 'notes'>): string[] {
  const { action, systems, voided_approvals, refused_because, changed } = answer;
  if (refused_because) return [`As things stand the change would be refused: ${refused_because}`];
  if (action === 'start_review')
    return ['Assignments that rest on the policy stay; no system is given it until the review ends or a revision is made.'];
  if (action === 'retire')
    return ['No open flow uses the policy. It is never chosen or named again; archives made under it keep their retention.'];
  if (changed.length === 0) return ['Nothing would differ: no version would be made.'];
  const count = (outcome: AssignmentImpact['outcome']) => systems.filter((system) => system.outcome === outcome).length;
  const again = systems.filter(({ archive_again_job_id }) => archive_again_job_id).length;
  return [
    `${count('reassigned')} systems of open flows would be assigned anew, ${count('unchanged')} would stay as they are.`,
    ...(count('unassigned') > 0
      ? [`For ${count('unassigned')} systems no policy would be found: they keep what they have, with an alert.`]
      : []),
    ...(again > 0
      ? [
          `${again} archives were, or are being, made under the old version and would have to be made again; locked ones stay where they are until their date.`,
        ]
      : []),
    ...(voided_approvals.length > 0 ? [`${voided_approvals.length} approvals would be voided and asked for again.`] : []),
  ];
}

/**
 * What a change of a policy would do, before it is made: computed from the flows' evidence and from what the policy-service would decide.
 * Throws NOT_FOUND, SERVICE_UNAVAILABLE.
 */
export async function policyImpact(
  gateway: Gateway,
  context: CommandContext,
  policy: PolicyRecord,
  change: WeighedChange,
): Promise<PolicyImpactAnswer> {
  const preview = await previewOf(gateway, context, policy.policy_id, change);
  const now = gateway.deps.clock.now();
  const systems: AssignmentImpact[] = [];
  const voided_approvals: ApprovalImpact[] = [];
  for (const [flowId, ofFlow] of Map.groupBy(preview.systems, ({ flow_id }) => flow_id)) {
    const reading = await gateway.reader.read(context.tenant, flowId);
    if (!reading) continue;
    systems.push(...ofFlow.map((previewed) => impactOn(reading.facts, previewed, now)));
    voided_approvals.push(...voidedBy(reading.facts, ofFlow, now));
  }
  const { policy_id, policy_name, revision } = policy;
  const refusal = { refused_code: preview.refusal?.code ?? null, refused_because: preview.refusal?.message ?? null };
  const answer = {
    policy_id,
    policy_name,
    action: change.action,
    revision,
    changed: preview.changed,
    ...refusal,
    systems,
    voided_approvals,
  };
  return { ...answer, notes: notesOf(answer) };
}
