import type { Archive, ObjectCheck } from '@lastcopy/archive-format';
import { CodedError } from '@lastcopy/kernel';
import type { Findings } from '../findings.js';
import type { Proof } from '../proof.js';

const named = 5;

function conclude(findings: Findings, level: 'stored' | 'fixity', checked: readonly ObjectCheck[]): void {
  const failed = checked.filter(({ passed }) => !passed);
  findings.checks.compare(`${level}: objects`, checked.length, checked.length - failed.length);
  const first = failed[0];
  if (!first) return;
  const others = failed.length > named ? ` (and ${failed.length - named} more)` : '';
  const all = failed.slice(0, named).map(({ path, message }) => `${path}: ${message}`);
  throw new CodedError(first.code ?? 'ARCHIVE_OBJECT_DAMAGED', `${all.join(' | ')}${others}`, {
    details: { path: first.path, failed: failed.length },
  });
}

/** Level `stored`: every version that the manifest names is there, with its size. */
export async function requireStored({ findings, signal }: Proof, archive: Archive): Promise<void> {
  conclude(findings, 'stored', await archive.checkStored(() => undefined, { signal }));
}

/** Level `fixity` alone: every object is downloaded. Higher levels compare the same digests while they read on. */
export async function requireFixity({ findings, progress, signal }: Proof, archive: Archive): Promise<void> {
  const onObject = ({ storedBytes }: ObjectCheck) => {
    progress.storedBytes += storedBytes;
    progress.add(0);
  };
  conclude(findings, 'fixity', await archive.checkFixity(onObject, { signal }));
}
