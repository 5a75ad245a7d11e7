import type { ApprovalRole, EventData, ScopePart, Signature } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';
import { assertNever } from '@lastcopy/kernel';
import { dataOf, type RecordFold } from './record-fold.js';
import { typeIn, typesOf, type TypeOf } from './record-of-event.js';

/** Who may decide in whose place. */
export interface DelegationRecord {
  to_user_id: string;
  to_name: string;
  by: string;
  by_name: string;
  reason: string;
  at: string;
}

export interface ApprovalRecord {
  approval_id: string;
  flow_id: string;
  role: ApprovalRole;
  status: 'requested' | 'granted' | 'rejected' | 'voided' | 'expired';
  scope: string;
  evidence_hash: string;
  parts: ScopePart[];
  requested_by: string;
  requested_at: string;
  due_at: string | null;
  expires_at: string | null;
  reminded_at: string | null;
  /** 0 while it is not overdue. */
  escalation_level: number;
  escalated_to: string[];
  /** The one that stands, or under which it was decided. */
  delegation: DelegationRecord | null;
  /** Everybody who delegated it, even if they took it back: that too is acting in the role. */
  delegators: string[];
  /** The request that this one took the place of. */
  replaces: string | null;
  decided_by: string | null;
  decided_at: string | null;
  comment: string | null;
  signature: Signature | null;
  void_reason: string | null;
  changed: string[];
  comments: { by: string; name: string; comment: string; at: string }[];
}

const requested = (event: LoggedEvent): ApprovalRecord => {
  const { approval_id, flow_id, role, scope, evidence_hash, parts, requested_by, ...terms } = dataOf<EventData<'ApprovalRequested'>>(event);
  const { due_at = null, expires_at = null, replaces = null } = terms;
  return {
    ...{ approval_id, flow_id, role, status: 'requested', scope, evidence_hash, parts: parts ?? [] },
    ...{ requested_by, requested_at: event.occurred_at, due_at, expires_at, reminded_at: null },
    ...{ escalation_level: 0, escalated_to: [], delegation: null, delegators: [], replaces },
    ...{ decided_by: null, decided_at: null, comment: null, signature: null, void_reason: null, changed: [], comments: [] },
  };
};

function delegated(approval: ApprovalRecord, event: LoggedEvent): ApprovalRecord {
  const data = dataOf<EventData<'ApprovalDelegated'>>(event);
  const { delegated_by: by, delegated_by_name: by_name, to_user_id, to_name, reason, delegated_at: at } = data;
  const delegators = [...approval.delegators.filter((one) => one !== by), by];
  return { ...approval, delegation: { to_user_id, to_name, by, by_name, reason, at }, delegators };
}

function commented(approval: ApprovalRecord, event: LoggedEvent): ApprovalRecord {
  const { commented_by: by, name, comment } = dataOf<EventData<'ApprovalCommented'>>(event);
  return { ...approval, comments: [...approval.comments, { by, name, comment, at: event.occurred_at }] };
}

/** What happens to a request while nobody has decided it. */
function inTime(approval: ApprovalRecord, type: TypeOf<'approval'>, event: LoggedEvent): ApprovalRecord {
  switch (type) {
    case 'ApprovalReminded':
      return { ...approval, reminded_at: event.occurred_at };
    case 'ApprovalEscalated': {
      const { level, escalated_to } = dataOf<EventData<'ApprovalEscalated'>>(event);
      return { ...approval, escalation_level: level, escalated_to };
    }
    case 'ApprovalExpired':
      return { ...approval, status: 'expired' };
    case 'ApprovalRescheduled': {
      const { due_at, expires_at } = dataOf<EventData<'ApprovalRescheduled'>>(event);
      return { ...approval, due_at, expires_at, reminded_at: null, escalation_level: 0, escalated_to: [] };
    }
    default:
      return approval;
  }
}

function changed(approval: ApprovalRecord, event: LoggedEvent): ApprovalRecord {
  const type = typeIn('approval', event.type);
  switch (type) {
    // Null is an event of another record; the first event was taken in by `requested`.
    case null:
    case 'ApprovalRequested':
      return approval;
    case 'ApprovalGranted': {
      const { decided_by, comment, signature } = dataOf<EventData<'ApprovalGranted'>>(event);
      return { ...approval, status: 'granted', decided_by, decided_at: event.occurred_at, comment: comment ?? null, signature };
    }
    case 'ApprovalRejected': {
      const { decided_by, comment, signature } = dataOf<EventData<'ApprovalRejected'>>(event);
      return { ...approval, status: 'rejected', decided_by, decided_at: event.occurred_at, comment, signature: signature ?? null };
    }
    case 'ApprovalVoided': {
      const { reason, changed: parts } = dataOf<EventData<'ApprovalVoided'>>(event);
      return { ...approval, status: 'voided', void_reason: reason, changed: parts };
    }
    case 'ApprovalDelegated':
      return delegated(approval, event);
    case 'ApprovalDelegationRevoked':
      return { ...approval, delegation: null };
    case 'ApprovalCommented':
      return commented(approval, event);
    case 'ApprovalReminded':
    case 'ApprovalEscalated':
    case 'ApprovalExpired':
    case 'ApprovalRescheduled':
      return inTime(approval, type, event);
    default:
      return assertNever(type);
  }
}

/** One person's word, in one role, on evidence as it stood, and what led to it. */
export const approvalFold: RecordFold<ApprovalRecord> = {
  name: 'approvals',
  types: typesOf('approval'),
  keyOf: (event) => event.aggregate_id,
  begin: requested,
  apply: changed,
};
