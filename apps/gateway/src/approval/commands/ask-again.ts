import type { ApprovalRole, StreamToken } from '@lastcopy/contracts';
import type { CommandContext, EventStore } from '@lastcopy/eventing';
import { streamId } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { scopeOf } from '../../evidence/approval-scopes.js';
import type { EvidenceReader } from '../../evidence/evidence-reader.js';
import { requestApproval } from './request-approval.js';

export interface RequestedApproval {
  approval_id: string;
  token: StreamToken;
}

/** A person requests an approval, for instance after a rejection. One that is open or granted on the present evidence is answered as it is. */
export async function askForApproval(
  { store, reader }: { store: EventStore; reader: EvidenceReader },
  context: CommandContext,
  flowId: string,
  role: ApprovalRole,
): Promise<RequestedApproval> {
  const outcome = await store.execute<{ approval_id: string }>(context, 'RequestApproval', { flow_id: flowId, role }, async (tx) => {
    const reading = await reader.read(context.tenant, flowId, tx.query.bind(tx));
    if (!reading) throw new CodedError('NOT_FOUND', `There is no flow ${flowId}`);
    const { facts } = reading;
    if (facts.flow.cancelled || facts.flow.phase === 'system_shutdown') throw new CodedError('FLOW_STATE', `Flow ${flowId} is over`);
    const scope = scopeOf(role, facts);
    if (!scope) throw new CodedError('APPROVAL_STATE', `What ${role} approves is not complete yet in flow ${flowId}`);
    const ofRole = facts.approvals.filter((candidate) => candidate.role === role);
    const standing = ofRole.find(({ status, evidence_hash }) => ['requested', 'granted'].includes(status) && evidence_hash === scope.hash);
    if (standing) {
      const { approval_id } = standing;
      return { source: store.service, stream_id: streamId('approval', approval_id), version: 1, answer: { approval_id } };
    }
    const request = { flow_id: flowId, role, scope, requested_by: context.actor.user_id, generation: ofRole.length + 1 };
    const token = await requestApproval(tx, request);
    return { ...token, answer: { approval_id: token.stream_id.slice('approval:'.length) } };
  });
  const { answer, ...token } = outcome;
  return { approval_id: answer!.approval_id, token };
}
