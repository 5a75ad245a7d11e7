import type { EventData } from '@lastcopy/contracts';
import { dayOf, quoted, roleInWords, type Notice, type NoticeFacts } from './notice.js';
import { approvalPage } from './page-links.js';

type Facts = NoticeFacts & { approval: NonNullable<NoticeFacts['approval']> };
type Told = Omit<Notice, 'link' | 'people' | 'roles'> & Partial<Pick<Notice, 'people' | 'roles'>>;

const flowOf = ({ flow }: NoticeFacts): string => (flow ? quoted(flow.name) : 'a flow');
const deciders = ({ approval }: Facts) => ({ roles: [approval.role], people: approval.delegate ? [approval.delegate] : [] });
const decide =
  'Open the approval, look at the evidence, and grant or reject it. Your signature is bound to exactly that evidence and needs a recent sign-in.';

const told = ({ approval_id }: { approval_id: string }, notice: Told): Notice[] => [
  { roles: [], people: [], ...notice, link: approvalPage(approval_id) },
];

export function requestedNotices(data: EventData<'ApprovalRequested'>, facts: Facts): Notice[] {
  return told(data, {
    ...{ kind: 'approval_requested', urgency: 'decide', ...deciders(facts) },
    subject: `Approval requested: ${roleInWords(data.role)} for ${flowOf(facts)}`,
    text: `The ${roleInWords(data.role)} approval of ${flowOf(facts)} is requested, due ${dayOf(data.due_at ?? null)}. It covers: ${data.scope}`,
    whatToDo: decide,
  });
}

export function remindedNotices(data: EventData<'ApprovalReminded'>, facts: Facts): Notice[] {
  return told(data, {
    ...{ kind: 'approval_due_soon', urgency: 'decide', ...deciders(facts) },
    subject: `Approval due soon: ${roleInWords(data.role)} for ${flowOf(facts)}`,
    text: `The ${roleInWords(data.role)} approval of ${flowOf(facts)} is still open and due ${dayOf(data.due_at)}.`,
    whatToDo: `${decide} If you cannot decide in time, delegate it.`,
  });
}

export function escalatedNotices(data: EventData<'ApprovalEscalated'>, facts: Facts): Notice[] {
  const named = (kind: string) => data.escalated_to.filter((one) => one.startsWith(kind)).map((one) => one.slice(kind.length));
  return told(data, {
    ...{ kind: 'approval_overdue', urgency: 'decide', roles: named('role:'), people: named('person:') },
    subject: `Approval overdue (level ${data.level}): ${roleInWords(data.role)} for ${flowOf(facts)}`,
    text: `The ${roleInWords(data.role)} approval of ${flowOf(facts)} was due ${dayOf(data.due_at)} and is still open. Nothing is approved by the passing of time.`,
    whatToDo: `Somebody with the role ${roleInWords(data.role)} decides or delegates it; if you are not that person, speak to them.`,
  });
}

export function delegatedNotices(data: EventData<'ApprovalDelegated'>, facts: Facts): Notice[] {
  return told(data, {
    ...{ kind: 'approval_delegated', urgency: 'decide', people: [data.to_user_id] },
    subject: `Approval delegated to you: ${roleInWords(data.role)} for ${flowOf(facts)}`,
    text: `${data.delegated_by_name} asks you to decide the ${roleInWords(data.role)} approval of ${flowOf(facts)} in their place, due ${dayOf(facts.approval.dueAt)}. Reason: ${data.reason}`,
    whatToDo: decide,
  });
}

export function voidedNotices(data: EventData<'ApprovalVoided'>, facts: Facts): Notice[] {
  const changed = data.changed.length > 0 ? ` What changed: ${data.changed.join('; ')}.` : '';
  return told(data, {
    ...{ kind: 'approval_voided', urgency: 'act', ...deciders(facts) },
    people: [...deciders(facts).people, facts.approval.requestedBy],
    subject: `Approval void: ${roleInWords(data.role)} for ${flowOf(facts)}`,
    text: `The ${roleInWords(data.role)} approval of ${flowOf(facts)} no longer stands: ${data.reason}.${changed}`.replace('..', '.'),
    whatToDo: 'It is requested anew once its evidence is complete. Look at what changed before you decide again.',
  });
}

export function expiredNotices(data: EventData<'ApprovalExpired'>, facts: Facts): Notice[] {
  return told(data, {
    ...{ kind: 'approval_expired', urgency: 'act', ...deciders(facts) },
    people: [...deciders(facts).people, facts.approval.requestedBy],
    subject: `Approval expired undecided: ${roleInWords(data.role)} for ${flowOf(facts)}`,
    text: `Nobody decided the ${roleInWords(data.role)} approval of ${flowOf(facts)} until ${dayOf(data.expires_at)}. Nothing was approved.`,
    whatToDo: 'It is requested anew while its evidence is complete; decide the new request.',
  });
}

export function decidedNotices(
  data: Pick<EventData<'ApprovalRejected'>, 'approval_id' | 'role'> & { comment?: string | null; signature?: { name: string } },
  facts: Facts,
  decision: 'granted' | 'rejected',
): Notice[] {
  const by = data.signature ? ` by ${data.signature.name}` : '';
  const comment = data.comment ? ` Comment: ${data.comment}` : '';
  return told(data, {
    ...{ kind: 'approval_decided', urgency: decision === 'rejected' ? 'act' : 'know', people: [facts.approval.requestedBy] },
    subject: `Approval ${decision}: ${roleInWords(data.role)} for ${flowOf(facts)}`,
    text: `The ${roleInWords(data.role)} approval of ${flowOf(facts)} was ${decision}${by}.${comment}`,
    whatToDo:
      decision === 'granted'
        ? 'Nothing; the readiness of the flow says what is still open.'
        : 'Resolve what the comment names, then ask again.',
  });
}

export function commentedNotices(data: EventData<'ApprovalCommented'>, facts: Facts): Notice[] {
  const people = [...deciders(facts).people, facts.approval.requestedBy];
  return told(data, {
    ...{ kind: 'approval_commented', urgency: 'know', roles: [facts.approval.role], people },
    subject: `Comment on an approval: ${roleInWords(data.role)} for ${flowOf(facts)}`,
    text: `${data.name} wrote about the ${roleInWords(data.role)} approval of ${flowOf(facts)}: ${data.comment}`,
    whatToDo: 'Read it before you decide, and answer if it asks you something.',
  });
}
