import type { Command } from 'commander';
import { CodedError } from '@lastcopy/kernel';

/** Flags of the commands that need only the object store and the keys. */
export const withOfflineFlags = (command: Command): Command =>
  command
    .option('--endpoint <url>', 'object store, when it is not AWS')
    .option('--region <name>', 'region of the object store')
    .option('--keys <folder>', 'folder of tenant-<client account>.key, escrow.key and archive-signing.jwks.json')
    .option('--escrow', 'use the escrow key alone')
    .option('--manifest-version <id>', 'read this version of the manifest')
    .option('--signature-version <id>', 'read this version of its signature')
    .option('--manifest-sha256 <hex>', 'refuse any other manifest, for instance than the one in the certificate');

/** Runs `work` with a signal that Ctrl-C aborts, so that what is half done can be cleaned up. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = () =>
    controller.abort(new CodedError('RESTORE_FAILED', 'Interrupted: nothing that was begun is left looking complete.'));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}
