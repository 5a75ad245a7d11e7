import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { CodedError } from '@lastcopy/kernel';

export interface WrittenFile {
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

const PAYLOAD = 'data/';
const MANIFEST = 'manifest-sha256.txt';
const TAG_MANIFEST = 'tagmanifest-sha256.txt';
const bagItText = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

const line = ({ sha256 }: WrittenFile, name: string): string =>
  `${sha256}  ${name.replaceAll('%', '%25').replaceAll('\n', '%0A').replaceAll('\r', '%0D')}\n`;

/** Writes all chunks into a new file and makes sure that they are on the disk. */
async function writeNew(file: string, chunks: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<WrittenFile> {
  const handle = await open(file, 'w', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      hash.update(chunk);
      await writeAll(handle, chunk);
      bytes += chunk.length;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** One write may be short. */
async function writeAll(handle: FileHandle, chunk: Buffer): Promise<void> {
  for (let at = 0; at < chunk.length;) at += (await handle.write(chunk, at, chunk.length - at)).bytesWritten;
}

/** A BagIt 1.0 bag (RFC 8493) as it grows. Names are ours, relative and with `/`; those under `data/` are its payload. */
export class Bag {
  private readonly files = new Map<string, WrittenFile>();

  constructor(private readonly root: string) {}

  at(name: string): string {
    return path.join(this.root, ...name.split('/'));
  }

  /** Writes, or writes anew, one file of the bag. */
  async write(name: string, chunks: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<WrittenFile> {
    this.files.delete(name);
    await mkdir(path.dirname(this.at(name)), { recursive: true, mode: 0o700 });
    const written = await writeNew(this.at(name), chunks);
    this.files.set(name, written);
    return written;
  }

  /** Reads a written file back. */
  read(name: string): AsyncIterable<Buffer> {
    return createReadStream(this.at(name), { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>;
  }

  /** Forgets the files of a folder that is written again from its beginning. */
  forget(folder: string): void {
    for (const name of this.files.keys()) if (name.startsWith(`${folder}/`)) this.files.delete(name);
  }

  /**
   * Writes the tag files, `bagit.txt` last. `info` becomes `bag-info.txt`, with the Payload-Oxum added.
   * @throws RESTORE_FAILED when the payload's folder holds anything that was not written through this bag
   */
  async finish(info: readonly (readonly [label: string, value: string])[]): Promise<void> {
    await mkdir(this.at('data'), { recursive: true, mode: 0o700 });
    const payload = this.entries((name) => name.startsWith(PAYLOAD));
    await this.assertOnly(new Set(payload.map(([name]) => name)));
    const bytes = payload.reduce((sum, [, file]) => sum + file.bytes, 0);
    const lines = [...info, ['Payload-Oxum', `${bytes}.${payload.length}`] as const];
    await this.write(
      MANIFEST,
      (function* () {
        for (const [name, file] of payload) yield Buffer.from(line(file, name));
      })(),
    );
    await this.write('bag-info.txt', [
      Buffer.from(lines.map(([label, value]) => `${label}: ${value.replace(/[\r\n]+/g, ' ')}\n`).join('')),
    ]);
    const declaration = Buffer.from(bagItText);
    this.files.set('bagit.txt', { bytes: declaration.length, sha256: createHash('sha256').update(declaration).digest('hex') });
    const tags = this.entries((name) => !name.startsWith(PAYLOAD));
    await this.write(TAG_MANIFEST, [Buffer.from(tags.map(([name, file]) => line(file, name)).join(''))]);
    await this.write('bagit.txt', [declaration]);
  }

  private entries(belongs: (name: string) => boolean): [string, WrittenFile][] {
    return [...this.files].filter(([name]) => belongs(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private async assertOnly(names: ReadonlySet<string>): Promise<void> {
    for (const entry of await readdir(this.at('data'), { withFileTypes: true, recursive: true })) {
      if (entry.isDirectory()) continue;
      const name = path.relative(this.root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/');
      if (!names.has(name))
        throw new CodedError('RESTORE_FAILED', `${this.at(name)} appeared while the restore ran: nothing else may write there.`);
    }
  }
}
