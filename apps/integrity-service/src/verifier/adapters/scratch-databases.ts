import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { CodedError } from '@lastcopy/kernel';
import { dropDatabase, type PostgresConnection } from '@lastcopy/source-postgresql';

const dropWithinMs = 20_000;

/** Names like `pattern`. Throws the driver's error when the scratch server cannot be asked. */
export async function listScratch(admin: PostgresConnection, pattern: string): Promise<string[]> {
  const client = new Client({ ...admin, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>('select datname as name from pg_database where datname like $1', [pattern]);
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
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
