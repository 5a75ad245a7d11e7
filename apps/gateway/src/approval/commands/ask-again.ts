import type { ApprovalRole, StreamToken } from '@lastcopy/contracts';
import { decideAndAppend, type CommandContext, type ServiceTransaction } from '@lastcopy/eventing';
import { streamId } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { scopeOf } from '../../evidence/approval-scopes.js';
import type { ApprovalRecord } from '../../records/approval-record.js';
import type { ApprovalParts } from '../approval-parts.js';
import { approval } from '../domain/approval.js';
import { deadlinesOf } from '../domain/deadlines.js';
import { databaseNow, requestApproval } from './request-approval.js';

export interface RequestedApproval {
  approval_id: string;
  token: StreamToken;
}

export interface AskedApproval {
  role: ApprovalRole;
  /** ISO 8601 UTC; an open request is given this due date. */
  due_at?: string | null;
}

const standsOn = (hash: string) => (candidate: ApprovalRecord) =>
  (candidate.status === 'requested' || candidate.status === 'granted') && candidate.evidence_hash === hash;

/** Answers an approval that is open or granted already, with another due date where one is asked for. */
async function standingAnswer(
  { store, terms }: ApprovalParts,
  tx: ServiceTransaction,
  { approval_id }: ApprovalRecord,
  due_at: string | null | undefined,
  rescheduled_by: string,
): Promise<StreamToken> {
  if (!due_at) {
    const { version } = await tx.load('approval', approval_id);
    return { source: store.service, stream_id: streamId('approval', approval_id), version };
  }
  const deadlines = deadlinesOf(await databaseNow(tx), terms, due_at);
  return decideAndAppend(tx, approval, 'approval', approval_id, { type: 'RescheduleApproval', deadlines, rescheduled_by });
}

/**
 * A person requests an approval, for instance after a rejection. One that is open or granted on the present evidence is answered as it is;
 * a `due_at` moves the due date of an open one. Throws NOT_FOUND, FLOW_STATE, APPROVAL_STATE, VALIDATION_FAILED.
 */
export async function askForApproval(
  parts: ApprovalParts,
  context: CommandContext,
  flowId: string,
  { role, due_at }: AskedApproval,
): Promise<RequestedApproval> {
  const { store, reader, terms } = parts;
  const { user_id } = context.actor;
  const asked = { flow_id: flowId, role, due_at: due_at ?? null };
  const outcome = await store.execute<{ approval_id: string }>(context, 'RequestApproval', asked, async (tx) => {
    const reading = await reader.readIn(tx.query.bind(tx), context.tenant, flowId);
    if (!reading) throw new CodedError('NOT_FOUND', `There is no flow ${flowId}`);
    const { facts } = reading;
    if (facts.flow.cancelled || facts.flow.phase === 'system_shutdown') throw new CodedError('FLOW_STATE', `Flow ${flowId} is over`);
    const scope = scopeOf(role, facts);
    if (!scope) throw new CodedError('APPROVAL_STATE', `What ${role} approves is not complete yet in flow ${flowId}`);
    const ofRole = facts.approvals.filter((candidate) => candidate.role === role);
    const standing = ofRole.find(standsOn(scope.hash));
    const request = { flow_id: flowId, role, scope, requested_by: user_id, generation: ofRole.length + 1, due_at: due_at ?? null };
    const token = standing ? await standingAnswer(parts, tx, standing, due_at, user_id) : await requestApproval(tx, request, terms);
    return { ...token, answer: { approval_id: token.stream_id.slice('approval:'.length) } };
  });
  const { answer, ...token } = outcome;
  return { approval_id: answer!.approval_id, token };
}
