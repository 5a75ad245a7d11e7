import type { ServiceName, Tenant } from '@lastcopy/contracts';
import type { EventStore } from './event-store.js';

/** Every tenant with events in a log: in the service's own, or in what was received of another service's. */
export const tenantsOf = (store: EventStore, source: ServiceName): Promise<Tenant[]> =>
  source === store.service
    ? store.query<Tenant>('select distinct client_account_id, engagement_id from events')
    : store.query<Tenant>('select distinct client_account_id, engagement_id from received_events where source = $1', [source]);
