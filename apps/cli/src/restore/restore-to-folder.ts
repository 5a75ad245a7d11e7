import { CodedError } from '@lastcopy/kernel';
import { Bag } from './bag.js';
import type { OfflineArchive } from './open-offline.js';
import type { RestoreOutcome } from './outcome.js';
import type { RestoreProgress } from './progress.js';
import { restoreTablesToBag } from './restore-tables-to-bag.js';
import { restoreTreeAlone, restoreTreeToBag } from './restore-tree.js';
import { fillTarget } from './target-folder.js';

export interface FolderOptions {
  /** Absolute. */
  readonly folder: string;
  /** Tables by name; all when empty. */
  readonly wanted: readonly string[];
  /** No bag: the folder becomes the archived tree itself. */
  readonly treeOnly: boolean;
  readonly keepPartial: boolean;
  readonly now: Date;
  readonly progress: RestoreProgress;
}

function assertFits({ archive }: OfflineArchive, { wanted, treeOnly }: FolderOptions): boolean {
  const isDirectory = archive.manifest.source.kind === 'directory';
  if (isDirectory && wanted.length > 0)
    throw new CodedError('VALIDATION_FAILED', 'This archive is of a directory: it has no tables for --table.');
  if (!isDirectory && treeOnly)
    throw new CodedError('VALIDATION_FAILED', 'This archive is of a database: it has no file tree for --tree-only.');
  return isDirectory;
}

/** Restores into a folder that is absent or empty. @throws RESTORE_TARGET_NOT_EMPTY, RESTORE_FAILED, VALIDATION_FAILED, ARCHIVE_*, STORE_* */
export async function restoreToFolder(source: OfflineArchive, options: FolderOptions): Promise<RestoreOutcome> {
  const isDirectory = assertFits(source, options);
  const { progress, now, wanted } = options;
  return fillTarget(options.folder, options.keepPartial, (folder) => {
    if (!isDirectory) return restoreTablesToBag(source, new Bag(folder), { wanted, now, progress });
    return options.treeOnly ? restoreTreeAlone(source, folder, progress) : restoreTreeToBag(source, new Bag(folder), now, progress);
  });
}
