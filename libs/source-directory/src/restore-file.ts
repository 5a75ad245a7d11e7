import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { CodedError } from '@lastcopy/kernel';
import { quoted } from './directory-errors.js';
import { nanosOf, type IndexEntry } from './index-entry.js';
import type { PackedEntry } from './read-pack.js';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;
export const runsAsRoot = process.getuid?.() === 0;

/** The platform takes seconds to the microsecond, but reads negative numbers as "now": times before 1970 go as dates, to the millisecond. */
export const fileTime = (mtime: string): number | Date => {
  const nanos = nanosOf(mtime);
  // Seconds as a number are seldom exact in binary and would often fall just short: the middle of the microsecond stays within it.
  return nanos < 0n ? new Date(Number(nanos / 1_000_000n)) : (Number(nanos / 1000n) + 0.5) / 1e6;
};

/** Owner first: a change of owner clears the set-user-id bits that the mode then sets. Times last: all else would move them. */
export const applyMetadata = async (handle: FileHandle, entry: IndexEntry): Promise<void> => {
  if (runsAsRoot) await handle.chown(entry.uid, entry.gid);
  await handle.chmod(parseInt(entry.mode, 8));
  const time = fileTime(entry.mtime);
  await handle.utimes(time, time);
};

const isZero = (chunk: Buffer): boolean => chunk[0] === 0 && chunk.equals(Buffer.alloc(chunk.length));

/** Writes all of the chunk: a single write may be short. */
const writeAll = async (handle: FileHandle, chunk: Buffer, position: number): Promise<void> => {
  for (let at = 0; at < chunk.length;) {
    const { bytesWritten } = await handle.write(chunk, at, chunk.length - at, position + at);
    at += bytesWritten;
  }
};

/** Writes one file that must not exist yet. Runs of zeros become holes, so that a sparse file needs no more room than it did. */
export const writeFile = async (at: Buffer, { entry, content }: PackedEntry): Promise<void> => {
  const handle = await open(at, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    let position = 0;
    for await (const chunk of content) {
      if (!isZero(chunk)) await writeAll(handle, chunk, position);
      position += chunk.length;
    }
    if (position !== entry.size_bytes) {
      throw new CodedError('ARCHIVE_CONTENT_MISMATCH', `${quoted(entry.path)} has ${position} of ${entry.size_bytes} bytes in the pack.`);
    }
    await handle.truncate(position);
    await applyMetadata(handle, entry);
  } finally {
    await handle.close();
  }
};
