import type { HoldScope, Tenant } from '@lastcopy/contracts';
import { deterministicId } from '@lastcopy/eventing';

const sameMatter = (matter: string): string => matter.trim().replace(/\s+/g, ' ').toLowerCase();

/** The same matter on the same scope is the same hold, however it is spaced or spelt in upper and lower case. */
export const legalHoldId = ({ client_account_id, engagement_id }: Tenant, matter: string, { kind, system_id, job_id }: HoldScope): string =>
  deterministicId('legal_hold', client_account_id, engagement_id, kind, kind === 'archive' ? job_id! : system_id, sameMatter(matter));
