import type { Archive } from '@lastcopy/archive-format';
import { dataSetPaths, type ReconciliationDocument } from '@lastcopy/contracts';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import { verifyPack, type PackTotals } from '@lastcopy/source-directory';
import type { Proof } from '../proof.js';
import { readCounted } from './read-counted.js';

/** Paths of files may be personal: they go to the log of this service, not into an event. */
function withoutNames(error: unknown, proof: Proof): unknown {
  if (!isCodedError(error) || error.code !== 'ARCHIVE_CONTENT_MISMATCH') return error;
  proof.parts.logger.warn({ err: error, job_id: proof.claim.request.job_id }, 'a pack differs from its index');
  const field = typeof error.details?.field === 'string' ? ` in ${error.details.field}` : '';
  return new CodedError(
    'ARCHIVE_CONTENT_MISMATCH',
    `${dataSetPaths.files}: an entry differs from ${dataSetPaths.fileIndex}${field}; the log names it.`,
    {
      cause: error,
    },
  );
}

/** Level `readable` of a directory: the tar is read beside its index, and every file's size and SHA-256 are those that the source had. */
export async function requireReadableTree(proof: Proof, archive: Archive, reconciliation: ReconciliationDocument): Promise<void> {
  const { findings, signal } = proof;
  const { tree } = reconciliation;
  if (!tree) throw new CodedError('ARCHIVE_CONTENT_MISMATCH', 'metadata/reconciliation: it describes no directory tree.');
  let found: PackTotals;
  try {
    found = await verifyPack(readCounted(proof, archive, tree.data_set), readCounted(proof, archive, tree.index_data_set), { signal });
  } catch (error) {
    throw withoutNames(error, proof);
  }
  findings.require('readable: entries', tree.entries, found.entries, tree.data_set);
  findings.require('readable: files with their SHA-256', tree.files, found.files, tree.data_set);
  findings.require('readable: bytes of files', tree.total_bytes, found.totalBytes, tree.data_set);
  findings.require('readable: entries excluded by kind', tree.excluded, found.excluded, tree.index_data_set);
}
