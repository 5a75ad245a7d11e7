import type { EventData, EventType } from '@lastcopy/contracts';
import * as approvals from './approval-notices.js';
import { quoted, type Notice, type NoticeFacts } from './notice.js';
import { auditPage, flowPage, jobPage, systemPage } from './page-links.js';

export interface NotedEvent {
  type: string;
  data: object;
  flow_id: string | null;
}

type Told = Omit<Notice, 'people'> & Partial<Pick<Notice, 'people'>>;
const one = (notice: Told): Notice[] => [{ people: [], ...notice }];
const flowOf = ({ flow }: NoticeFacts): string => (flow ? `flow ${quoted(flow.name)}` : 'a flow');
const systemOf = ({ systemName }: NoticeFacts): string => (systemName ? quoted(systemName) : 'a system');
const initiators = ({ flow }: NoticeFacts): string[] => (flow ? [flow.initiator] : []);
const keepSource = 'Do not shut the source down.';

const verificationFailed = (data: EventData<'IntegrityFailed'>, facts: NoticeFacts): Notice[] =>
  one({
    ...{ kind: 'verification_failed', urgency: 'urgent', roles: ['operator', 'data_owner', 'compliance'], people: initiators(facts) },
    subject: `Verification FAILED: the archive of ${systemOf(facts)}`,
    text: `The archive of ${systemOf(facts)} in ${flowOf(facts)} is not what it must be (${data.code}, level ${data.level}, attempt ${data.attempt}). The gate to shutdown is blocked.`,
    whatToDo: `${keepSource} Look at the failed checks of the job, find out what happened to the archive, and archive again.`,
    link: jobPage(data.job_id),
  });

const alertRaised = (data: EventData<'AlertRaised'>, facts: NoticeFacts): Notice[] =>
  one({
    kind: 'integrity_alert',
    urgency: data.severity === 'low' || data.severity === 'medium' ? 'act' : 'urgent',
    ...{ roles: ['operator', 'compliance'], people: initiators(facts) },
    subject: `Integrity alert (${data.severity}): ${data.code}`,
    text: data.message,
    whatToDo: data.what_to_do,
    link: data.flow_id ? flowPage(data.flow_id) : auditPage,
  });

const objectionRaised = (data: EventData<'ShutdownObjectionRaised'>, facts: NoticeFacts): Notice[] =>
  one({
    ...{
      kind: 'shutdown_objection',
      urgency: 'urgent',
      roles: ['operator', 'data_owner', 'compliance', 'legal'],
      people: initiators(facts),
    },
    subject: `STOP the shutdown: ${flowOf(facts)}`,
    text: `After the gate of ${flowOf(facts)} had passed, its evidence turned bad (${data.code}): ${data.reason}`,
    whatToDo: `${keepSource} What has not been destroyed yet stays until this is resolved.`,
    link: flowPage(data.flow_id),
  });

const jobFailed = (data: EventData<'ArchiveJobFailed'>, facts: NoticeFacts): Notice[] =>
  facts.retryComes
    ? []
    : one({
        ...{ kind: 'job_failed', urgency: 'act', roles: ['operator'], people: initiators(facts) },
        subject: `Archiving failed: ${systemOf(facts)}`,
        text: `The archive job of ${systemOf(facts)} in ${flowOf(facts)} failed (${data.code}, attempt ${data.attempt}) and is not tried again by itself.`,
        whatToDo: data.hint,
        link: jobPage(data.job_id),
      });

const gatePassed = (data: EventData<'PhaseTransitioned'>, facts: NoticeFacts): Notice[] =>
  data.to_phase !== 'system_shutdown'
    ? []
    : one({
        ...{ kind: 'gate_passed', urgency: 'know', roles: ['operator', 'data_owner', 'compliance', 'legal'], people: initiators(facts) },
        subject: `Gate passed: ${flowOf(facts)} may shut down`,
        text: `Every archive of ${flowOf(facts)} is proven, held and approved. The flow went on to system shutdown.`,
        whatToDo: 'Shut the systems down as planned. Ask for shutdown objections before anything is destroyed.',
        link: flowPage(data.flow_id),
      });

const mostBlockers = 20;

/** Why the gate did not open; what a source answered to a failed job may hold its content, so that stays where it is asked for. */
function blockersInWords(blockers: EventData<'TransitionAbandoned'>['blockers']): string {
  const words = blockers.map(({ code, message }) => (code === 'JOB_FAILED' ? 'An archive job failed.' : message));
  const told = [...new Set(words)];
  const more = told.length > mostBlockers ? ` And ${told.length - mostBlockers} more.` : '';
  return told.slice(0, mostBlockers).join(' ') + more;
}

const gateAbandoned = (data: EventData<'TransitionAbandoned'>, facts: NoticeFacts): Notice[] =>
  one({
    ...{ kind: 'gate_abandoned', urgency: 'act', roles: ['operator'], people: initiators(facts) },
    subject: `Gate not passed: ${flowOf(facts)}`,
    text: `The transition of ${flowOf(facts)} to system shutdown was given up. ${blockersInWords(data.blockers)}`.trim(),
    whatToDo:
      [...new Set(data.blockers.map(({ hint }) => hint))].slice(0, mostBlockers).join(' ') ||
      'Look at the readiness of the flow, then proceed again.',
    link: flowPage(data.flow_id, 'readiness'),
  });

const holdNotice = (
  data: EventData<'LegalHoldPlaced'> | EventData<'LegalHoldReleased'>,
  facts: NoticeFacts,
  kind: 'legal_hold_placed' | 'legal_hold_released',
): Notice[] => {
  const placed = kind === 'legal_hold_placed';
  const object = data.scope.kind === 'archive' ? `the archive of ${systemOf(facts)}` : systemOf(facts);
  return one({
    ...{ kind, urgency: placed ? 'act' : 'know', roles: ['operator', 'legal', 'data_owner'] },
    subject: `Legal hold ${placed ? 'placed' : 'released'}: ${object}`,
    text: `The legal hold of the matter ${quoted(data.matter)} on ${object} was ${placed ? 'placed' : 'released'}.`,
    whatToDo: placed
      ? 'Keep what is held: nothing of it is destroyed until legal releases it.'
      : 'Other holds may still stand; the list of holds says so.',
    link: systemPage(data.scope.system_id),
  });
};

const classificationSuggested = (data: EventData<'ClassificationSuggested'>, facts: NoticeFacts): Notice[] =>
  one({
    ...{ kind: 'classification_suggested', urgency: 'act', roles: ['operator'] },
    subject: `Classification suggested: ${systemOf(facts)}`,
    text: `A look at ${systemOf(facts)} suggests: ${data.data_classification.join(', ') || 'nothing sensitive'}. ${data.findings.length + data.findings_omitted} findings.`,
    whatToDo: 'Accept the suggestion, or what of it is right, or dismiss it with a reason. Nothing changes until then.',
    link: systemPage(data.system_id),
  });

const documentsMissing = (data: EventData<'ArchiveJobCompleted'> | EventData<'ArtifactWithdrawn'>, facts: NoticeFacts): Notice[] => {
  const { missingDocuments: missing } = facts;
  return missing.length === 0
    ? []
    : one({
        ...{ kind: 'documents_missing', urgency: 'act', roles: [...new Set(missing.flatMap(({ attachedBy }) => attachedBy))] },
        subject: `Documents missing: ${flowOf(facts)}`,
        text: `Every archive of ${flowOf(facts)} is there. Before its gate it still needs: ${missing.map(({ title }) => title).join(', ')}.`,
        whatToDo: missing.map(({ howToGet }) => howToGet).join(' '),
        link: flowPage(data.flow_id, 'artifacts'),
      });
};

type Telling = { [T in EventType]?: (data: EventData<T>, facts: NoticeFacts) => Notice[] };

/** Says nothing of an approval whose request is not known. */
const ofApproval =
  <D>(tell: (data: D, facts: NoticeFacts & { approval: NonNullable<NoticeFacts['approval']> }) => Notice[]) =>
  (data: D, facts: NoticeFacts): Notice[] =>
    facts.approval ? tell(data, { ...facts, approval: facts.approval }) : [];

const telling: Telling = {
  ApprovalRequested: ofApproval(approvals.requestedNotices),
  ApprovalReminded: ofApproval(approvals.remindedNotices),
  ApprovalEscalated: ofApproval(approvals.escalatedNotices),
  ApprovalDelegated: ofApproval(approvals.delegatedNotices),
  ApprovalVoided: ofApproval(approvals.voidedNotices),
  ApprovalExpired: ofApproval(approvals.expiredNotices),
  ApprovalGranted: ofApproval((data, facts) => approvals.decidedNotices(data, facts, 'granted')),
  ApprovalRejected: ofApproval((data, facts) => approvals.decidedNotices(data, facts, 'rejected')),
  ApprovalCommented: ofApproval(approvals.commentedNotices),
  IntegrityFailed: verificationFailed,
  AlertRaised: alertRaised,
  ShutdownObjectionRaised: objectionRaised,
  ArchiveJobFailed: jobFailed,
  ArchiveJobCompleted: documentsMissing,
  ArtifactWithdrawn: documentsMissing,
  PhaseTransitioned: gatePassed,
  TransitionAbandoned: gateAbandoned,
  LegalHoldPlaced: (data, facts) => holdNotice(data, facts, 'legal_hold_placed'),
  LegalHoldReleased: (data, facts) => holdNotice(data, facts, 'legal_hold_released'),
  ClassificationSuggested: classificationSuggested,
};

export const noticedTypes = Object.keys(telling) as EventType[];

/** What people are told of an event, whom it concerns and what they can do. Pure: everything about notifications derives from it. */
export function noticesOf(event: NotedEvent, facts: NoticeFacts): Notice[] {
  const tell = telling[event.type as EventType] as ((data: object, facts: NoticeFacts) => Notice[]) | undefined;
  return tell?.(event.data, facts) ?? [];
}
