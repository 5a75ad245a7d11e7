import { createHash } from 'node:crypto';
import { PassThrough, pipeline, Transform, type Duplex, type Readable } from 'node:stream';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import { formatLocation, type ObjectLocation, type ObjectStore } from '@lastcopy/object-store';
import { createDecompressor } from './compression.js';
import type { EncryptionContext } from './encryption-context.js';
import { codecOf } from './layout.js';
import { createDecryptor } from './message.js';
import type { ObjectRecord } from './part-writer.js';
import { assertStored, type ExpectedObject } from './stored-object.js';

const OUTPUT_BUFFER_BYTES = 2 * 1024 * 1024;

/** Passes chunks on and hands their number and digest to `check` at the end; what `check` throws ends the stream. */
function digesting(check: (bytes: number, sha256: string) => void): Transform {
  const hash = createHash('sha256');
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      hash.update(chunk);
      bytes += chunk.length;
      callback(null, chunk);
    },
    flush(callback) {
      try {
        check(bytes, hash.digest('hex'));
        callback();
      } catch (error) {
        callback(error as Error);
      }
    },
  });
}

async function openStored(store: ObjectStore, location: ObjectLocation, expected: ExpectedObject, signal?: AbortSignal): Promise<Readable> {
  const { sizeBytes, versionId, body } = await store.read(location, { versionId: expected.version_id, signal });
  const name = formatLocation(location);
  const wrongVersion = versionId !== undefined && versionId !== expected.version_id;
  if (!wrongVersion && sizeBytes === expected.stored_bytes) return body;
  body.destroy();
  const why = wrongVersion
    ? `the store answered with version ${versionId} when asked for ${expected.version_id}.`
    : `version ${expected.version_id} has ${sizeBytes} bytes; the manifest says ${expected.stored_bytes}.`;
  throw new CodedError('ARCHIVE_OBJECT_DAMAGED', `${name}: ${why}`);
}

/** Downloads one version and compares size and SHA-256. @throws ARCHIVE_OBJECT_MISSING, ARCHIVE_OBJECT_DAMAGED, STORE_* */
export async function checkDigest(
  store: ObjectStore,
  location: ObjectLocation,
  expected: ExpectedObject,
  signal?: AbortSignal,
): Promise<void> {
  const body = await openStored(store, location, expected, signal);
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of body) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  assertStored(location, expected, bytes, hash.digest('hex'));
}

export interface ObjectReading {
  readonly store: ObjectStore;
  readonly location: ObjectLocation;
  readonly record: Omit<ObjectRecord, 'rows'>;
  readonly archiveKey: Uint8Array;
  readonly context: EncryptionContext;
  readonly signal?: AbortSignal;
}

function assertPlain(location: ObjectLocation, record: ObjectReading['record'], bytes: number, sha256: string): void {
  if (bytes === record.plain_bytes && sha256 === record.plain_sha256) return;
  const said = `${record.plain_bytes} bytes, SHA-256 ${record.plain_sha256}`;
  throw new CodedError(
    'ARCHIVE_OBJECT_DAMAGED',
    `${formatLocation(location)} opens to ${bytes} bytes, SHA-256 ${sha256}; the manifest says ${said}.`,
  );
}

/** Whatever a decipher or a decompressor says, the object is not what was written. */
function asDamage(error: unknown, location: ObjectLocation, signal?: AbortSignal): unknown {
  if (signal?.aborted) return signal.reason;
  if (isCodedError(error)) return error;
  return new CodedError('ARCHIVE_OBJECT_DAMAGED', `${formatLocation(location)} does not open: ${(error as Error).message}`, {
    cause: error,
  });
}

/**
 * The plain text of one stored object. Nothing is yielded before the encryption context was compared, and each frame only once it was
 * authenticated; but the object is proven good only when the iteration ends without an error.
 */
export const readObject = (reading: ObjectReading): AsyncGenerator<Buffer> =>
  readMessage(reading, createDecompressor(codecOf(reading.record.path)));

/** The plain text of an object that was encrypted without being compressed; the same promises as `readObject`. */
export const readSealedObject = (reading: ObjectReading): AsyncGenerator<Buffer> => readMessage(reading, []);

async function* readMessage(reading: ObjectReading, decompressor: readonly Duplex[]): AsyncGenerator<Buffer> {
  const { store, location, record, archiveKey, context, signal } = reading;
  const name = formatLocation(location);
  const body = await openStored(store, location, record, signal);
  const stages: (Duplex | Readable)[] = [
    body,
    digesting((bytes, sha256) => assertStored(location, record, bytes, sha256)),
    ...createDecryptor({ archiveKey, expectedContext: context, name, storedBytes: record.stored_bytes }),
    ...decompressor,
    digesting((bytes, sha256) => assertPlain(location, record, bytes, sha256)),
  ];
  const output = new PassThrough({ highWaterMark: OUTPUT_BUFFER_BYTES });
  pipeline([...stages, output] as unknown as [NodeJS.ReadableStream, NodeJS.WritableStream], () => undefined);
  try {
    for await (const chunk of output) yield chunk as Buffer;
  } catch (error) {
    throw asDamage(error, location, signal);
  }
}
