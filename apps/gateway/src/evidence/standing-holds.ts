import type { Tenant } from '@lastcopy/contracts';
import type { EventStore, LoggedEvent, SqlQuery } from '@lastcopy/eventing';
import { legalHoldFold, type LegalHoldRecord } from '../records/legal-hold-record.js';
import { foldAll } from '../records/record-fold.js';
import { partByContract, readEvents } from './flow-log.js';

export interface HoldsReading {
  /** Holds that stand on these systems or their archives, the oldest first. */
  holds: LegalHoldRecord[];
  malformed: LoggedEvent[];
}

/** What legal holds stand on some systems, straight from the log. A hold belongs to no flow: the system may be in several. */
export async function standingHolds(
  query: SqlQuery,
  store: EventStore,
  tenant: Tenant,
  systemIds: readonly string[],
): Promise<HoldsReading> {
  const condition = `type in ('LegalHoldPlaced', 'LegalHoldReleased') and data->'scope'->>'system_id' = any($3::text[])
    and client_account_id = $4 and engagement_id = $5`;
  const parameters = [systemIds, tenant.client_account_id, tenant.engagement_id];
  const { sound, malformed } = partByContract(await readEvents(query, store, condition, parameters));
  const holds = [...foldAll(legalHoldFold, sound).values()].filter(({ status }) => status === 'standing');
  return { holds, malformed };
}
