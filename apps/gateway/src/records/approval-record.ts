import type { ApprovalRole, EventData, ScopePart, Signature } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';
import { assertNever } from '@lastcopy/kernel';
import { dataOf, type RecordFold } from './record-fold.js';
import { typeIn, typesOf } from './record-of-event.js';

export interface ApprovalRecord {
  approval_id: string;
  flow_id: string;
  role: ApprovalRole;
  status: 'requested' | 'granted' | 'rejected' | 'voided';
  scope: string;
  evidence_hash: string;
  parts: ScopePart[];
  requested_by: string;
  requested_at: string;
  decided_by: string | null;
  decided_at: string | null;
  comment: string | null;
  signature: Signature | null;
  void_reason: string | null;
  changed: string[];
}

const requested = (event: LoggedEvent): ApprovalRecord => {
  const { approval_id, flow_id, role, scope, evidence_hash, parts, requested_by } = dataOf<EventData<'ApprovalRequested'>>(event);
  return {
    ...{ approval_id, flow_id, role, status: 'requested', scope, evidence_hash, parts: parts ?? [] },
    ...{ requested_by, requested_at: event.occurred_at, decided_by: null, decided_at: null },
    ...{ comment: null, signature: null, void_reason: null, changed: [] },
  };
};

export const approvalFold: RecordFold<ApprovalRecord> = {
  name: 'approvals',
  types: typesOf('approval'),
  keyOf: (event) => event.aggregate_id,
  begin: requested,
  apply(approval, event) {
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
        const { decided_by, comment } = dataOf<EventData<'ApprovalRejected'>>(event);
        return { ...approval, status: 'rejected', decided_by, decided_at: event.occurred_at, comment };
      }
      case 'ApprovalVoided': {
        const { reason, changed } = dataOf<EventData<'ApprovalVoided'>>(event);
        return { ...approval, status: 'voided', void_reason: reason, changed };
      }
      default:
        return assertNever(type);
    }
  },
};
