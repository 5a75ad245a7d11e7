import { constants, existsSync, type BigIntStats } from 'node:fs';
import { lstat, open, readdir, readlink, type FileHandle } from 'node:fs/promises';

const slash = Buffer.from('/');
const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY, O_NONBLOCK } = constants;
/**
 * On Linux a child is reached through its folder's descriptor, which is openat(2) in all but name: a folder that is swapped for a link
 * meanwhile cannot lead elsewhere, and paths may be longer than PATH_MAX. Elsewhere the joined path has to do.
 */
const descriptors = '/proc/self/fd';
const reachesByDescriptor = existsSync(descriptors);

/** A folder that is held open. Whatever the name of a child is, it is never followed if it is a link. */
export class OpenDirectory {
  private constructor(
    readonly handle: FileHandle,
    private readonly location: Buffer,
  ) {}

  static async open(location: Buffer): Promise<OpenDirectory> {
    const handle = await open(location, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    return new OpenDirectory(handle, reachesByDescriptor ? Buffer.from(`${descriptors}/${handle.fd}`) : location);
  }

  child(name: Buffer): Buffer {
    return Buffer.concat([this.location, slash, name]);
  }

  openDirectory(name: Buffer): Promise<OpenDirectory> {
    return OpenDirectory.open(this.child(name));
  }

  /** Never blocks: a pipe that took a file's place would otherwise wait for a writer for ever. */
  openFile(name: Buffer): Promise<FileHandle> {
    return open(this.child(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  }

  stat(name: Buffer): Promise<BigIntStats> {
    return lstat(this.child(name), { bigint: true });
  }

  statSelf(): Promise<BigIntStats> {
    return this.handle.stat({ bigint: true });
  }

  linkTarget(name: Buffer): Promise<Buffer> {
    return readlink(this.child(name), { encoding: 'buffer' });
  }

  /** Names in the order of their bytes, the same on every machine and locale. */
  async names(): Promise<Buffer[]> {
    const names = await readdir(this.location, { encoding: 'buffer' });
    return names.sort((a, b) => Buffer.compare(a, b));
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}
