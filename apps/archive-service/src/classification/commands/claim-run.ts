import { v7 as uuidV7 } from 'uuid';
import type { ClassificationFailed, ClassificationSuggested, SystemRegistered, Tenant } from '@lastcopy/contracts';
import { decideAndAppend, serviceActor, type CommandContext, type EventStore } from '@lastcopy/eventing';
import { errorRegistry, fold, type CodedError } from '@lastcopy/kernel';
import { systemDecider, type SystemEvent } from '../../system/domain/system.js';
import type { Look } from '../look-at-source.js';

/** A look that this process takes, and of what. */
export interface ClaimedRun {
  tenant: Tenant;
  suggestion_id: string;
  system_id: string;
  attempts: number;
  traceparent: string | null;
}

const claim = `
  update classification_runs set lease_owner = $1, lease_until = clock_timestamp() + $2 * interval '1 millisecond', attempts = attempts + 1
   where suggestion_id = (
     select suggestion_id from classification_runs where lease_until is null or lease_until < clock_timestamp()
      order by requested_at limit 1 for update skip locked)
  returning suggestion_id, client_account_id, engagement_id, system_id, attempts, traceparent`;

/** The next look to take, for as long as the lease lasts; null when there is none. */
export async function claimRun(store: EventStore, owner: string, leaseMs: number): Promise<ClaimedRun | null> {
  const [row] = await store.query<Omit<ClaimedRun, 'tenant'> & Tenant>(claim, [owner, leaseMs]);
  if (!row) return null;
  const { client_account_id, engagement_id, ...run } = row;
  return { tenant: { client_account_id, engagement_id }, ...run };
}

/** Gives the look back at once, uncounted: the process stops, or its database failed. Nothing when somebody else has it. */
export async function releaseRun(store: EventStore, { suggestion_id }: ClaimedRun, owner: string): Promise<void> {
  await store.query(
    `update classification_runs set lease_owner = null, lease_until = null, attempts = attempts - 1 where suggestion_id = $1 and lease_owner = $2`,
    [suggestion_id, owner],
  );
}

const contextOf = ({ tenant, traceparent }: ClaimedRun): CommandContext => ({
  ...{ command_id: uuidV7(), tenant, traceparent, actor: serviceActor('archive-service') },
});

/** The source as it is described now, and which description that is. */
export function sourceToLookAt(store: EventStore, run: ClaimedRun): Promise<{ system: SystemRegistered; version: number }> {
  return store.transact(contextOf(run), async (tx) => {
    const { events } = await tx.load('system', run.system_id);
    const { registered, version } = fold(systemDecider, events as readonly object[] as readonly SystemEvent[]);
    return { system: registered!, version };
  });
}

/** The suggestion becomes a fact, and the names of its places are kept beside it, in one transaction. */
export async function recordLook(store: EventStore, run: ClaimedRun, version: number, { places, ...look }: Look): Promise<void> {
  const { suggestion_id, system_id, tenant } = run;
  const suggestion: ClassificationSuggested = { suggestion_id, system_id, system_version: version, ...look };
  await store.transact(contextOf(run), async (tx) => {
    await tx.query(
      `insert into classification_places (suggestion_id, place, client_account_id, engagement_id, system_id, container, element)
       select $1, place, $2, $3, $4, container, element from unnest($5::text[], $6::text[], $7::text[]) named (place, container, element)
       on conflict do nothing`,
      [
        ...[suggestion_id, tenant.client_account_id, tenant.engagement_id, system_id],
        ...[places.map(({ place }) => place), places.map(({ container }) => container), places.map(({ element }) => element)],
      ],
    );
    return decideAndAppend(tx, systemDecider, 'system', system_id, { type: 'RecordSuggestion', suggestion });
  });
}

export async function recordFailure(
  store: EventStore,
  run: ClaimedRun,
  { code, message }: Pick<CodedError, 'code' | 'message'>,
): Promise<void> {
  const { suggestion_id, system_id } = run;
  const failure: ClassificationFailed = { suggestion_id, system_id, code, message, hint: errorRegistry[code].hint };
  await store.transact(contextOf(run), (tx) =>
    decideAndAppend(tx, systemDecider, 'system', system_id, { type: 'RecordClassificationFailure', failure }),
  );
}
