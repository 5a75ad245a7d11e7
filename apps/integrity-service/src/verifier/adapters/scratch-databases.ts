import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { CodedError } from '@lastcopy/kernel';
import { describeConnection, dropDatabase, type PostgresConnection } from '@lastcopy/source-postgresql';

const dropWithinMs = 20_000;

async function namesLike(client: Client, pattern: string): Promise<string[]> {
  await client.connect();
  const { rows } = await client.query<{ name: string }>('select datname as name from pg_database where datname like $1', [pattern]);
  return rows.map(({ name }) => name);
}

/** Names like `pattern`. Throws VERIFICATION_UNAVAILABLE when the scratch server cannot be asked. */
export async function listScratch(admin: PostgresConnection, pattern: string): Promise<string[]> {
  const client = new Client({ ...admin, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    return await namesLike(client, pattern);
  } catch (cause) {
    const why = `The scratch server (${describeConnection(admin)}) cannot be asked for its databases: ${(cause as Error).message}`;
    throw new CodedError('VERIFICATION_UNAVAILABLE', why, { cause });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Drops a scratch database. PostgreSQL lets every DROP DATABASE of a server wait for each session in COPY FROM STDIN whose client has fallen
 * silent, so it is not waited for without end: throws VERIFICATION_UNAVAILABLE then, and the sweep tries again.
 */
export async function dropScratch(admin: PostgresConnection, name: string): Promise<void> {
  const over = new AbortController();
  const dropping = dropDatabase(admin, name);
  dropping.catch(() => undefined);
  const late = delay(dropWithinMs, undefined, { signal: over.signal }).then(() => {
    throw new CodedError('VERIFICATION_UNAVAILABLE', `Dropping the database ${name} took more than ${dropWithinMs} ms.`);
  });
  late.catch(() => undefined);
  try {
    await Promise.race([dropping, late]);
  } finally {
    over.abort();
  }
}
