import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

const readAheadBytes = 256 * 1024;

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const writeAll = async (handle: FileHandle, chunk: Buffer): Promise<void> => {
  for (let at = 0; at < chunk.length;) at += (await handle.write(chunk, at)).bytesWritten;
};

/** Bytes on their way into the store: invisible until `keep`, gone after `discard`. */
export interface IncomingBlob {
  write(chunk: Buffer): Promise<void>;
  /** Makes the bytes durable and answers the name they are kept under. */
  keep(): Promise<string>;
  discard(): Promise<void>;
}

/**
 * The bytes of objects and parts, one file each under a random name: no name ever comes from a key.
 * A blob is on the disk before the index names it, so that a crash leaves unnamed files (swept at the start), never a name without bytes.
 */
export class BlobFiles {
  private readonly incoming: string;
  private readonly blobs: string;
  private readonly knownFolders = new Set<string>();

  constructor(private readonly dir: string) {
    this.incoming = path.join(dir, 'incoming');
    this.blobs = path.join(dir, 'blobs');
  }

  async prepare(): Promise<void> {
    await rm(this.incoming, { recursive: true, force: true });
    for (const folder of [this.incoming, this.blobs]) await mkdir(folder, { recursive: true });
    await syncFolder(this.dir);
  }

  private pathOf(blob: string): string {
    return path.join(this.blobs, blob.slice(0, 2), blob);
  }

  async receive(): Promise<IncomingBlob> {
    const name = randomBytes(16).toString('hex');
    const temporary = path.join(this.incoming, name);
    const handle = await open(temporary, 'wx', 0o600);
    const discard = async (): Promise<void> => {
      await handle.close().catch(() => undefined);
      await rm(temporary, { force: true });
    };
    const keep = async (): Promise<string> => {
      await handle.sync();
      await handle.close();
      const folder = path.dirname(this.pathOf(name));
      await this.makeFolder(folder);
      await rename(temporary, this.pathOf(name));
      await syncFolder(folder);
      return name;
    };
    return { write: (chunk) => writeAll(handle, chunk), keep, discard };
  }

  private async makeFolder(folder: string): Promise<void> {
    if (this.knownFolders.has(folder)) return;
    await mkdir(folder, { recursive: true });
    await syncFolder(this.blobs);
    this.knownFolders.add(folder);
  }

  /** Streams bytes `from` (inclusive) to `to` (inclusive) of one blob. */
  read(blob: string, from: number, to: number): AsyncIterable<Buffer> {
    return createReadStream(this.pathOf(blob), { start: from, end: to, highWaterMark: readAheadBytes });
  }

  /** The size of the blob's file, in bytes. Throws ENOENT when it is gone. */
  async sizeBytes(blob: string): Promise<number> {
    const handle = await open(this.pathOf(blob), 'r');
    try {
      return (await handle.stat()).size;
    } finally {
      await handle.close();
    }
  }

  async remove(blobs: readonly string[]): Promise<void> {
    for (const blob of blobs) await rm(this.pathOf(blob), { force: true });
  }

  /** Removes every file that the index does not name: what a crash left between the file and its commit. */
  async sweep(isNamed: (blob: string) => boolean): Promise<void> {
    for await (const folder of await opendir(this.blobs)) {
      // What a file browser or a file system leaves there is not ours to judge.
      if (!folder.isDirectory()) continue;
      for await (const file of await opendir(path.join(this.blobs, folder.name))) {
        if (!isNamed(file.name)) await rm(path.join(this.blobs, folder.name, file.name), { force: true });
      }
    }
  }
}
