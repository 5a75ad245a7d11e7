import type { DataSource } from 'typeorm';
import { codedFailure } from './failures.js';
import { rowsOf, type SqlQuery } from './event-rows.js';
import { scopeSettings, type Scope } from './tenant-scope.js';

/** Advisory keys; they count within one database, so each service has its own. */
export const appendLockKey = 4_711_001;
export const leaderLockKey = 4_711_002;

/**
 * Runs `work` in one READ COMMITTED transaction over the rows of `scope`. A process frozen inside it is thrown out after 10 s, so that it cannot hold up the service.
 * Failures of the database reject with SERVICE_UNAVAILABLE.
 */
export async function inTransaction<T>(dataSource: DataSource, scope: Scope, work: (query: SqlQuery) => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction('READ COMMITTED');
    const query = rowsOf(runner);
    await query(
      `select set_config('lock_timeout', '10s', true), set_config('statement_timeout', '30s', true),
        set_config('idle_in_transaction_session_timeout', '10s', true), ${scopeSettings(scope)}`,
    );
    const result = await work(query);
    await runner.commitTransaction();
    return result;
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw codedFailure(error);
  } finally {
    await runner.release().catch(() => undefined);
  }
}

/**
 * As `inTransaction`, holding the lock under which positions are given out: so their order is the order of commits.
 * The lock is taken in a statement of its own: what later statements read is then as the holder before left it.
 */
export const inAppendTransaction = <T>(dataSource: DataSource, scope: Scope, work: (query: SqlQuery) => Promise<T>): Promise<T> =>
  inTransaction(dataSource, scope, async (query) => {
    await query('select pg_advisory_xact_lock($1)', [appendLockKey]);
    return work(query);
  });
