import type { EventData, FlowInputKind } from '@lastcopy/contracts';
import { dataOf, type RecordFold } from './record-fold.js';
import { typesOf } from './record-of-event.js';

/** What a person submitted by hand; never changed afterwards. */
export interface FlowInputRecord {
  input_id: string;
  flow_id: string;
  kind: FlowInputKind;
  content: Record<string, unknown>;
  submitted_by: string;
  submitted_at: string;
}

export const flowInputFold: RecordFold<FlowInputRecord> = {
  name: 'flow_inputs',
  types: typesOf('flow_input'),
  keyOf: (event) => dataOf<EventData<'FlowInputSubmitted'>>(event).input_id,
  begin: (event) => ({ ...dataOf<EventData<'FlowInputSubmitted'>>(event), submitted_at: event.occurred_at }),
  apply: (input) => input,
};
