import { EventingTables } from './eventing-tables.js';
import { TenantProtection } from './tenant-protection.js';

/** The migrations of the event log: the first of every service. */
export const eventingMigrations = [EventingTables, TenantProtection];
