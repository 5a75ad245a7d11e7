import type { Tenant } from '@lastcopy/contracts';
import { decideAndAppend, type ServiceTransaction } from '@lastcopy/eventing';
import type { ApprovalParts } from '../approval-parts.js';
import { approvalPlan, type ApprovalStep } from '../approval-plan.js';
import { approval } from '../domain/approval.js';
import { requestApproval } from './request-approval.js';

type Parts = Pick<ApprovalParts, 'reader' | 'terms'>;

async function carryOut(tx: ServiceTransaction, { terms }: Parts, step: ApprovalStep, flowId: string, initiator: string): Promise<void> {
  if (step.type === 'request') {
    const { role, scope, generation } = step;
    await requestApproval(tx, { flow_id: flowId, role, scope, generation, requested_by: initiator }, terms);
    return;
  }
  const { approval_id } = step.approval;
  const reason = 'What was to be approved has changed';
  await decideAndAppend(tx, approval, 'approval', approval_id, { type: 'VoidApproval', reason, changed: step.changed });
}

/** Brings the approvals of a flow to its evidence as it is under the lock: voids what is outdated, requests what can be decided. */
export async function keepFlowApprovals(tx: ServiceTransaction, parts: Parts, tenant: Tenant, flowId: string): Promise<void> {
  const reading = await parts.reader.readIn(tx.query.bind(tx), tenant, flowId);
  if (!reading) return;
  for (const step of approvalPlan(reading.facts)) await carryOut(tx, parts, step, flowId, reading.facts.flow.initiator);
}
