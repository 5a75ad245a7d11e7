import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { CodedError, isCodedError } from '@lastcopy/kernel';

async function isAbsentOrEmpty(folder: string): Promise<boolean> {
  const stat = await lstat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return stat === undefined || (stat.isDirectory() && (await readdir(folder)).length === 0);
}

async function assertFree(target: string, partial: string): Promise<void> {
  if (!(await isAbsentOrEmpty(target)))
    throw new CodedError('RESTORE_TARGET_NOT_EMPTY', `${target} exists and is not an empty folder. Name one that is absent or empty.`);
  if (!(await isAbsentOrEmpty(partial)))
    throw new CodedError(
      'RESTORE_TARGET_NOT_EMPTY',
      `${partial} was left by a restore that did not end. Look at it, remove it, and restore again.`,
    );
}

/** What a file system says (no space, no permission) in our words. */
function asRestoreError(error: unknown, target: string): unknown {
  const { code, path: at, syscall } = error as NodeJS.ErrnoException;
  if (isCodedError(error) || syscall === undefined) return error;
  return new CodedError(
    'RESTORE_FAILED',
    `${at ?? target}: the file system answered ${code} to ${syscall}. Make room or grant access there.`,
    { cause: error },
  );
}

/**
 * Gives `fill` a folder `<target>.partial` and makes it the target once it is complete, so that nothing half-done ever looks done. After a
 * failure it is removed unless `keepPartial`, since it holds plain text.
 * @throws RESTORE_TARGET_NOT_EMPTY, RESTORE_FAILED, or what `fill` throws
 */
export async function fillTarget<T>(target: string, keepPartial: boolean, fill: (folder: string) => Promise<T>): Promise<T> {
  const partial = `${target}.partial`;
  try {
    await assertFree(target, partial);
    await mkdir(path.dirname(target), { recursive: true });
    await mkdir(partial, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw asRestoreError(error, target);
  }
  try {
    const result = await fill(partial);
    // over an empty folder; refused if something was put there meanwhile
    await rename(partial, target);
    return result;
  } catch (error) {
    if (!keepPartial) await rm(partial, { recursive: true, force: true });
    throw asRestoreError(error, target);
  }
}
