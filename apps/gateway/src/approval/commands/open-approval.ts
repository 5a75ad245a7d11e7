import type { Tenant } from '@lastcopy/contracts';
import type { ServiceTransaction } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import type { EvidenceReader } from '../../evidence/evidence-reader.js';
import type { FlowFacts } from '../../evidence/flow-facts.js';
import type { ApprovalRecord } from '../../records/approval-record.js';

export interface FoundApproval {
  facts: FlowFacts;
  known: ApprovalRecord;
}

/** An approval and all that is known of its flow, under the lock of the transaction. Throws NOT_FOUND, also for another tenant's. */
export async function findApproval(
  tx: ServiceTransaction,
  reader: EvidenceReader,
  tenant: Tenant,
  approvalId: string,
): Promise<FoundApproval> {
  const { events } = await tx.load('approval', approvalId);
  const flowId = events[0]?.flow_id;
  const reading = flowId ? await reader.readIn(tx.query.bind(tx), tenant, flowId) : null;
  const known = reading?.facts.approvals.find((candidate) => candidate.approval_id === approvalId);
  if (!reading || !known) throw new CodedError('NOT_FOUND', `There is no approval ${approvalId}`);
  return { facts: reading.facts, known };
}

/** Throws FLOW_STATE when the flow is over. */
export function assertFlowOpen({ flow }: FlowFacts): void {
  if (!flow.cancelled && flow.phase !== 'system_shutdown') return;
  throw new CodedError('FLOW_STATE', `Flow ${flow.flow_id} is over; its approvals are not decided any more`);
}
