import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CodedError } from '@lastcopy/kernel';

const refuseExisting = (file: string): never => {
  throw new CodedError('VALIDATION_FAILED', `${file} exists already; name another file, or replace it with --force.`);
};

/**
 * Writes `content` to `file`, which appears only once it is whole and `check` has passed.
 * Throws VALIDATION_FAILED when the file exists and `force` is not set, and what reading or `check` throw.
 */
export async function saveStream(file: string, content: Readable, force: boolean, check?: () => void | Promise<void>): Promise<void> {
  if (!force && (await stat(file).catch(() => null))) refuseExisting(file);
  const partial = `${file}.${randomUUID()}.partial`;
  try {
    await pipeline(content, createWriteStream(partial, { flags: 'wx', mode: 0o600 }));
    await check?.();
    if (force) return await rename(partial, file);
    // A link is refused where a file came up meanwhile; a rename would replace it.
    await link(partial, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') refuseExisting(file);
      throw error;
    });
  } finally {
    await rm(partial, { force: true });
  }
}

export const saveText = (file: string, text: string, force: boolean): Promise<void> => saveStream(file, Readable.from([text]), force);
