import type { SystemRegistered, SystemRevised, Tenant } from '@lastcopy/contracts';
import type { InlineProjection, ServiceTransaction } from '@lastcopy/eventing';

/** Names of systems, unique in their tenant. */
export const systems: InlineProjection = {
  name: 'systems',
  async apply(tx, event) {
    if (event.type === 'SystemRevised') return rename(tx, event.data as SystemRevised);
    if (event.type !== 'SystemRegistered') return;
    const { system_id, system_name } = event.data as SystemRegistered;
    await tx.query('insert into systems (system_id, client_account_id, engagement_id, system_name) values ($1, $2, $3, $4)', [
      system_id,
      event.client_account_id,
      event.engagement_id,
      system_name,
    ]);
  },
};

async function rename(tx: ServiceTransaction, { system_id, system_name, changed }: SystemRevised): Promise<void> {
  if (changed.includes('system_name')) await tx.query('update systems set system_name = $2 where system_id = $1', [system_id, system_name]);
}

/** Id of the tenant's system of that name, letter case aside. */
export async function systemNamed(tx: ServiceTransaction, tenant: Tenant, name: string): Promise<string | undefined> {
  const [row] = await tx.query<{ system_id: string }>(
    'select system_id from systems where client_account_id = $1 and engagement_id = $2 and lower(system_name) = lower($3)',
    [tenant.client_account_id, tenant.engagement_id, name],
  );
  return row?.system_id;
}
