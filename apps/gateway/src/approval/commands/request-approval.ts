import type { ApprovalRole } from '@lastcopy/contracts';
import { decideAndAppend, deterministicId, type ServiceTransaction } from '@lastcopy/eventing';
import type { StreamToken } from '@lastcopy/contracts';
import type { ApprovalScope } from '../../evidence/approval-scopes.js';
import { approval } from '../domain/approval.js';

export interface ApprovalRequest {
  flow_id: string;
  role: ApprovalRole;
  scope: ApprovalScope;
  requested_by: string;
  /** Counts the requests of this role in this flow, from 1. */
  generation: number;
}

export const approvalIdOf = (flowId: string, role: ApprovalRole, generation: number): string =>
  deterministicId('approval', flowId, role, generation);

export function requestApproval(tx: ServiceTransaction, request: ApprovalRequest): Promise<StreamToken> {
  const { flow_id, role, scope, requested_by } = request;
  const approval_id = approvalIdOf(flow_id, role, request.generation);
  const asked = { approval_id, flow_id, role, scope: scope.statement, evidence_hash: scope.hash, requested_by, parts: scope.parts };
  return decideAndAppend(tx, approval, 'approval', approval_id, { type: 'RequestApproval', request: asked });
}
