import type { AlertRaised } from '@lastcopy/contracts';
import { dataOf, type RecordFold } from './record-fold.js';
import { typesOf } from './record-of-event.js';

export interface AlertRecord extends AlertRaised {
  source: string;
  raised_at: string;
  /** Where it stands in this service's log: a verification after it answers it. */
  log_seq: number;
}

export const alertFold: RecordFold<AlertRecord> = {
  name: 'alerts',
  types: typesOf('alert'),
  keyOf: (event) => (event.data as AlertRaised).alert_id,
  begin: (event) => ({ ...dataOf<AlertRaised>(event), source: event.source, raised_at: event.occurred_at, log_seq: event.log_seq }),
  apply: (alert) => alert,
};
