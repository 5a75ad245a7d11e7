import type { ApprovalRole, StreamToken } from '@lastcopy/contracts';
import { decideAndAppend, type CommandContext, type EventStore } from '@lastcopy/eventing';
import { CodedError, type Clock } from '@lastcopy/kernel';
import { scopeOf } from '../../evidence/approval-scopes.js';
import type { EvidenceReader } from '../../evidence/evidence-reader.js';
import type { FlowFacts } from '../../evidence/flow-facts.js';
import { approval, type ApprovalCommand, type Decision } from '../domain/approval.js';

export interface ApprovalDecision {
  decision: 'grant' | 'reject';
  comment?: string | null;
  /** What the person saw; must be what is to be decided. */
  evidence_hash: string;
}

export interface DecideApprovalParts {
  store: EventStore;
  reader: EvidenceReader;
  clock: Clock;
}

const rolesFilled = (facts: FlowFacts, userId: string): ApprovalRole[] =>
  facts.approvals.filter((candidate) => candidate.decided_by === userId).map(({ role }) => role);

function refuseOutdated(facts: FlowFacts, role: ApprovalRole, approvalId: string, hash: string): void {
  if (scopeOf(role, facts)?.hash === hash) return;
  throw new CodedError(
    'EVIDENCE_CHANGED',
    `Approval ${approvalId} is for evidence that has changed since; look at the flow's approvals again`,
  );
}

/** Grants or rejects an approval, on the evidence as it is at this moment. Throws NOT_FOUND, APPROVAL_STATE, EVIDENCE_CHANGED, APPROVER_NOT_ALLOWED, FLOW_STATE. */
export function decideApproval(
  { store, reader, clock }: DecideApprovalParts,
  context: CommandContext,
  approvalId: string,
  asked: ApprovalDecision,
): Promise<StreamToken> {
  return store.execute(context, 'DecideApproval', { approval_id: approvalId, ...asked }, async (tx) => {
    const { events } = await tx.load('approval', approvalId);
    const flowId = events[0]?.flow_id;
    const reading = flowId ? await reader.read(context.tenant, flowId, tx.query.bind(tx)) : null;
    const known = reading?.facts.approvals.find((candidate) => candidate.approval_id === approvalId);
    if (!reading || !known) throw new CodedError('NOT_FOUND', `There is no approval ${approvalId}`);
    const { facts } = reading;
    if (facts.flow.cancelled || facts.flow.phase === 'system_shutdown') {
      throw new CodedError('FLOW_STATE', `Flow ${facts.flow.flow_id} is over; its approvals are not decided any more`);
    }
    if (known.status === 'requested') refuseOutdated(facts, known.role, approvalId, known.evidence_hash);
    const { user_id, name, roles } = context.actor;
    const decision: Decision = {
      ...{ user_id, name, roles, at: clock.now().toISOString(), flow_initiator: facts.flow.initiator },
      ...{ evidence_hash: asked.evidence_hash, roles_filled: rolesFilled(facts, user_id) },
    };
    const command: ApprovalCommand =
      asked.decision === 'grant'
        ? { type: 'GrantApproval', decision, comment: asked.comment ?? null }
        : { type: 'RejectApproval', decision, comment: asked.comment ?? '' };
    return decideAndAppend(tx, approval, 'approval', approvalId, command);
  });
}
