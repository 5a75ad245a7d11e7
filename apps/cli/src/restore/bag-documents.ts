import { SIGNATURE_NAME, MANIFEST_NAME } from '@lastcopy/archive-format';
import { dataSetPaths } from '@lastcopy/contracts';
import type { Bag } from './bag.js';
import { describeArchive, type OfflineArchive } from './open-offline.js';
import { readAgain } from './read-again.js';

async function* chunksOf(body: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  for await (const chunk of body) yield chunk as Buffer;
}

/** Manifest and signature as they are stored: with them the bag says itself what it was made from. */
export async function writeEvidence({ archive, store, signal }: OfflineArchive, bag: Bag): Promise<void> {
  const documents = [
    [MANIFEST_NAME, archive.stored.manifest],
    [SIGNATURE_NAME, archive.stored.signature],
  ] as const;
  for (const [name, { bucket, key, versionId }] of documents) {
    await readAgain(signal, async () => {
      const { body } = await store.read({ bucket, key }, { ...(versionId ? { versionId } : {}), signal });
      await bag.write(name, chunksOf(body));
    });
  }
}

/** The documents of the metadata as they were archived, byte for byte. */
export async function writeMetadata({ archive, signal }: OfflineArchive, bag: Bag): Promise<void> {
  for (const path of [dataSetPaths.schema, dataSetPaths.reconciliation]) {
    if (!archive.manifest.data_sets.some((dataSet) => dataSet.path === path)) continue;
    await readAgain(signal, () => bag.write(`${path}.json`, archive.readDataSet(path, { signal })));
  }
}

/** What `bag-info.txt` says. `what` names the part of the archive that is in the bag. */
export function bagInfo(source: OfflineArchive, now: Date, what: string): [string, string][] {
  const { manifest, manifestSha256 } = source.archive;
  return [
    ['Bag-Software-Agent', `lastcopy restore, of an archive by ${manifest.tool.name} ${manifest.tool.version}`],
    ['Bagging-Date', now.toISOString().slice(0, 10)],
    ['External-Identifier', describeArchive(source)],
    ['External-Description', what],
    ['Lastcopy-Client-Account', manifest.client_account_id],
    ['Lastcopy-Engagement', manifest.engagement_id],
    ['Lastcopy-System', manifest.system_id],
    ['Lastcopy-Job', `${manifest.job_id}, attempt ${manifest.attempt}`],
    ['Lastcopy-Source', `${manifest.source.kind} ${manifest.source.version}`],
    ['Lastcopy-Snapshot-Taken-At', manifest.snapshot.taken_at],
    ['Lastcopy-Retain-Until', manifest.policy.retain_until],
    ['Lastcopy-Manifest-SHA256', manifestSha256],
  ];
}
