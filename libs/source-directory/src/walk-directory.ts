import type { BigIntStats } from 'node:fs';
import { fileChanged, sourceError } from './directory-errors.js';
import type { EntryKind } from './index-entry.js';
import { OpenDirectory } from './open-directory.js';
import { joinName, rawName, rootName, type RawName } from './raw-name.js';

/** One entry below the root (or the root), met in depth-first order of name bytes; `folder` is open while the entry is current. */
export interface WalkedEntry {
  readonly path: RawName;
  readonly name: Buffer;
  readonly folder: OpenDirectory;
  readonly stat: BigIntStats;
  readonly kind: Exclude<EntryKind, 'hardlink'>;
}

const kindOf = (stat: BigIntStats): WalkedEntry['kind'] => {
  if (stat.isFile()) return 'file';
  if (stat.isDirectory()) return 'directory';
  if (stat.isSymbolicLink()) return 'symlink';
  if (stat.isFIFO()) return 'fifo';
  if (stat.isSocket()) return 'socket';
  return stat.isCharacterDevice() ? 'character_device' : 'block_device';
};

/** Names what differs between two looks at one file or folder; undefined when nothing does. ctime also shows a rewrite that put mtime back. */
export const differenceOf = (before: BigIntStats, after: BigIntStats): string | undefined => {
  const fields = ['ino', 'dev', 'size', 'mtimeNs', 'ctimeNs'] as const;
  const field = fields.find((name) => before[name] !== after[name]);
  return field && `${field} was ${before[field]}, is ${after[field]}`;
};

/** Throws SOURCE_FILE_CHANGED for a folder in which something was made, removed or renamed since `before`. */
const assertFolderUnchanged = async (folder: OpenDirectory, before: BigIntStats, path: RawName): Promise<void> => {
  const difference = differenceOf(before, await folder.statSelf());
  if (difference) throw fileChanged(path.text, `folder: ${difference}`);
};

async function* walkChildren(folder: OpenDirectory, path: RawName, ancestors: readonly BigIntStats[]): AsyncGenerator<WalkedEntry> {
  const before = ancestors.at(-1)!;
  for (const name of await folder.names().catch((error: unknown) => Promise.reject(sourceError(error, path.text)))) {
    const at = joinName(path, rawName(name));
    try {
      const stat = await folder.stat(name);
      const kind = kindOf(stat);
      yield { path: at, name, folder, stat, kind };
      if (kind === 'directory') yield* walkFolder(folder, name, at, stat, ancestors);
    } catch (error) {
      throw sourceError(error, at.text);
    }
  }
  await assertFolderUnchanged(folder, before, path);
}

async function* walkFolder(parent: OpenDirectory, name: Buffer, path: RawName, stat: BigIntStats, ancestors: readonly BigIntStats[]) {
  if (ancestors.some((above) => above.dev === stat.dev && above.ino === stat.ino)) {
    throw fileChanged(path.text, 'it is mounted inside itself');
  }
  const folder = await parent.openDirectory(name);
  try {
    await assertFolderUnchanged(folder, stat, path);
    yield* walkChildren(folder, path, [...ancestors, stat]);
  } finally {
    await folder.close();
  }
}

/**
 * Every entry below `root`, the root itself first. Links are reported, never followed. Memory is bounded by the names of the folders on the
 * way down to the current entry. Throws SOURCE_PATH_MISSING, SOURCE_PRIVILEGE, SOURCE_FILE_CHANGED or SOURCE_LOST, naming the path.
 */
export async function* walkDirectory(root: OpenDirectory): AsyncGenerator<WalkedEntry> {
  const stat = await root.statSelf();
  yield { path: rootName, name: rootName.bytes, folder: root, stat, kind: 'directory' };
  yield* walkChildren(root, rootName, [stat]);
}
