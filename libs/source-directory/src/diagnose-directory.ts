import { access, constants, realpath, statfs } from 'node:fs/promises';
import path from 'node:path';
import { CodedError } from '@lastcopy/kernel';
import { quoted, sourceError } from './directory-errors.js';
import { openRoot } from './open-root.js';

export interface DirectoryDiagnosis {
  /** The real path: no link is left in it. */
  readonly path: string;
  /** Entries right below the root; the whole tree is measured by `fingerprintDirectory`. */
  readonly entries: number;
  readonly filesystem: { readonly totalBytes: number; readonly usedBytes: number };
}

const isWithin = (folder: string, root: string): boolean => {
  const relative = path.relative(root, folder);
  return relative === '' || (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative));
};

const realPathOf = (folder: string): Promise<string> =>
  realpath(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES') throw sourceError(error, folder);
    throw new CodedError('SOURCE_PATH_MISSING', `${quoted(folder)} does not exist. Check the path and that it is mounted.`, {
      cause: error,
    });
  });

const assertAllowed = async (asked: string, real: string, allowedRoots: readonly string[]): Promise<void> => {
  // A root that does not exist allows nothing, and must not keep the others from doing so.
  const roots = await Promise.all(allowedRoots.map((root) => realpath(root).catch(() => undefined)));
  if (roots.some((root) => root !== undefined && isWithin(real, root))) return;
  throw new CodedError('SOURCE_NOT_ALLOWED', `${quoted(asked)} is not below a folder that may be archived.`, { details: { path: asked } });
};

/**
 * Says whether a folder can be archived before a job begins. Links in the path are resolved first, so that none leads out of the allow-list.
 * Throws SOURCE_NOT_ALLOWED, SOURCE_PATH_MISSING or SOURCE_PRIVILEGE.
 */
export const diagnoseDirectory = async (folder: string, allowedRoots: readonly string[]): Promise<DirectoryDiagnosis> => {
  if (!path.isAbsolute(folder)) {
    throw new CodedError('SOURCE_NOT_ALLOWED', `${quoted(folder)} is not an absolute path.`, { details: { path: folder } });
  }
  // Asked before anything else is: whether a path outside exists is nobody's business either.
  const real = await realPathOf(folder).catch(async (error: unknown) => {
    await assertAllowed(folder, path.resolve(folder), allowedRoots);
    throw error;
  });
  await assertAllowed(folder, real, allowedRoots);
  const root = await openRoot(real);
  try {
    await access(real, constants.R_OK | constants.X_OK);
    const [names, { bsize, blocks, bfree }] = await Promise.all([root.names(), statfs(real)]);
    return { path: real, entries: names.length, filesystem: { totalBytes: bsize * blocks, usedBytes: bsize * (blocks - bfree) } };
  } catch (error) {
    throw sourceError(error, real);
  } finally {
    await root.close();
  }
};
