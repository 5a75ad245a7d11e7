import type { CommandContext } from '@lastcopy/eventing';
import type { Gateway } from '../gateway.js';
import type { Page, PageOf } from '../read-model/record-queries.js';
import { policyFold, type PolicyRecord } from '../records/policy-record.js';
import { afterWrite, type Pending } from './answers.js';

/** The tenant's policies; a tenant that has none yet gets the standard ones first. */
export async function standingPolicies<T>(
  gateway: Gateway,
  context: CommandContext,
  page: Page,
  view: (found: PageOf<PolicyRecord>) => T,
): Promise<T | Pending> {
  const { command_id, tenant, actor } = context;
  const found = await gateway.queries.list(policyFold, tenant, {}, page);
  if (found.total > 0) return view(found);
  const sent = await gateway.deps.commands.send('policy-service', 'EnsureTenantPolicies', {}, { command_id, tenant, actor });
  return afterWrite(gateway, sent.token, async () => view(await gateway.queries.list(policyFold, tenant, {}, page)));
}
