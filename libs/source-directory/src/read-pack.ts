import { Readable } from 'node:stream';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import { extract as tarExtract } from 'tar-stream';
import { quoted } from './directory-errors.js';
import type { IndexEntry } from './index-entry.js';
import { entryOfHeader, type PaxHeader } from './tar-entry.js';

/** An entry as the pack tells it. `content` must be taken to its end before the next entry is asked for. */
export interface PackedEntry {
  readonly entry: IndexEntry;
  readonly content: AsyncIterable<Buffer>;
}

const damaged = (message: string, cause?: unknown): CodedError => new CodedError('ARCHIVE_CONTENT_MISMATCH', message, { cause });

/** An error that is tar-stream's own means that the bytes are no sound tar. */
const packError = (error: unknown, lastPath: string): unknown => {
  if (isCodedError(error) || (error as Error).name === 'AbortError') return error;
  return damaged(`The pack cannot be read as tar after ${quoted(lastPath)}: ${(error as Error).message}.`, error);
};

/**
 * The entries of a pack in their order. Throws ARCHIVE_CONTENT_MISMATCH for a stream that is cut or no tar, and whatever `tar` throws.
 */
export async function* readPack(tar: AsyncIterable<Buffer>): AsyncGenerator<PackedEntry> {
  const extract = tarExtract();
  let sourceFailure: { readonly error: unknown } | undefined;
  const guarded = async function* () {
    try {
      yield* tar;
    } catch (error) {
      sourceFailure = { error };
      throw error;
    }
  };
  const source = Readable.from(guarded(), { objectMode: false, highWaterMark: 1024 * 1024 });
  source.on('error', (error) => extract.destroy(error));
  extract.on('error', () => undefined);
  extract.on('close', () => source.destroy());
  source.pipe(extract);
  let lastPath = '';
  const explain = (error: unknown) => (sourceFailure ? sourceFailure.error : packError(error, lastPath));
  const contentOf = async function* (packed: AsyncIterable<Buffer>) {
    try {
      yield* packed;
    } catch (error) {
      throw explain(error);
    }
  };
  try {
    for await (const packed of extract) {
      const entry = entryOfHeader(packed.header as PaxHeader);
      lastPath = packed.header.name;
      if (!entry) throw damaged(`The pack holds ${quoted(lastPath)} of a kind that packs never hold (${packed.header.type}).`);
      yield { entry, content: contentOf(packed as AsyncIterable<Buffer>) };
      // A consumer that has no use for the bytes still has to get past them.
      packed.resume();
    }
  } catch (error) {
    throw explain(error);
  } finally {
    extract.destroy();
  }
}
