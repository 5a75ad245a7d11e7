import { escapeLiteral } from 'pg';
import type { DataSource } from 'typeorm';
import type { Tenant } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { rowsOf, type Row, type SqlQuery } from './event-rows.js';

/** Whose rows a transaction sees and writes: one tenant's, those of all for the service's own work, or of none. */
export type Scope = Tenant | 'service' | 'none';

const frozenAfter = '10s';

function literal(name: string, value: string): string {
  if (value.includes('\u0000')) throw new CodedError('VALIDATION_FAILED', `The ${name} holds a character that no id has`);
  return escapeLiteral(value);
}

/** The set_config calls, comma-separated, that limit the rest of a transaction to `scope`. */
export function scopeSettings(scope: Scope): string {
  const settings =
    typeof scope === 'string'
      ? { scope, client_account_id: '', engagement_id: '' }
      : { scope: 'tenant', client_account_id: scope.client_account_id, engagement_id: scope.engagement_id };
  return Object.entries(settings)
    .map(([name, value]) => `set_config('lastcopy.${name}', ${literal(name, value)}, true)`)
    .join(', ');
}

/**
 * Runs one statement in `scope`. The scope is set in the message that opens the transaction, so that it costs one exchange with the
 * server, and the commit another; it ends with the transaction and cannot stay behind on a pooled connection.
 */
export async function queryInScope<R extends object = Row>(
  dataSource: DataSource,
  scope: Scope,
  sql: string,
  parameters?: unknown[],
): Promise<R[]> {
  const opening = `begin; select ${scopeSettings(scope)}, set_config('idle_in_transaction_session_timeout', '${frozenAfter}', true)`;
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query(opening);
    const rows = await rowsOf(runner)<R>(sql, parameters);
    await runner.query('commit');
    return rows;
  } catch (error) {
    await runner.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await runner.release().catch(() => undefined);
  }
}

export const queriesInScope =
  (dataSource: DataSource, scope: Scope): SqlQuery =>
  <R extends object>(sql: string, parameters?: unknown[]) =>
    queryInScope<R>(dataSource, scope, sql, parameters);
