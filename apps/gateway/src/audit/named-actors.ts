import type { AuditEntry, Tenant } from '@lastcopy/contracts';

/** The names of a tenant's people by user id, as they last signed in. */
export type NamesOf = (tenant: Tenant) => Promise<ReadonlyMap<string, string>>;

/** The entries with the names of who acted, as far as they are known. */
export async function withNames(namesOf: NamesOf, tenant: Tenant, entries: readonly AuditEntry[]): Promise<AuditEntry[]> {
  const names = await namesOf(tenant);
  return entries.map((entry) => ({ ...entry, actor_name: names.get(entry.actor) ?? null }));
}

/** The same for a long list. */
export async function* withNamesOfAll(namesOf: NamesOf, tenant: Tenant, entries: AsyncIterable<AuditEntry>): AsyncGenerator<AuditEntry> {
  const names = await namesOf(tenant);
  for await (const entry of entries) yield { ...entry, actor_name: names.get(entry.actor) ?? null };
}
