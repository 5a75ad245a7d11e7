import type { Archive } from '@lastcopy/archive-format';
import type { Proof } from '../proof.js';

/** Plain text of a data set, with progress. Its digests are compared on the way; it is proven only at its end. */
export async function* readCounted({ findings, progress, signal }: Proof, archive: Archive, path: string): AsyncGenerator<Buffer> {
  for await (const chunk of archive.readDataSet(path, { signal })) {
    progress.add(chunk.length);
    yield chunk;
  }
  for (const { stored_bytes } of archive.dataSet(path).objects) progress.storedBytes += stored_bytes;
  findings.read.add(path);
}

/** A document of the metadata. Throws ARCHIVE_OBJECT_DAMAGED when it is no JSON. */
export async function readDocument<T>({ findings, signal }: Proof, archive: Archive, path: string): Promise<T> {
  const document = await archive.readJson<T>(path, { signal });
  findings.read.add(path);
  return document;
}

/** Reads a data set to its end for its digests' sake. */
export async function readThrough(proof: Proof, archive: Archive, path: string): Promise<void> {
  for await (const chunk of readCounted(proof, archive, path)) void chunk;
}
