import { lchown, link, lutimes, mkdir, readdir, symlink } from 'node:fs/promises';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import { errnoOf, quoted } from './directory-errors.js';
import type { IndexEntry, PackTotals } from './index-entry.js';
import { OpenDirectory } from './open-directory.js';
import { fromStored } from './raw-name.js';
import { readPack, type PackedEntry } from './read-pack.js';
import { applyMetadata, fileTime, runsAsRoot, writeFile } from './restore-file.js';

const refused = (path: string, why: string, cause?: unknown): CodedError =>
  new CodedError('RESTORE_FAILED', `${quoted(path)} was not restored: ${why}.`, { cause, details: { path } });

/** The names on the way to an entry, as bytes; refuses all that could lead out of the target. */
const segmentsOf = (text: string, base64: string | undefined): string[] => {
  // Latin-1 keeps each byte as one character, so that splitting and comparing work on the bytes.
  const path = fromStored(text, base64).bytes.toString('latin1');
  if (path === '.') return [];
  const segments = path.split('/');
  const unsafe = segments.some((segment) => segment === '' || segment === '.' || segment === '..' || segment.includes('\0'));
  if (unsafe) throw refused(text, 'its path could lead outside the target; the pack was not made by this product');
  return segments;
};

const bytesOf = (segment: string): Buffer => Buffer.from(segment, 'latin1');

interface OpenLevel {
  readonly segment: string;
  readonly directory: OpenDirectory;
  readonly entry: IndexEntry | undefined;
}

/** Restores entries below one folder. Folders on the way to the current entry are held open, so that no link can take their place. */
class DirectoryRestorer {
  private readonly levels: OpenLevel[];
  private rootEntry: IndexEntry | undefined;

  constructor(private readonly root: OpenDirectory) {
    this.levels = [{ segment: '', directory: root, entry: undefined }];
  }

  async add(packed: PackedEntry): Promise<void> {
    const { entry } = packed;
    const segments = segmentsOf(entry.path, entry.path_base64);
    const name = segments.at(-1);
    if (name === undefined) {
      if (entry.kind !== 'directory' || this.rootEntry) throw refused(entry.path, 'it stands for the target itself');
      this.rootEntry = entry;
      return;
    }
    const parent = await this.enter(segments.slice(0, -1), entry.path);
    const at = parent.child(bytesOf(name));
    if (entry.kind === 'directory') await this.addDirectory(parent, name, entry);
    else if (entry.kind === 'file') await writeFile(at, packed);
    else if (entry.kind === 'symlink') await this.addSymlink(at, entry);
    else await this.addHardLink(at, entry);
  }

  /** Closes folders that are done, the target last; their times are set then, because each new child had moved them. */
  async finish(): Promise<void> {
    await this.leaveTo(1);
    if (this.rootEntry) await applyMetadata(this.root.handle, this.rootEntry);
  }

  async release(): Promise<void> {
    for (const level of this.levels.splice(0)) await level.directory.close();
  }

  private async enter(segments: readonly string[], path: string): Promise<OpenDirectory> {
    const depth = segments.length + 1;
    const known = segments.every((segment, index) => this.levels[index + 1]?.segment === segment);
    if (!known) throw refused(path, 'its folder does not come right before it in the pack, or is not a folder');
    await this.leaveTo(depth);
    return this.levels.at(-1)!.directory;
  }

  private async leaveTo(depth: number): Promise<void> {
    while (this.levels.length > depth) {
      const { directory, entry } = this.levels.pop()!;
      try {
        if (entry) await applyMetadata(directory.handle, entry);
      } finally {
        await directory.close();
      }
    }
  }

  private async addDirectory(parent: OpenDirectory, segment: string, entry: IndexEntry): Promise<void> {
    // Ours alone until its own mode is set: a folder that the archive holds as read-only must be filled first.
    await mkdir(parent.child(bytesOf(segment)), { mode: 0o700 });
    this.levels.push({ segment, directory: await parent.openDirectory(bytesOf(segment)), entry });
  }

  private async addSymlink(at: Buffer, entry: IndexEntry): Promise<void> {
    await symlink(fromStored(entry.link_target!, entry.link_target_base64).bytes, at);
    const time = fileTime(entry.mtime);
    await lutimes(at, time, time);
    if (runsAsRoot) await lchown(at, entry.uid, entry.gid);
  }

  private async addHardLink(at: Buffer, entry: IndexEntry): Promise<void> {
    const segments = segmentsOf(entry.link_target!, entry.link_target_base64);
    const name = segments.pop();
    if (name === undefined) throw refused(entry.path, 'it links to the target itself');
    const opened: OpenDirectory[] = [];
    try {
      let folder = this.root;
      for (const segment of segments) opened.push((folder = await folder.openDirectory(bytesOf(segment))));
      if (!(await folder.stat(bytesOf(name))).isFile()) throw refused(entry.path, 'it links to something that is not a file');
      await link(folder.child(bytesOf(name)), at);
    } finally {
      for (const folder of opened) await folder.close();
    }
  }
}

const openTarget = async (target: string): Promise<OpenDirectory> => {
  await mkdir(target, { recursive: true });
  const root = await OpenDirectory.open(Buffer.from(target));
  if ((await readdir(target)).length === 0) return root;
  await root.close();
  throw new CodedError('RESTORE_TARGET_NOT_EMPTY', `${quoted(target)} is not empty. Restore into an empty folder.`, {
    details: { target },
  });
};

/**
 * Restores a pack into `target`, which must be empty or absent: content, names to the byte, links, modes, times (to the microsecond), and
 * owners when run as root. Nothing is ever written outside `target` or through a link, whatever the pack says.
 * Throws RESTORE_TARGET_NOT_EMPTY, RESTORE_FAILED naming the path, or ARCHIVE_CONTENT_MISMATCH for a damaged pack.
 */
export const restoreDirectory = async (
  tar: AsyncIterable<Buffer>,
  target: string,
  options: { signal?: AbortSignal } = {},
): Promise<PackTotals> => {
  const restorer = new DirectoryRestorer(await openTarget(target));
  const totals = { entries: 0, files: 0, totalBytes: 0, excluded: 0 };
  let path = '.';
  try {
    for await (const packed of readPack(tar)) {
      options.signal?.throwIfAborted();
      path = packed.entry.path;
      await restorer.add(packed);
      totals.entries += 1;
      if (packed.entry.kind !== 'file') continue;
      totals.files += 1;
      totals.totalBytes += packed.entry.size_bytes!;
    }
    await restorer.finish();
  } catch (error) {
    if (isCodedError(error) || errnoOf(error) === undefined || (error as Error).name === 'AbortError') throw error;
    throw refused(path, `the file system answered ${errnoOf(error)}`, error);
  } finally {
    await restorer.release();
  }
  return totals;
};
