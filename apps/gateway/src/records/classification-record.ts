import type {
  ClassificationAccepted,
  ClassificationDismissed,
  ClassificationFact,
  ClassificationFailed,
  ClassificationFinding,
  ClassificationStatus,
  ClassificationSuggested,
  SampledFigures,
} from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';
import { assertNever } from '@lastcopy/kernel';
import { dataOf, type RecordFold } from './record-fold.js';
import { typeIn, typesOf } from './record-of-event.js';

export interface ClassificationRecord {
  suggestion_id: string;
  system_id: string;
  status: ClassificationStatus;
  system_version: number | null;
  data_classification: string[];
  compliance_requirements: string[];
  findings: ClassificationFinding[];
  findings_omitted: number;
  sampled: SampledFigures | null;
  explanation: string[];
  error_code: string | null;
  error_message: string | null;
  requested_by: string;
  requested_at: string;
  suggested_at: string | null;
  decided_by: string | null;
  decided_at: string | null;
  reason: string | null;
  accepted: string[];
}

const begun = (event: LoggedEvent): ClassificationRecord => ({
  suggestion_id: dataOf<ClassificationFact>(event).suggestion_id,
  ...{ system_id: event.aggregate_id, status: 'running', system_version: null },
  ...{ data_classification: [], compliance_requirements: [], findings: [], findings_omitted: 0, sampled: null, explanation: [] },
  ...{ error_code: null, error_message: null, requested_by: event.actor, requested_at: event.occurred_at },
  ...{ suggested_at: null, decided_by: null, decided_at: null, reason: null, accepted: [] },
});

/** One look at a system's source: what it suggests, and what a person made of it. */
export const classificationFold: RecordFold<ClassificationRecord> = {
  name: 'classifications',
  types: typesOf('classification'),
  keyOf: (event) => dataOf<ClassificationFact>(event).suggestion_id,
  begin: begun,
  apply: (look, event) => {
    const decided = { decided_by: event.actor, decided_at: event.occurred_at };
    const type = typeIn('classification', event.type);
    switch (type) {
      case null:
      case 'ClassificationRequested':
        return look;
      case 'ClassificationSuggested':
        return { ...look, ...dataOf<ClassificationSuggested>(event), status: 'suggested', suggested_at: event.occurred_at };
      case 'ClassificationFailed': {
        const { code, message } = dataOf<ClassificationFailed>(event);
        return { ...look, status: 'failed', error_code: code, error_message: message };
      }
      case 'ClassificationAccepted': {
        const { data_classification, compliance_requirements, reason = null } = dataOf<ClassificationAccepted>(event);
        return { ...look, ...decided, status: 'accepted', reason, accepted: [...data_classification, ...compliance_requirements] };
      }
      case 'ClassificationDismissed':
        return { ...look, ...decided, status: 'dismissed', reason: dataOf<ClassificationDismissed>(event).reason };
      default:
        return assertNever(type);
    }
  },
};
