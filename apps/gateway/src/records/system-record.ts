import type { SystemConnectionTested, SystemRegistered } from '@lastcopy/contracts';
import { dataOf, type RecordFold } from './record-fold.js';
import { typesOf } from './record-of-event.js';

export interface SystemRecord extends SystemRegistered {
  connection: { passed: boolean; code: string | null; message: string; tested_at: string } | null;
  created_at: string;
  updated_at: string;
}

/** A system of the inventory and how its last connection test went. */
export const systemFold: RecordFold<SystemRecord> = {
  name: 'systems',
  types: typesOf('system'),
  keyOf: (event) => event.aggregate_id,
  begin: (event) => ({
    ...dataOf<SystemRegistered>(event),
    connection: null,
    created_at: event.occurred_at,
    updated_at: event.occurred_at,
  }),
  apply: (system, event) => {
    if (event.type === 'SystemRegistered') return { ...system, ...dataOf<SystemRegistered>(event), updated_at: event.occurred_at };
    const { passed, code, message } = dataOf<SystemConnectionTested>(event);
    return {
      ...system,
      connection: { passed, code: code ?? null, message, tested_at: event.occurred_at },
      updated_at: event.occurred_at,
    };
  },
};
