import type { EventData, HoldScope } from '@lastcopy/contracts';
import { assertNever } from '@lastcopy/kernel';
import { dataOf, type RecordFold } from './record-fold.js';
import { typeIn, typesOf } from './record-of-event.js';

export interface LegalHoldRecord {
  hold_id: string;
  matter: string;
  scope: HoldScope;
  status: 'standing' | 'released';
  reason: string;
  reference: string | null;
  placed_by: string;
  placed_at: string;
  release_reason: string | null;
  released_by: string | null;
  released_at: string | null;
}

const placed = (data: EventData<'LegalHoldPlaced'>, placed_at: string): LegalHoldRecord => ({
  ...{ hold_id: data.hold_id, matter: data.matter, scope: data.scope, status: 'standing' },
  ...{ reason: data.reason, reference: data.reference ?? null, placed_by: data.placed_by, placed_at },
  ...{ release_reason: null, released_by: null, released_at: null },
});

/** One matter's hold on one system or archive, as it stands. */
export const legalHoldFold: RecordFold<LegalHoldRecord> = {
  name: 'legal_holds',
  types: typesOf('hold'),
  keyOf: (event) => event.aggregate_id,
  begin: (event) => placed(dataOf<EventData<'LegalHoldPlaced'>>(event), event.occurred_at),
  apply(hold, event) {
    const type = typeIn('hold', event.type);
    switch (type) {
      case null:
        return hold;
      case 'LegalHoldPlaced':
        return placed(dataOf<EventData<'LegalHoldPlaced'>>(event), event.occurred_at);
      case 'LegalHoldReleased': {
        const { reason, released_by } = dataOf<EventData<'LegalHoldReleased'>>(event);
        return { ...hold, status: 'released', release_reason: reason, released_by, released_at: event.occurred_at };
      }
      default:
        return assertNever(type);
    }
  },
};
