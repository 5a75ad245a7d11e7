import { assertNever, DomainError } from '@lastcopy/kernel';
import type { ApprovalRequested } from '@lastcopy/contracts';
import { requestOf, type Approval, type ApprovalEvent } from './approval-state.js';
import type { Deadlines } from './deadlines.js';

/** What only the passing of time brings about, and the change of the time itself. `at` is the moment, ISO 8601 UTC. */
export type TimeCommand =
  | { readonly type: 'RemindOfApproval'; readonly at: string }
  | {
      readonly type: 'EscalateApproval';
      readonly at: string;
      readonly level: 1 | 2;
      readonly after_days: number;
      readonly escalated_to: string[];
    }
  | { readonly type: 'ExpireApproval'; readonly at: string }
  | { readonly type: 'RescheduleApproval'; readonly deadlines: Deadlines; readonly rescheduled_by: string };

const dayMs = 86_400_000;
const reached = (at: string, moment: string | undefined, afterDays = 0): boolean =>
  moment !== undefined && new Date(at).getTime() >= new Date(moment).getTime() + afterDays * dayMs;

const idsOf = ({ approval_id, flow_id, role }: ApprovalRequested) => ({ approval_id, flow_id, role });

function escalate(command: TimeCommand & { type: 'EscalateApproval' }, request: ApprovalRequested, approval: Approval): ApprovalEvent[] {
  const { at, level, after_days, escalated_to } = command;
  if (approval.escalation_level !== level - 1 || !reached(at, request.due_at, after_days)) return [];
  return [{ type: 'ApprovalEscalated', data: { ...idsOf(request), level, due_at: request.due_at!, escalated_to } }];
}

function reschedule(command: TimeCommand & { type: 'RescheduleApproval' }, request: ApprovalRequested): ApprovalEvent[] {
  const { deadlines, rescheduled_by } = command;
  if (deadlines.due_at === request.due_at) return [];
  return [{ type: 'ApprovalRescheduled', data: { ...idsOf(request), ...deadlines, rescheduled_by } }];
}

/** A step that is not due, or that was taken already, decides nothing: time can be told twice. */
export function decideInTime(command: TimeCommand, approval: Approval): ApprovalEvent[] {
  const request = requestOf(approval);
  if (approval.status !== 'requested') {
    if (command.type !== 'RescheduleApproval') return [];
    throw new DomainError('APPROVAL_STATE', `Approval ${request.approval_id} is ${approval.status}; it has no due date any more`);
  }
  const { due_at, expires_at } = request;
  switch (command.type) {
    case 'RemindOfApproval':
      if (approval.reminded || approval.escalation_level > 0 || !reached(command.at, request.remind_at)) return [];
      return [{ type: 'ApprovalReminded', data: { ...idsOf(request), due_at: due_at! } }];
    case 'EscalateApproval':
      return escalate(command, request, approval);
    case 'ExpireApproval':
      if (!reached(command.at, expires_at)) return [];
      return [{ type: 'ApprovalExpired', data: { ...idsOf(request), due_at: due_at!, expires_at: expires_at! } }];
    case 'RescheduleApproval':
      return reschedule(command, request);
    default:
      return assertNever(command);
  }
}
