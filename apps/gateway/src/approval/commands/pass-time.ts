import type { ApprovalRole } from '@lastcopy/contracts';
import { decideAndAppend, serviceActor, type ServiceTransaction } from '@lastcopy/eventing';
import { lookAgain, type DueApproval } from '../approval-deadlines.js';
import type { ApprovalParts } from '../approval-parts.js';
import { approval } from '../domain/approval.js';
import type { TimeCommand } from '../domain/in-time.js';
import { keepFlowApprovals } from './keep-flow-approvals.js';
import { findApproval } from './open-approval.js';
import { databaseNow } from './request-approval.js';

/** Pure: the setting's words as receivers: `person:<user_id>` or `role:<role>`. */
export function receiversOf(setting: string, initiator: string, role: ApprovalRole): string[] {
  const named = setting.split(',').map((word) => {
    if (word === 'initiator') return `person:${initiator}`;
    return word === 'approvers' ? `role:${role}` : word;
  });
  return [...new Set(named)];
}

/** In the order in which they come; each decides nothing unless it is due and not done. */
function stepsOf({ config, terms }: ApprovalParts, at: string, initiator: string, role: ApprovalRole): TimeCommand[] {
  const to = (setting: string) => receiversOf(setting, initiator, role);
  return [
    { type: 'RemindOfApproval', at },
    { type: 'EscalateApproval', at, level: 1, after_days: 0, escalated_to: to(config.APPROVAL_ESCALATE_TO) },
    { type: 'EscalateApproval', at, level: 2, after_days: terms.escalateAgainDays, escalated_to: to(config.APPROVAL_ESCALATE_AGAIN_TO) },
    { type: 'ExpireApproval', at },
  ];
}

async function passTime(tx: ServiceTransaction, parts: ApprovalParts, due: DueApproval): Promise<void> {
  const { approval_id, flow_id, tenant } = due;
  const { facts } = await findApproval(tx, parts.reader, tenant, approval_id);
  const { flow } = facts;
  const at = (await databaseNow(tx)).toISOString();
  // A flow that is over asks nobody any more; it is not looked at again.
  if (flow.cancelled || flow.phase === 'system_shutdown') {
    await tx.query('delete from approval_deadlines where approval_id = $1', [approval_id]);
    return;
  }
  const { role } = facts.approvals.find((candidate) => candidate.approval_id === approval_id)!;
  for (const step of stepsOf(parts, at, flow.initiator, role)) await decideAndAppend(tx, approval, 'approval', approval_id, step);
  await lookAgain(tx, approval_id, parts.terms.escalateAgainDays, parts.config.APPROVAL_POLL_MS);
  // What has expired is requested anew, on the evidence as it is now.
  await keepFlowApprovals(tx, parts, tenant, flow_id);
}

/** Takes every step of an approval that its dates have reached: reminds, escalates, lets it expire and asks anew. Never decides it. */
export function passTimeOf(parts: ApprovalParts, due: DueApproval): Promise<void> {
  const context = { command_id: `approval-time:${due.approval_id}`, tenant: due.tenant, actor: serviceActor('gateway') };
  return parts.store.transact(context, (tx) => passTime(tx, parts, due));
}
