import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { dataSetPaths } from '@lastcopy/contracts';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import type { LargeObject } from '@lastcopy/source-postgresql';

const wrong = (what: string, cause?: unknown): CodedError =>
  new CodedError('ARCHIVE_CONTENT_MISMATCH', `${dataSetPaths.largeObjects}: ${what}.`, { cause });

const explain = (error: unknown): unknown =>
  isCodedError(error) || (error as Error).name === 'AbortError' || 'syscall' in (error as Error)
    ? error
    : wrong(`it cannot be read as tar: ${(error as Error).message}`, error);

/**
 * Gives each large object of the pack to `take`, which must read it to its end. Names come from the schema, never from the tar, so that none
 * leads out of a folder. @throws ARCHIVE_CONTENT_MISMATCH unless the pack holds exactly the objects listed, in order and in full size
 */
export async function eachLargeObject(
  tar: AsyncIterable<Buffer>,
  listed: readonly LargeObject[],
  take: (object: LargeObject, content: AsyncIterable<Buffer>) => Promise<number>,
): Promise<void> {
  const source = Readable.from(tar, { objectMode: false });
  const unpack = extract();
  source.on('error', (error) => unpack.destroy(error));
  source.pipe(unpack);
  let seen = 0;
  try {
    for await (const entry of unpack) {
      const object = listed[seen];
      if (object?.oid !== entry.header.name)
        throw wrong(`object ${seen + 1} is ${entry.header.name}, in the schema ${object?.oid ?? 'none'}`);
      const bytes = await take(object, entry as AsyncIterable<Buffer>);
      if (bytes !== object.size_bytes) throw wrong(`object ${object.oid} has ${bytes} bytes, in the schema ${object.size_bytes}`);
      seen += 1;
    }
  } catch (error) {
    throw explain(error);
  } finally {
    source.destroy();
    unpack.destroy();
  }
  if (seen !== listed.length) throw wrong(`it holds ${seen} objects, the schema lists ${listed.length}`);
}
