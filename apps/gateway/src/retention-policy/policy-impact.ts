import type {
  ApprovalImpact,
  AssignmentImpact,
  PolicyAction,
  PolicyChangePreview,
  PolicyChanges,
  PolicyImpactAnswer,
  PreviewedSystem,
} from '@lastcopy/contracts';
import { deterministicId, type CommandContext } from '@lastcopy/eventing';
import { assignedPolicies } from '../evidence/assigned-policies.js';
import type { FlowFacts } from '../evidence/flow-facts.js';
import type { Gateway } from '../gateway.js';
import type { PolicyRecord } from '../records/policy-record.js';
import { factsAfter, systemImpact, voidedApprovals, withVersion } from './flow-impact.js';

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

/** The policies that would be assigned, with the version that the change makes among them. */
async function policiesAfter(
  gateway: Gateway,
  { tenant, actor }: CommandContext,
  { policy, systems, changed }: PolicyChangePreview,
  now: Date,
): Promise<FlowFacts['policies']> {
  const { store } = gateway.deps.eventing;
  const ids = [policy.policy_id, ...systems.flatMap(({ after }) => after?.policy_id ?? [])];
  const { policies } = await assignedPolicies(store.within(tenant), store, tenant, ids);
  return withVersion(policies, { policy, changed, reason: null, made_by: actor.user_id, made_at: now.toISOString() });
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
          `${again} archives were, or are being, made under terms that would no longer hold and would have to be made again; locked ones stay where they are until their date.`,
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
  const policies = await policiesAfter(gateway, context, preview, now);
  const systems: AssignmentImpact[] = [];
  const voided_approvals: ApprovalImpact[] = [];
  for (const [flowId, ofFlow] of Map.groupBy(preview.systems, ({ flow_id }) => flow_id)) {
    const reading = await gateway.reader.read(context.tenant, flowId);
    if (!reading) continue;
    const then = factsAfter(reading.facts, ofFlow, policies, now);
    systems.push(...ofFlow.map((previewed) => systemImpact(reading.facts, then, previewed, now)));
    voided_approvals.push(...voidedApprovals(reading.facts, then));
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
