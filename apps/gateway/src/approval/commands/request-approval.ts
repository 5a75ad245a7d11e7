import type { ApprovalRole, StreamToken } from '@lastcopy/contracts';
import { decideAndAppend, deterministicId, type ServiceTransaction } from '@lastcopy/eventing';
import type { ApprovalScope } from '../../evidence/approval-scopes.js';
import { approval } from '../domain/approval.js';
import { deadlinesOf, type DeadlineTerms } from '../domain/deadlines.js';

export interface ApprovalRequest {
  flow_id: string;
  role: ApprovalRole;
  scope: ApprovalScope;
  requested_by: string;
  /** Counts the requests of this role in this flow, from 1. */
  generation: number;
  /** ISO 8601 UTC; the terms say when it is due unless this does. */
  due_at?: string | null;
}

export const approvalIdOf = (flowId: string, role: ApprovalRole, generation: number): string =>
  deterministicId('approval', flowId, role, generation);

/** Due dates are counted and reached by one clock, the database's. */
export async function databaseNow(tx: ServiceTransaction): Promise<Date> {
  const [row] = await tx.query<{ now: Date }>('select clock_timestamp() as now');
  return row!.now;
}

export async function requestApproval(tx: ServiceTransaction, request: ApprovalRequest, terms: DeadlineTerms): Promise<StreamToken> {
  const { flow_id, role, scope, requested_by, generation } = request;
  const approval_id = approvalIdOf(flow_id, role, generation);
  const replaces = generation > 1 ? approvalIdOf(flow_id, role, generation - 1) : null;
  const deadlines = deadlinesOf(await databaseNow(tx), terms, request.due_at);
  const asked = { approval_id, flow_id, role, scope: scope.statement, evidence_hash: scope.hash, requested_by, parts: scope.parts };
  return decideAndAppend(tx, approval, 'approval', approval_id, {
    type: 'RequestApproval',
    request: { ...asked, ...deadlines, replaces },
  });
}
