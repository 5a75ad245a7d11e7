import type { AccountNames } from './account-names.js';
import { readAccountNames } from './account-names.js';
import { BlockCutter, type BlockSink } from './block-cutter.js';
import { ContentReader } from './content-reader.js';
import { DirectoryFingerprint } from './directory-fingerprint.js';
import { modeText, timestampOf, type IndexEntry, type PackTotals } from './index-entry.js';
import { openRoot } from './open-root.js';
import { base64Of, rawName, type RawName } from './raw-name.js';
import type { PackedKind } from './tar-entry.js';
import { TarWriter } from './tar-writer.js';
import { walkDirectory, type WalkedEntry } from './walk-directory.js';

export interface PackSinks {
  /** The tar stream. */
  readonly tar: BlockSink;
  /** The index, one JSON object a line. */
  readonly index: BlockSink;
}

export interface PackOptions {
  readonly signal?: AbortSignal;
  /** Size of the blocks of the tar stream; 4 MiB by default. */
  readonly blockBytes?: number;
}

const defaultBlockBytes = 4 * 1024 * 1024;
const indexBlockBytes = 256 * 1024;
const excludedReasons: Partial<Record<WalkedEntry['kind'], string>> = {
  socket: 'a socket holds no data',
  fifo: 'a named pipe holds no data at rest',
  character_device: 'a device node holds no data of its own',
  block_device: 'a device node holds no data of its own',
};

const linkFields = (target: RawName) => {
  const base64 = base64Of(target);
  return { link_target: target.text, ...(base64 === undefined ? {} : { link_target_base64: base64 }) };
};

/** One run over one tree: what was met, and where the content of hard-linked files is. */
class DirectoryPacker {
  readonly totals = { entries: 0, files: 0, totalBytes: 0, excluded: 0 };
  readonly fingerprint = new DirectoryFingerprint();
  /** By device and inode; an inode leaves when its last link was met, so only trees with links to outside keep any. */
  private readonly linked = new Map<string, { path: RawName; left: bigint }>();

  constructor(
    private readonly tar: TarWriter,
    private readonly index: BlockCutter,
    private readonly accounts: AccountNames,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async add(entry: WalkedEntry): Promise<void> {
    this.signal?.throwIfAborted();
    this.fingerprint.add(entry);
    const described = this.describe(entry);
    const excluded = excludedReasons[entry.kind];
    if (excluded) {
      this.totals.excluded += 1;
      return this.addLine({ ...described, excluded });
    }
    this.totals.entries += 1;
    const first = this.firstLink(entry);
    if (first) return this.addPlain({ ...described, kind: 'hardlink', ...linkFields(first) });
    if (entry.kind === 'file') return this.addFile(entry, described);
    if (entry.kind === 'directory') return this.addPlain({ ...described, kind: 'directory' });
    return this.addPlain({ ...described, kind: 'symlink', ...linkFields(rawName(await entry.folder.linkTarget(entry.name))) });
  }

  private describe({ path, stat, kind }: WalkedEntry): IndexEntry {
    const base64 = base64Of(path);
    const [uid, gid] = [Number(stat.uid), Number(stat.gid)];
    const [owner, group] = [this.accounts.owners.get(uid), this.accounts.groups.get(gid)];
    return {
      path: path.text,
      ...(base64 === undefined ? {} : { path_base64: base64 }),
      kind,
      mode: modeText(Number(stat.mode)),
      mtime: timestampOf(stat.mtimeNs),
      uid,
      gid,
      ...(owner === undefined ? {} : { owner }),
      ...(group === undefined ? {} : { group }),
    };
  }

  private firstLink({ kind, stat, path }: WalkedEntry): RawName | undefined {
    if (kind !== 'file' || stat.nlink < 2n) return undefined;
    const key = `${stat.dev}:${stat.ino}`;
    const known = this.linked.get(key);
    if (!known) {
      this.linked.set(key, { path, left: stat.nlink - 1n });
      return undefined;
    }
    known.left -= 1n;
    if (known.left === 0n) this.linked.delete(key);
    return known.path;
  }

  private async addPlain(entry: IndexEntry & { kind: PackedKind }): Promise<void> {
    await this.tar.write(entry);
    await this.addLine(entry);
  }

  private async addFile(walked: WalkedEntry, described: IndexEntry): Promise<void> {
    const entry = { ...described, kind: 'file' as const, size_bytes: Number(walked.stat.size) };
    const content = new ContentReader(walked, this.signal);
    await this.tar.write(entry, content.chunks());
    this.totals.files += 1;
    this.totals.totalBytes += entry.size_bytes;
    await this.addLine({ ...entry, sha256: content.sha256() });
  }

  private async addLine(entry: IndexEntry): Promise<void> {
    this.index.countEntry();
    await this.index.write(Buffer.from(`${JSON.stringify(entry)}\n`));
  }
}

/**
 * Packs the tree below `root` into one tar stream and an index, both in depth-first order of name bytes, with bounded memory.
 * Answers totals and the fingerprint of what was read (compare it with `fingerprintDirectory` later to see that nothing was written since).
 * Extended attributes and access control lists are not kept: neither is reachable from here.
 * Throws SOURCE_PATH_MISSING, SOURCE_PRIVILEGE, SOURCE_FILE_CHANGED, SOURCE_LOST, what a sink throws, or the signal's reason.
 */
export const packDirectory = async (
  root: string,
  sinks: PackSinks,
  options: PackOptions = {},
): Promise<PackTotals & { fingerprint: string }> => {
  const folder = await openRoot(root);
  const index = new BlockCutter(sinks.index, indexBlockBytes);
  const tar = new TarWriter(new BlockCutter(sinks.tar, options.blockBytes ?? defaultBlockBytes));
  const packer = new DirectoryPacker(tar, index, await readAccountNames(), options.signal);
  try {
    for await (const entry of walkDirectory(folder)) await packer.add(entry);
    await tar.finish();
    await index.flush();
  } catch (error) {
    throw await tar.abort(error);
  } finally {
    await folder.close();
  }
  return { ...packer.totals, fingerprint: packer.fingerprint.digest() };
};
