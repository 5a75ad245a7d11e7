import type { EventType } from '@lastcopy/contracts';
import { contextFromEvent, decideAndAppend, type LoggedEvent, type Reactor, type ServiceTransaction } from '@lastcopy/eventing';
import type { Gateway } from '../../gateway.js';
import { jobFold } from '../../records/job-record.js';
import { approvalPlan, type ApprovalStep } from '../approval-plan.js';
import { requestApproval } from '../commands/request-approval.js';
import { approval } from '../domain/approval.js';

const name = 'keep_approvals';
const evidenceTypes: readonly EventType[] = ['FlowInitialized', 'PolicyAssigned', ...jobFold.types];

async function carryOut(tx: ServiceTransaction, step: ApprovalStep, flowId: string, initiator: string): Promise<void> {
  if (step.type === 'request') {
    const { role, scope, generation } = step;
    await requestApproval(tx, { flow_id: flowId, role, scope, generation, requested_by: initiator });
    return;
  }
  const { approval_id } = step.approval;
  const reason = 'What was to be approved has changed';
  await decideAndAppend(tx, approval, 'approval', approval_id, { type: 'VoidApproval', reason, changed: step.changed });
}

/**
 * Keeps the approvals of a flow to its evidence: requests what can be decided now, in the name of who began the flow, and voids what was
 * given on evidence that has changed. The gate compares the hashes itself, so a void that is still to be written blocks as well.
 */
export const keepApprovals = (gateway: Gateway): Reactor => ({
  kind: 'reactor',
  name,
  types: evidenceTypes,
  async react(event: LoggedEvent) {
    if (!event.flow_id) return;
    const flowId = event.flow_id;
    const { reader, deps } = gateway;
    // Most events change no approval: look before taking the log's lock.
    const before = await reader.read(event, flowId);
    if (!before || approvalPlan(before.facts).length === 0) return;
    await deps.eventing.store.transact(contextFromEvent(event, 'gateway', name), async (tx) => {
      const reading = await reader.read(event, flowId, tx.query.bind(tx));
      if (!reading) return;
      for (const step of approvalPlan(reading.facts)) await carryOut(tx, step, flowId, reading.facts.flow.initiator);
    });
  },
});
