import { createHash } from 'node:crypto';
import { CodedError } from '@lastcopy/kernel';
import { quoted } from './directory-errors.js';
import type { IndexEntry, PackTotals } from './index-entry.js';
import { readIndex } from './read-index.js';
import { readPack, type PackedEntry } from './read-pack.js';

const mismatch = (path: string, message: string, details: Record<string, unknown> = {}): CodedError =>
  new CodedError('ARCHIVE_CONTENT_MISMATCH', `${quoted(path)}: ${message}`, { details: { path, ...details } });

/** Reads the content to its end and answers the entry with the size and digest that were really found. */
const measured = async ({ entry, content }: PackedEntry): Promise<IndexEntry> => {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of content) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return entry.kind === 'file' ? { ...entry, size_bytes: sizeBytes, sha256: hash.digest('hex') } : entry;
};

/** Compares every field that either side has: an index that says less than the pack is as wrong as one that says more. */
const assertSame = (expected: IndexEntry, actual: IndexEntry): void => {
  const fields = new Set([...Object.keys(expected), ...Object.keys(actual)]) as Set<keyof IndexEntry>;
  for (const field of fields) {
    if (expected[field] === actual[field]) continue;
    throw mismatch(expected.path, `${field} is ${actual[field] ?? 'absent'} in the pack, ${expected[field] ?? 'absent'} in the index.`, {
      field,
      expected: expected[field],
      actual: actual[field],
    });
  }
};

/**
 * Reads a pack and its index side by side and compares each entry: path, kind, mode, times, owner, link target, size and the SHA-256 of the
 * content as it was really read. Memory does not grow with the tree. Throws ARCHIVE_CONTENT_MISMATCH, naming the path, at the first difference.
 */
export const verifyPack = async (
  tar: AsyncIterable<Buffer>,
  index: AsyncIterable<Buffer>,
  options: { signal?: AbortSignal } = {},
): Promise<PackTotals> => {
  const totals = { entries: 0, files: 0, totalBytes: 0, excluded: 0 };
  const packed = readPack(tar);
  try {
    for await (const expected of readIndex(index)) {
      options.signal?.throwIfAborted();
      if (expected.excluded !== undefined) {
        totals.excluded += 1;
        continue;
      }
      const next = await packed.next();
      if (next.done) throw mismatch(expected.path, 'is in the index, but the pack ends before it.');
      const actual = await measured(next.value);
      assertSame(expected, actual);
      totals.entries += 1;
      if (actual.kind !== 'file') continue;
      totals.files += 1;
      totals.totalBytes += actual.size_bytes!;
    }
    const surplus = await packed.next();
    if (!surplus.done) throw mismatch(surplus.value.entry.path, 'is in the pack, but not in the index.');
  } finally {
    await packed.return(undefined);
  }
  return totals;
};
