import type { ApprovalRequested, ApprovalRole } from '@lastcopy/contracts';
import { readsLikeService, samePerson } from './same-person.js';

/** What somebody did in a flow that is not to be approved by the same person. */
export interface FlowAct {
  user_id: string;
  act:
    | 'wrote_policy'
    | 'named_policy'
    | 'overrode_assignment'
    | 'resolved_conflict'
    | 'described_source'
    | 'classified_data'
    | 'started_migration';
  /** The name of the system, or of the policy. */
  subject: string;
}

/** A person who would decide, and what people did in the flow. */
export interface Approver {
  readonly user_id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly service_account: boolean;
  /** The roles in which this person has decided or delegated in this flow, whatever became of it. */
  readonly roles_filled: readonly ApprovalRole[];
  /** Of everybody: what a delegate may decide depends on what the person did who delegated it. */
  readonly acts: readonly FlowAct[];
}

export interface Delegation {
  readonly to_user_id: string;
  readonly to_name: string;
  readonly by: string;
  readonly by_name: string;
}

export interface OpenRequest {
  readonly request: Pick<ApprovalRequested, 'role' | 'requested_by'>;
  readonly delegation: Delegation | null;
  readonly flow_initiator: string;
}

/** Nobody approves what they decided themselves: a decision bars from every role that judges what it led to. */
const judgedBy: Record<FlowAct['act'], { roles: readonly ApprovalRole[]; words: (subject: string) => string }> = {
  wrote_policy: { roles: ['data_owner', 'compliance'], words: (subject) => `wrote terms of the policy "${subject}" that hold here` },
  named_policy: { roles: ['data_owner', 'compliance'], words: (subject) => `named the policy of "${subject}" in its description` },
  overrode_assignment: { roles: ['data_owner', 'compliance'], words: (subject) => `chose the policy of "${subject}" against the rules` },
  resolved_conflict: { roles: ['data_owner', 'compliance'], words: (subject) => `resolved the retention conflict of "${subject}"` },
  described_source: { roles: ['data_owner'], words: (subject) => `entered the present source of "${subject}"` },
  // The classification chooses the policy too.
  classified_data: { roles: ['data_owner', 'compliance'], words: (subject) => `decided how the data of "${subject}" is classified` },
  started_migration: { roles: ['legal'], words: (subject) => `ordered the archive of "${subject}"` },
};

/** What this person did that this role judges, in words; null when there is nothing. It counts whenever it was done: before a signature or after. */
export function ownWork(role: ApprovalRole, userId: string, acts: readonly FlowAct[]): string | null {
  const own = acts.find(({ user_id, act }) => judgedBy[act].roles.includes(role) && samePerson(user_id, userId));
  return own ? judgedBy[own.act].words(own.subject) : null;
}

const approving = { data_owner: true, compliance: true, legal: true } satisfies Record<ApprovalRole, true>;

/** Whether one of these roles approves anything. */
export const mayApprove = (roles: readonly string[]): boolean => roles.some((role) => Object.hasOwn(approving, role));

/** The delegation by which this person may decide without holding the role; null when the role itself is held, or neither. */
export function delegationTo({ request, delegation }: Pick<OpenRequest, 'request' | 'delegation'>, person: Approver): Delegation | null {
  if (person.roles.includes(request.role) || delegation?.to_user_id !== person.user_id || !mayApprove(person.roles)) return null;
  return delegation;
}

/** What forbids it whoever gave the right: a machine, one's own request or flow, another role of the flow, one's own work. */
export function whyExcluded({ request, flow_initiator }: Omit<OpenRequest, 'delegation'>, person: Approver): string | null {
  if (person.service_account || readsLikeService(person.user_id)) return 'a machine decides nothing that a person must decide';
  if (samePerson(person.user_id, request.requested_by)) return 'who requests an approval does not decide it';
  if (samePerson(person.user_id, flow_initiator)) return 'who began the flow does not approve it';
  const other = person.roles_filled.find((role) => role !== request.role);
  if (other) return `this person acted as ${other} in this flow, and one person fills one role`;
  const own = ownWork(request.role, person.user_id, person.acts);
  return own && `this person ${own}, and nobody approves their own work`;
}

/** Why this person may not decide the request; null when nothing forbids it. */
export function whyNotApprover(open: OpenRequest, person: Approver): string | null {
  const excluded = whyExcluded(open, person);
  if (excluded) return excluded;
  const { role } = open.request;
  if (person.roles.includes(role)) return null;
  const delegation = delegationTo(open, person);
  if (!delegation) return `the role ${role} is not among this person's, and nobody delegated it to this person`;
  const own = ownWork(role, delegation.by, person.acts);
  return own && `${delegation.by_name}, in whose place it would be decided, ${own}, and nobody's own work is approved in their name`;
}
