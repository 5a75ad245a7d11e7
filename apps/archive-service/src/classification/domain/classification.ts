import type {
  ClassificationAccepted,
  ClassificationDismissed,
  ClassificationFact,
  ClassificationFailed,
  ClassificationRequested,
  ClassificationSuggested,
} from '@lastcopy/contracts';
import { assertNever, DomainError, type Event } from '@lastcopy/kernel';

export type ClassificationEvent =
  | Event<'ClassificationRequested', ClassificationRequested>
  | Event<'ClassificationSuggested', ClassificationSuggested>
  | Event<'ClassificationFailed', ClassificationFailed>
  | Event<'ClassificationAccepted', ClassificationAccepted>
  | Event<'ClassificationDismissed', ClassificationDismissed>;

export type ClassificationCommand =
  | ({ type: 'RequestClassification' } & ClassificationFact)
  | { type: 'RecordSuggestion'; suggestion: ClassificationSuggested }
  | { type: 'RecordClassificationFailure'; failure: ClassificationFailed }
  | ({
      type: 'AcceptClassification';
      data_classification: string[] | null;
      compliance_requirements: string[] | null;
      reason: string | null;
    } & ClassificationFact)
  | ({ type: 'DismissClassification'; reason: string } & ClassificationFact);

/** The latest look at the system's source. */
export interface Classification {
  readonly suggestion_id: string;
  readonly status: 'running' | 'suggested' | 'failed' | 'accepted' | 'dismissed';
  readonly suggestion: ClassificationSuggested | null;
}

const refused = (message: string): DomainError => new DomainError('CLASSIFICATION_STATE', message);

/** The suggestion that can be decided on now; null when that was decided the same way already. */
function openSuggestion(
  { suggestion_id, system_id }: ClassificationFact,
  latest: Classification | null,
  wanted: 'accepted' | 'dismissed',
): ClassificationSuggested | null {
  if (latest?.suggestion_id !== suggestion_id) {
    throw refused(`Suggestion ${suggestion_id} is not the latest of system ${system_id}: look at its classification again.`);
  }
  if (latest.status === wanted) return null;
  if (latest.status !== 'suggested') throw refused(`Suggestion ${suggestion_id} of system ${system_id} is ${latest.status}.`);
  return latest.suggestion;
}

type Accept = Extract<ClassificationCommand, { type: 'AcceptClassification' }>;

/** What of the suggestion a person accepts; null when it was accepted already. Errors: CLASSIFICATION_STATE, CLASSIFICATION_OUTDATED. */
export function acceptedOf(command: Accept, latest: Classification | null, sourceVersion: number): ClassificationAccepted | null {
  const { suggestion_id, system_id, reason } = command;
  const suggestion = openSuggestion(command, latest, 'accepted');
  if (!suggestion) return null;
  if (sourceVersion > suggestion.system_version) {
    throw new DomainError(
      'CLASSIFICATION_OUTDATED',
      `The source of system ${system_id} was revised (version ${sourceVersion}) after the look at version ${suggestion.system_version}.`,
    );
  }
  const data_classification = command.data_classification ?? suggestion.data_classification;
  const compliance_requirements = command.compliance_requirements ?? suggestion.compliance_requirements;
  return { suggestion_id, system_id, data_classification, compliance_requirements, reason };
}

type Unaccepted = Exclude<ClassificationCommand, Accept>;

/** Errors: CLASSIFICATION_STATE. Results of a look that is not under way any more decide nothing. */
export function decideClassification(command: Unaccepted, latest: Classification | null): ClassificationEvent[] {
  const underWay = (id: string) => latest?.status === 'running' && latest.suggestion_id === id;
  switch (command.type) {
    case 'RequestClassification': {
      const { system_id, suggestion_id } = command;
      const known = latest?.status === 'running' || latest?.suggestion_id === suggestion_id;
      return known ? [] : [{ type: 'ClassificationRequested', data: { suggestion_id, system_id } }];
    }
    case 'RecordSuggestion':
      return underWay(command.suggestion.suggestion_id) ? [{ type: 'ClassificationSuggested', data: command.suggestion }] : [];
    case 'RecordClassificationFailure':
      return underWay(command.failure.suggestion_id) ? [{ type: 'ClassificationFailed', data: command.failure }] : [];
    case 'DismissClassification': {
      const { suggestion_id, system_id, reason } = command;
      if (!openSuggestion(command, latest, 'dismissed')) return [];
      return [{ type: 'ClassificationDismissed', data: { suggestion_id, system_id, reason } }];
    }
    default:
      return assertNever(command);
  }
}

export function evolveClassification(latest: Classification | null, event: ClassificationEvent): Classification {
  const { suggestion_id } = event.data;
  const suggestion = latest?.suggestion ?? null;
  switch (event.type) {
    case 'ClassificationRequested':
      return { suggestion_id, status: 'running', suggestion: null };
    case 'ClassificationSuggested':
      return { suggestion_id, status: 'suggested', suggestion: event.data };
    case 'ClassificationFailed':
      return { suggestion_id, status: 'failed', suggestion };
    case 'ClassificationAccepted':
      return { suggestion_id, status: 'accepted', suggestion };
    case 'ClassificationDismissed':
      return { suggestion_id, status: 'dismissed', suggestion };
    default:
      return assertNever(event);
  }
}
