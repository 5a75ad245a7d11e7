import { once } from 'node:events';
import type { LargeObject } from '@lastcopy/source-postgresql';
import { pack, type Pack } from 'tar-stream';
import type { BlockSink } from '../ports/archive-source.js';

/** The part of a snapshot that reads large objects. */
export interface LargeObjectReader {
  copyLargeObject(object: LargeObject, sink: (slice: Buffer) => Promise<void>): Promise<void>;
}

/** One time for all: the tar of the same objects is then the same bytes. */
const mtime = new Date(0);

async function addObject(tar: Pack, reader: LargeObjectReader, object: LargeObject, signal: AbortSignal): Promise<void> {
  const entry = tar.entry({ name: object.oid, size: object.size_bytes, mtime, mode: 0o600 });
  // What ends the tar ends its entries too, each with an error of its own that says nothing new.
  entry.on('error', () => undefined);
  const written = once(entry, 'finish', { signal });
  written.catch(() => undefined);
  await reader.copyLargeObject(object, async (slice) => {
    signal.throwIfAborted();
    if (!entry.write(slice)) await once(entry, 'drain', { signal });
  });
  entry.end(null);
  await written;
}

async function addAll(tar: Pack, reader: LargeObjectReader, objects: readonly LargeObject[], signal: AbortSignal): Promise<void> {
  try {
    for (const object of objects) await addObject(tar, reader, object, signal);
    tar.finalize();
  } catch (error) {
    tar.destroy(error as Error);
  }
}

/** Large objects as one tar, each a file named by its oid, streamed slice by slice. The first block counts all of them as its rows. */
export async function packLargeObjects(
  reader: LargeObjectReader,
  objects: readonly LargeObject[],
  sink: BlockSink,
  signal: AbortSignal,
): Promise<void> {
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  const tar = pack();
  const adding = addAll(tar, reader, objects, stop);
  try {
    let rows = objects.length;
    for await (const block of tar as AsyncIterable<Buffer>) {
      await sink(block, rows);
      rows = 0;
    }
    signal.throwIfAborted();
  } finally {
    ended.abort();
    await adding;
  }
}
