import type {
  ApprovalCommented,
  ApprovalDelegated,
  ApprovalDelegationRevoked,
  ApprovalEscalated,
  ApprovalExpired,
  ApprovalGranted,
  ApprovalRejected,
  ApprovalReminded,
  ApprovalRequested,
  ApprovalRescheduled,
  ApprovalVoided,
} from '@lastcopy/contracts';
import { DomainError, type Event } from '@lastcopy/kernel';
import type { Delegation } from './eligibility.js';

export type ApprovalEvent =
  | Event<'ApprovalRequested', ApprovalRequested>
  | Event<'ApprovalGranted', ApprovalGranted>
  | Event<'ApprovalRejected', ApprovalRejected>
  | Event<'ApprovalVoided', ApprovalVoided>
  | Event<'ApprovalDelegated', ApprovalDelegated>
  | Event<'ApprovalDelegationRevoked', ApprovalDelegationRevoked>
  | Event<'ApprovalReminded', ApprovalReminded>
  | Event<'ApprovalEscalated', ApprovalEscalated>
  | Event<'ApprovalExpired', ApprovalExpired>
  | Event<'ApprovalRescheduled', ApprovalRescheduled>
  | Event<'ApprovalCommented', ApprovalCommented>;

export type ApprovalStatus = 'requested' | 'granted' | 'rejected' | 'voided' | 'expired';

export interface Approval {
  readonly request: ApprovalRequested | null;
  readonly status: ApprovalStatus;
  readonly decided_by: string | null;
  readonly delegation: Delegation | null;
  readonly reminded: boolean;
  /** 0 while it was not escalated. */
  readonly escalation_level: number;
}

/** Throws NOT_FOUND. */
export function requestOf({ request }: Approval): ApprovalRequested {
  if (!request) throw new DomainError('NOT_FOUND', 'There is no such approval');
  return request;
}

/** Throws NOT_FOUND, APPROVAL_STATE. */
export function assertOpen(approval: Approval): ApprovalRequested {
  const request = requestOf(approval);
  if (approval.status !== 'requested') throw new DomainError('APPROVAL_STATE', `Approval ${request.approval_id} is ${approval.status}`);
  return request;
}
