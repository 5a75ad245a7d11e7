import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { fileChanged, sourceError } from './directory-errors.js';
import { differenceOf, type WalkedEntry } from './walk-directory.js';

const readBytes = 1024 * 1024;

/** Reads one file's bytes and digests them. The digest is valid after the last chunk was taken. */
export class ContentReader {
  private readonly hash = createHash('sha256');

  constructor(
    private readonly entry: WalkedEntry,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Throws SOURCE_FILE_CHANGED when the file is not, to the end of reading, what the walk saw. */
  async *chunks(): AsyncGenerator<Buffer> {
    const { path, stat, name, folder } = this.entry;
    try {
      const handle = await folder.openFile(name);
      try {
        await this.assertSame(handle, stat);
        yield* this.read(handle, Number(stat.size));
        await this.assertSame(handle, stat);
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw sourceError(error, path.text);
    }
  }

  sha256(): string {
    return this.hash.digest('hex');
  }

  private async *read(handle: FileHandle, sizeBytes: number): AsyncGenerator<Buffer> {
    for (let position = 0; position < sizeBytes;) {
      this.signal?.throwIfAborted();
      const buffer = Buffer.allocUnsafe(Math.min(readBytes, sizeBytes - position));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) throw fileChanged(this.entry.path.text, `it ended at byte ${position} of ${sizeBytes}`);
      const chunk = buffer.subarray(0, bytesRead);
      this.hash.update(chunk);
      position += bytesRead;
      yield chunk;
    }
  }

  private async assertSame(handle: FileHandle, seen: BigIntStats): Promise<void> {
    const difference = differenceOf(seen, await handle.stat({ bigint: true }));
    if (difference) throw fileChanged(this.entry.path.text, difference);
  }
}
