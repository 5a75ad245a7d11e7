import pg from 'pg';
import type { Stack } from '../system/stack.js';

/** Whoever wrote is not kept waiting for long while nothing can be shown. */
const soon = { READ_YOUR_WRITES_MS: 500 };

/**
 * Holds what the gateway shows where it is: commands are carried out, and nothing of them can be read. Answers what lets it go on.
 */
export async function standStill({ infrastructure, services }: Stack): Promise<() => Promise<void>> {
  const { config, eventing } = services.gateway.deps;
  const client = new pg.Client({ connectionString: infrastructure.databases.gateway.MIGRATION_DATABASE_URL });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = $1`,
    [eventing.tableSchema('read_model')],
  );
  await client.query('begin');
  // Readers are let through, writers wait.
  await client.query(`lock table ${rows.map(({ name }) => name).join(', ')} in share mode`);
  const before = { ...config };
  Object.assign(config, soon);
  return async () => {
    Object.assign(config, before);
    await client.query('commit');
    await client.end();
  };
}
