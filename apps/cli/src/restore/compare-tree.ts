import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { chmod, lstat, open, readlink } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { CodedError } from '@lastcopy/kernel';
import type { IndexEntry } from '@lastcopy/source-directory';

const runsAsRoot = process.getuid?.() === 0;
/** Only root may give away owners and the bits that depend on them. */
const comparedMode = runsAsRoot ? 0o7777 : 0o777;
/** Times are set to the microsecond, those before 1970 to the millisecond. */
const timeToleranceMs = 1;

export interface TreeTotals {
  entries: number;
  files: number;
  totalBytes: number;
  excluded: number;
}

const bytesOf = (text: string, base64: string | undefined): Buffer =>
  base64 === undefined ? Buffer.from(text) : Buffer.from(base64, 'base64');

const below = (root: string, path: Buffer): Buffer =>
  path.equals(Buffer.from('.')) ? Buffer.from(root) : Buffer.concat([Buffer.from(`${root}/`), path]);

function requireSame(entry: IndexEntry, field: string, expected: unknown, actual: unknown): void {
  if (expected === actual) return;
  throw new CodedError(
    'RESTORE_FAILED',
    `${JSON.stringify(entry.path)}: ${field} on the disk is ${String(actual)}, in the archive ${String(expected)}.`,
    {
      details: { path: entry.path, field },
    },
  );
}

const kindOf = (stat: BigIntStats): string =>
  stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : stat.isSymbolicLink() ? 'symlink' : 'other';

async function openReadable(at: Buffer, mode: number) {
  try {
    return await open(at, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
  }
  // archived as unreadable to its owner: opened for the moment of the check
  await chmod(at, mode | 0o400);
  try {
    return await open(at, 'r');
  } finally {
    await chmod(at, mode);
  }
}

async function digestOf(at: Buffer, mode: number): Promise<{ bytes: number; sha256: string }> {
  const handle = await openReadable(at, mode);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of handle.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 })) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
  } finally {
    await handle.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function compareContent(root: string, entry: IndexEntry, at: Buffer, stat: BigIntStats): Promise<void> {
  if (entry.kind === 'symlink') {
    const expected = bytesOf(entry.link_target!, entry.link_target_base64);
    requireSame(entry, 'link target', expected.toString('hex'), (await readlink(at, { encoding: 'buffer' })).toString('hex'));
  } else if (entry.kind === 'hardlink') {
    const other = await lstat(below(root, bytesOf(entry.link_target!, entry.link_target_base64)), { bigint: true });
    requireSame(entry, 'the linked file', other.ino, stat.ino);
  } else if (entry.kind === 'file') {
    const { bytes, sha256 } = await digestOf(at, Number(stat.mode) & 0o7777);
    requireSame(entry, 'size', entry.size_bytes, bytes);
    requireSame(entry, 'SHA-256', entry.sha256, sha256);
  }
}

async function compareEntry(root: string, entry: IndexEntry): Promise<void> {
  const at = below(root, bytesOf(entry.path, entry.path_base64));
  const stat = await lstat(at, { bigint: true });
  requireSame(entry, 'kind', entry.kind === 'hardlink' ? 'file' : entry.kind, kindOf(stat));
  if (entry.kind !== 'symlink') requireSame(entry, 'mode', parseInt(entry.mode, 8) & comparedMode, Number(stat.mode) & comparedMode);
  if (runsAsRoot) requireSame(entry, 'owner', `${entry.uid}:${entry.gid}`, `${stat.uid}:${stat.gid}`);
  const offMs = Math.abs(Number(stat.mtimeNs) / 1e6 - Date.parse(entry.mtime.replace(/(\.\d{3})\d*Z$/, '$1Z')));
  if (offMs > timeToleranceMs + 1) requireSame(entry, 'time', entry.mtime, new Date(Number(stat.mtimeMs)).toISOString());
  await compareContent(root, entry, at, stat);
}

/**
 * Reads a restored tree back from the disk and compares every entry of the index with it: kind, mode, time, owner (as root), link, size and
 * SHA-256. Answers what was compared. @throws RESTORE_FAILED naming the first entry that differs
 */
export async function compareTree(root: string, index: AsyncIterable<Buffer>, signal: AbortSignal): Promise<TreeTotals> {
  const totals: TreeTotals = { entries: 0, files: 0, totalBytes: 0, excluded: 0 };
  for await (const line of createInterface({ input: Readable.from(index, { objectMode: false }), crlfDelay: Infinity })) {
    signal.throwIfAborted();
    if (line === '') continue;
    const entry = JSON.parse(line) as IndexEntry;
    if (entry.excluded !== undefined) {
      totals.excluded += 1;
      continue;
    }
    await compareEntry(root, entry);
    totals.entries += 1;
    if (entry.kind !== 'file') continue;
    totals.files += 1;
    totals.totalBytes += entry.size_bytes!;
  }
  return totals;
}
