import { unwrapArchiveKey, type ManifestDataSet, type ObjectCheck } from '@lastcopy/archive-format';
import { dataSetPaths, type ReconciliationDocument } from '@lastcopy/contracts';
import { verifyPack } from '@lastcopy/source-directory';
import { quotedName, readArchivedDatabase, type ArchivedDatabase } from './archived-database.js';
import { CheckReport, offlineLevels, type OfflineLevel } from './check-report.js';
import { CsvRecords } from './csv-records.js';
import { eachLargeObject } from './large-object-tar.js';
import { describeArchive, type OfflineArchive } from './open-offline.js';
import type { RestoreProgress } from './progress.js';
import { readAgain } from './read-again.js';

interface Verification {
  readonly source: OfflineArchive;
  readonly report: CheckReport;
  readonly progress: RestoreProgress;
}

const reaches = (required: OfflineLevel, level: OfflineLevel): boolean => offlineLevels.indexOf(required) >= offlineLevels.indexOf(level);

const plain = ({ source, progress }: Verification, path: string): AsyncGenerator<Buffer> =>
  progress.counted(source.archive.readDataSet(path, { signal: source.signal }));

function recordObjects(report: CheckReport, level: 'stored' | 'fixity', checks: readonly ObjectCheck[], expected: string): void {
  for (const { path, passed, code, message } of checks) {
    report.checks.push({
      level,
      name: `${level}: object`,
      where: path,
      passed,
      expected,
      actual: passed ? expected : `${code}: ${message}`,
    });
  }
}

async function verifyStored({ source, report, progress }: Verification): Promise<void> {
  const { archive, signal } = source;
  recordObjects(report, 'stored', await archive.checkStored(({ path }) => progress.doing(path), { signal }), 'there, with its size');
}

/** A connection that cuts a body short looks like a damaged object: only what fails twice is a failure. */
async function verifyFixity({ source, report, progress }: Verification): Promise<void> {
  const { archive, signal } = source;
  const check = () =>
    archive.checkFixity(
      ({ path, storedBytes }) => {
        progress.add(storedBytes);
        progress.doing(path);
      },
      { signal },
    );
  const first = await readAgain(signal, check);
  const again = first.every(({ passed }) => passed) ? first : await readAgain(signal, check);
  const checks = first.map((found, index) => (found.passed ? found : again[index]!));
  recordObjects(report, 'fixity', checks, 'the SHA-256 of the manifest');
}

/** Each key that is held opens a wrap of its own from the store. */
async function verifyKeys({ source, report }: Verification): Promise<void> {
  const { archive, store, keys, signal } = source;
  const place = { store, bucket: archive.stored.manifest.bucket, prefix: archive.prefix, identity: archive.manifest, signal };
  for (const { role, provider } of keys) {
    const record = archive.manifest.key_wraps.find(({ kek }) => kek === provider.keyId);
    const kinds = archive.manifest.key_wraps.map(({ kek }) => kek).join(', ');
    const name = `readable: ${role} key opens the archive key`;
    if (!record) report.compare('readable', name, 'keys/', `a wrap by ${provider.keyId}`, `wraps by ${kinds}`);
    else {
      await report.attempt('readable', name, record.path, 'opens', async () => {
        (await unwrapArchiveKey({ ...place, record, provider })).fill(0);
      });
    }
  }
}

async function readThrough(verification: Verification, path: string): Promise<void> {
  await readAgain(verification.source.signal, async () => {
    for await (const chunk of plain(verification, path)) void chunk;
  });
}

const digests = 'opens to the SHA-256 of the manifest';

async function verifyTables(verification: Verification, { tables }: ArchivedDatabase, seen: Set<string>): Promise<void> {
  const { report, progress, source } = verification;
  for (const { ref, reconciled, dataSet } of tables) {
    seen.add(dataSet.path);
    const name = `readable: ${quotedName(ref)}`;
    progress.doing(name);
    let rows = 0;
    const opened = await report.attempt('readable', name, dataSet.path, digests, () =>
      readAgain(source.signal, async () => {
        const records = new CsvRecords(dataSet.path, ref.columns.length);
        for await (const chunk of plain(verification, dataSet.path)) records.write(chunk);
        rows = records.end();
      }),
    );
    if (opened) report.compare('readable', `${name} rows, as the source counted`, dataSet.path, reconciled.rows, rows);
  }
}

async function verifyLargeObjects(verification: Verification, { schema }: ArchivedDatabase, seen: Set<string>): Promise<void> {
  const listed = schema.large_objects ?? [];
  if (listed.length === 0) return;
  seen.add(dataSetPaths.largeObjects);
  const expected = `${listed.length} objects with their sizes`;
  await verification.report.attempt('readable', 'readable: large objects', dataSetPaths.largeObjects, expected, () =>
    eachLargeObject(plain(verification, dataSetPaths.largeObjects), listed, async (_object, content) => {
      let bytes = 0;
      for await (const slice of content) bytes += slice.length;
      return bytes;
    }),
  );
}

async function verifyDatabase(verification: Verification, seen: Set<string>): Promise<void> {
  const { archive, signal } = verification.source;
  let database: ArchivedDatabase | undefined;
  await verification.report.attempt('readable', 'readable: tables', dataSetPaths.schema, 'the same in all documents', async () => {
    database = await readArchivedDatabase(archive, signal);
  });
  if (!database) return;
  await verifyTables(verification, database, seen);
  await verifyLargeObjects(verification, database, seen);
}

async function verifyTree(verification: Verification, seen: Set<string>): Promise<void> {
  const { source, report, progress } = verification;
  await report.attempt(
    'readable',
    'readable: files beside their index',
    dataSetPaths.files,
    'each entry as the source had it',
    async () => {
      const { tree } = await source.archive.readJson<ReconciliationDocument>(dataSetPaths.reconciliation, { signal: source.signal });
      if (!tree) return report.compare('readable', 'readable: tree', dataSetPaths.reconciliation, 'described', 'absent');
      for (const path of [tree.data_set, tree.index_data_set]) seen.add(path);
      progress.doing(tree.data_set);
      const found = await readAgain(source.signal, () =>
        verifyPack(plain(verification, tree.data_set), plain(verification, tree.index_data_set), { signal: source.signal }),
      );
      const text = (entries: number, files: number, bytes: number) => `${entries} entries, ${files} files, ${bytes} bytes`;
      const expected = text(tree.entries, tree.files, tree.total_bytes);
      report.compare(
        'readable',
        'readable: totals of the tree',
        tree.data_set,
        expected,
        text(found.entries, found.files, found.totalBytes),
      );
    },
  );
}

async function verifyContent(verification: Verification): Promise<void> {
  const { source, report, progress } = verification;
  const seen = new Set<string>();
  await verifyKeys(verification);
  if (source.archive.manifest.source.kind === 'directory') await verifyTree(verification, seen);
  else await verifyDatabase(verification, seen);
  const rest: readonly ManifestDataSet[] = source.archive.manifest.data_sets.filter(({ path }) => !seen.has(path));
  for (const { path } of rest) {
    progress.doing(path);
    await report.attempt('readable', 'readable: data set', path, digests, () => readThrough(verification, path));
  }
}

/**
 * Checks an archive with the object store and the keys alone. Levels include those before them: `stored` (every version is there), `fixity`
 * (every stored SHA-256), `readable` (each held key opens it; all of it decrypts, decompresses, parses, and has the counts of the source).
 * Throws what kept a check from being made.
 */
export async function verifyOffline(source: OfflineArchive, level: OfflineLevel, progress: RestoreProgress): Promise<CheckReport> {
  const verification = { source, report: new CheckReport(), progress };
  const { report } = verification;
  report.compare('stored', 'stored: signature of the manifest', describeArchive(source), 'by a trusted signer', 'by a trusted signer');
  await verifyStored(verification);
  if (reaches(level, 'fixity')) await verifyFixity(verification);
  if (reaches(level, 'readable')) await verifyContent(verification);
  return report;
}
