import { createHash } from 'node:crypto';
import type { PackTotals } from './index-entry.js';
import { openRoot } from './open-root.js';
import { walkDirectory, type WalkedEntry } from './walk-directory.js';

/** A digest of what the file system says of every entry: any write, rename, removal or change of mode below the root changes it. */
export class DirectoryFingerprint {
  private readonly hash = createHash('sha256');

  add({ path, stat }: WalkedEntry): void {
    const seen = [stat.ino, stat.mode, stat.uid, stat.gid, stat.size, stat.mtimeNs, stat.ctimeNs].join(' ');
    this.hash.update(`${path.bytes.length}:`).update(path.bytes).update(`${seen}\n`);
  }

  digest(): string {
    return this.hash.digest('hex');
  }
}

/**
 * Walks without reading content. Equal fingerprints of the same mounted tree mean that nothing was written in between; ctime cannot be set
 * back by a program. `totalBytes` serves as the goal of a progress bar.
 */
export const fingerprintDirectory = async (
  root: string,
  options: { signal?: AbortSignal } = {},
): Promise<PackTotals & { fingerprint: string }> => {
  const folder = await openRoot(root);
  const fingerprint = new DirectoryFingerprint();
  const totals = { entries: 0, files: 0, totalBytes: 0, excluded: 0 };
  try {
    for await (const entry of walkDirectory(folder)) {
      options.signal?.throwIfAborted();
      fingerprint.add(entry);
      if (entry.kind === 'file' || entry.kind === 'directory' || entry.kind === 'symlink') totals.entries += 1;
      else totals.excluded += 1;
      if (entry.kind !== 'file') continue;
      totals.files += 1;
      totals.totalBytes += Number(entry.stat.size);
    }
  } finally {
    await folder.close();
  }
  return { ...totals, fingerprint: fingerprint.digest() };
};
