import type { ApprovalHistoryEntry, EventData, EventType } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';

type Words = { [T in EventType]?: (data: EventData<T>) => string };

const said = (comment: string | null | undefined) => (comment ? `: ${comment}` : '');
const inPlaceOf = (signature: EventData<'ApprovalGranted'>['signature'] | undefined) =>
  signature?.on_behalf_of ? ` on behalf of ${signature.on_behalf_of.name}` : '';

const words: Words = {
  ApprovalRequested: ({ requested_by, due_at }) => `Requested in the name of ${requested_by}${due_at ? `, due ${due_at}` : ''}`,
  ApprovalGranted: ({ signature, comment }) => `Granted and signed by ${signature.name}${inPlaceOf(signature)}${said(comment)}`,
  ApprovalRejected: ({ decided_by, signature, comment }) =>
    `Rejected by ${signature?.name ?? decided_by}${inPlaceOf(signature)}${said(comment)}`,
  ApprovalVoided: ({ reason, changed }) => `Voided. ${reason}${changed.length > 0 ? `: ${changed.join('; ')}` : ''}`,
  ApprovalDelegated: ({ delegated_by_name, to_name, reason }) => `Delegated by ${delegated_by_name} to ${to_name}: ${reason}`,
  ApprovalDelegationRevoked: ({ revoked_by, reason }) => `The delegation was ended by ${revoked_by}: ${reason}`,
  ApprovalReminded: ({ due_at }) => `Somebody was reminded that it is due ${due_at}`,
  ApprovalEscalated: ({ level, due_at, escalated_to }) =>
    `Overdue since ${due_at}; brought to ${escalated_to.join(' and ')} (level ${level})`,
  ApprovalExpired: ({ expires_at }) => `Nobody decided until ${expires_at}; it ended undecided`,
  ApprovalRescheduled: ({ due_at, rescheduled_by }) => `Due ${due_at} from now on, said ${rescheduled_by}`,
  ApprovalCommented: ({ name, comment }) => `${name}: ${comment}`,
};

/** What happened to an approval, in words; one entry an event. */
export const approvalHistory = (events: readonly LoggedEvent[]): ApprovalHistoryEntry[] =>
  events.map((event) => {
    const tell = words[event.type as EventType] as ((data: object) => string) | undefined;
    return { at: event.occurred_at, event: event.type, by: event.actor, what: tell ? tell(event.data) : event.type };
  });
