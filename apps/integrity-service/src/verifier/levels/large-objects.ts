import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import type { Archive } from '@lastcopy/archive-format';
import type { ReconciledLargeObjects } from '@lastcopy/contracts';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import { openSnapshot, restoreLargeObject, type LargeObject, type PostgresConnection } from '@lastcopy/source-postgresql';
import type { Proof } from '../proof.js';
import { readCounted } from './read-counted.js';

async function* hashing(hash: Hash, slices: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const slice of slices) {
    hash.update(slice);
    yield slice;
  }
}

/** One digest over all objects in order: their number is unbounded, so nothing is kept of each. */
const entryOf = (oid: string, bytes: number, sha256: string): string => `${oid} ${bytes} ${sha256}\n`;

/** tar-stream's own errors mean that the bytes are no sound tar; those of the archive and of the database keep their meaning. */
const unpackError = (error: unknown, path: string): unknown =>
  isCodedError(error) || (error as Error).name === 'AbortError'
    ? error
    : new CodedError('ARCHIVE_CONTENT_MISMATCH', `${path}: it cannot be read as tar: ${(error as Error).message}.`, { cause: error });

async function restoreAll(proof: Proof, archive: Archive, scratch: PostgresConnection, path: string, expected: readonly LargeObject[]) {
  const digest = createHash('sha256');
  const source = Readable.from(readCounted(proof, archive, path), { objectMode: false });
  const unpack = extract();
  source.on('error', (error) => unpack.destroy(error));
  source.pipe(unpack);
  let objects = 0;
  let totalBytes = 0;
  try {
    for await (const entry of unpack) {
      const { name } = entry.header;
      if (expected[objects]?.oid !== name)
        throw new CodedError('ARCHIVE_CONTENT_MISMATCH', `${path}: object ${objects + 1} is not the one that the schema lists.`);
      const hash = createHash('sha256');
      const bytes = await restoreLargeObject(scratch, name, hashing(hash, entry as AsyncIterable<Buffer>));
      digest.update(entryOf(name, bytes, hash.digest('hex')));
      objects += 1;
      totalBytes += bytes;
    }
  } catch (error) {
    throw unpackError(error, path);
  } finally {
    source.destroy();
    unpack.destroy();
  }
  return { objects, totalBytes, sha256: digest.digest('hex') };
}

async function digestRestored(proof: Proof, scratch: PostgresConnection): Promise<string> {
  const digest = createHash('sha256');
  const snapshot = await openSnapshot(scratch, { signal: proof.signal });
  try {
    for (const object of await snapshot.largeObjects()) {
      const hash = createHash('sha256');
      await snapshot.copyLargeObject(object, (slice) => Promise.resolve(void hash.update(slice)));
      digest.update(entryOf(object.oid, object.size_bytes, hash.digest('hex')));
    }
  } finally {
    await snapshot.close();
  }
  return digest.digest('hex');
}

/** Large objects come back under their oids with their bytes. */
export async function requireLargeObjects(
  proof: Proof,
  archive: Archive,
  scratch: PostgresConnection,
  listed: readonly LargeObject[],
  reconciled: ReconciledLargeObjects,
): Promise<void> {
  const path = reconciled.data_set;
  const restored = await restoreAll(proof, archive, scratch, path, listed);
  proof.findings.require('restored: large objects', reconciled.objects, restored.objects, path);
  proof.findings.require('restored: bytes of large objects', reconciled.total_bytes, restored.totalBytes, path);
  proof.findings.require('restored: digest of large objects', restored.sha256, await digestRestored(proof, scratch), path);
}
