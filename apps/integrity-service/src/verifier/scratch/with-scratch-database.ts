import type { EventingLogger } from '@lastcopy/eventing';
import { createScratchDatabase, dropDatabase, type PostgresConnection, type SchemaDocument } from '@lastcopy/source-postgresql';

/** Gives `work` an empty database, and removes it whatever happens; what a dying process leaves is for the sweep. */
export async function withScratchDatabase<T>(
  admin: PostgresConnection,
  name: string,
  schema: SchemaDocument,
  logger: EventingLogger,
  work: (scratch: PostgresConnection) => Promise<T>,
): Promise<T> {
  try {
    return await work(await createScratchDatabase(admin, name, schema));
  } finally {
    await dropDatabase(admin, name).catch((error: unknown) => {
      logger.warn({ err: error, database: name }, 'a scratch database could not be dropped; the sweep will');
    });
  }
}
