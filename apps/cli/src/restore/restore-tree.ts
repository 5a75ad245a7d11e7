import { rm } from 'node:fs/promises';
import { dataSetPaths, type ReconciledTree, type ReconciliationDocument } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { restoreDirectory } from '@lastcopy/source-directory';
import type { Bag } from './bag.js';
import { bagInfo, writeEvidence, writeMetadata } from './bag-documents.js';
import { compareTree, type TreeTotals } from './compare-tree.js';
import type { OfflineArchive } from './open-offline.js';
import type { RestoreOutcome } from './outcome.js';
import type { RestoreProgress } from './progress.js';
import { readAgain } from './read-again.js';

const PACK = 'data/files.tar';
const INDEX = 'data/file-index.jsonl';
const TREE = 'files';

async function reconciledTree({ archive, signal }: OfflineArchive): Promise<ReconciledTree> {
  const { tree } = await readAgain(signal, () => archive.readJson<ReconciliationDocument>(dataSetPaths.reconciliation, { signal }));
  if (!tree) throw new CodedError('ARCHIVE_CONTENT_MISMATCH', `${dataSetPaths.reconciliation}: it describes no directory tree.`);
  return tree;
}

/** What came back is all that the walk over the source found. */
function outcome(tree: ReconciledTree, restored: { entries: number }, found: TreeTotals, notes: string[]): RestoreOutcome {
  const expected = `${tree.entries} entries, ${tree.files} files, ${tree.total_bytes} bytes, ${tree.excluded} excluded`;
  const actual = `${found.entries} entries, ${found.files} files, ${found.totalBytes} bytes, ${found.excluded} excluded`;
  if (expected !== actual || restored.entries !== found.entries) {
    throw new CodedError(
      'ARCHIVE_CONTENT_MISMATCH',
      `${tree.data_set}: ${actual} (${restored.entries} in the pack); the source had ${expected}.`,
    );
  }
  if (found.excluded > 0)
    notes.push(`${found.excluded} sockets, pipes or devices hold no data and were not archived; the index lists them.`);
  return { parts: [{ name: 'files', rows: found.entries, bytes: found.totalBytes, equal: true }], notes };
}

/**
 * A directory archive as a bag: the pack and its index are the payload, because a bag can name neither links nor names that are not UTF-8;
 * the tree itself stands beside it in `files/`, exactly as it was.
 */
export async function restoreTreeToBag(source: OfflineArchive, bag: Bag, now: Date, progress: RestoreProgress): Promise<RestoreOutcome> {
  const { archive, signal } = source;
  const tree = await reconciledTree(source);
  progress.doing(tree.data_set);
  await readAgain(signal, () => bag.write(PACK, progress.counted(archive.readDataSet(tree.data_set, { signal }))));
  await readAgain(signal, () => bag.write(INDEX, progress.counted(archive.readDataSet(tree.index_data_set, { signal }))));
  const restored = await restoreDirectory(bag.read(PACK), bag.at(TREE), { signal });
  const found = await compareTree(bag.at(TREE), bag.read(INDEX), signal);
  await writeMetadata(source, bag);
  await writeEvidence(source, bag);
  await bag.finish(bagInfo(source, now, `Directory tree of ${found.entries} entries; extracted in ${TREE}/`));
  return outcome(tree, restored, found, [`The tree is in ${TREE}/; data/ holds it packed, for the bag's manifests.`]);
}

/** The tree alone: `folder` becomes the source's folder. */
export async function restoreTreeAlone(source: OfflineArchive, folder: string, progress: RestoreProgress): Promise<RestoreOutcome> {
  const { archive, signal } = source;
  const tree = await reconciledTree(source);
  progress.doing(tree.data_set);
  const restored = await readAgain(signal, async () => {
    await rm(folder, { recursive: true, force: true });
    return restoreDirectory(progress.counted(archive.readDataSet(tree.data_set, { signal })), folder, { signal });
  });
  const found = await compareTree(folder, progress.counted(archive.readDataSet(tree.index_data_set, { signal })), signal);
  return outcome(tree, restored, found, []);
}
