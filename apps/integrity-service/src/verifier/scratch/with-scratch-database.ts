import { createScratchDatabase, type PostgresConnection, type SchemaDocument } from '@lastcopy/source-postgresql';
import type { Proof } from '../proof.js';
import { dropScratch, listScratch } from '../adapters/scratch-databases.js';
import { scratchName, scratchPattern } from './scratch-name.js';

/**
 * Gives `work` an empty database, and removes it whatever happens; what a dying process leaves is for the sweep. Databases of earlier claims of the
 * same verification are dropped first: a frozen verifier would otherwise keep plain text in one, and hold up the server.
 */
export async function withScratchDatabase<T>(
  { parts, claim, epoch, signal }: Proof,
  schema: SchemaDocument,
  work: (scratch: PostgresConnection) => Promise<T>,
): Promise<T> {
  const { scratchAdmin, logger } = parts;
  const name = scratchName(epoch, claim.verificationId, claim.claimNo);
  for (const stale of await listScratch(scratchAdmin, scratchPattern(epoch, claim.verificationId))) await dropScratch(scratchAdmin, stale);
  // whatever runs in it, an index over everything for instance, ends with it
  const giveUp = () => void dropScratch(scratchAdmin, name).catch(() => undefined);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await work(await createScratchDatabase(scratchAdmin, name, schema));
  } finally {
    signal.removeEventListener('abort', giveUp);
    await dropScratch(scratchAdmin, name).catch((error: unknown) => {
      logger.warn({ err: error, database: name }, 'a scratch database could not be dropped; the sweep will');
    });
  }
}
