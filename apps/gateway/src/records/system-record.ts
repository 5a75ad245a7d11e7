import type { SystemConnectionTested, SystemRegistered, SystemRevised } from '@lastcopy/contracts';
import { assertNever } from '@lastcopy/kernel';
import { dataOf, type RecordFold } from './record-fold.js';
import { typeIn, typesOf } from './record-of-event.js';

export interface SystemRecord extends SystemRegistered {
  /** Which description this is, and which one brought the present source. */
  version: number;
  source_version: number;
  connection: { passed: boolean; code: string | null; message: string; tested_at: string } | null;
  created_at: string;
  updated_at: string;
}

function revised(system: SystemRecord, { reason, changed, ...description }: SystemRevised): SystemRecord {
  void reason;
  const source_version = changed.includes('source') ? description.version : system.source_version;
  // The test was of another source: it says nothing of this one.
  const connection = changed.includes('source') ? null : system.connection;
  return { ...system, ...description, source_version, connection };
}

function tested(system: SystemRecord, { passed, code, message }: SystemConnectionTested, tested_at: string): SystemRecord {
  return { ...system, connection: { passed, code: code ?? null, message, tested_at } };
}

/** A system of the inventory as it is described now, and how its last connection test went. */
export const systemFold: RecordFold<SystemRecord> = {
  name: 'systems',
  types: typesOf('system'),
  keyOf: (event) => event.aggregate_id,
  begin: (event) => ({
    ...dataOf<SystemRegistered>(event),
    ...{ version: 1, source_version: 1, connection: null },
    ...{ created_at: event.occurred_at, updated_at: event.occurred_at },
  }),
  apply: (before, event) => {
    const system = { ...before, updated_at: event.occurred_at };
    const type = typeIn('system', event.type);
    switch (type) {
      case null:
        return before;
      case 'SystemRegistered':
        return { ...system, ...dataOf<SystemRegistered>(event) };
      case 'SystemRevised':
        return revised(system, dataOf<SystemRevised>(event));
      case 'SystemConnectionTested':
        return tested(system, dataOf<SystemConnectionTested>(event), event.occurred_at);
      default:
        return assertNever(type);
    }
  },
};
