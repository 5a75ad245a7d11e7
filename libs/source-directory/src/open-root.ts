import { CodedError } from '@lastcopy/kernel';
import { errnoOf, quoted, sourceError } from './directory-errors.js';
import { OpenDirectory } from './open-directory.js';

/** Opens the folder to archive. Throws SOURCE_PATH_MISSING when there is none (a link to one is none), SOURCE_PRIVILEGE when it is closed to us. */
export const openRoot = async (root: string): Promise<OpenDirectory> => {
  try {
    return await OpenDirectory.open(Buffer.from(root));
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errnoOf(error) ?? '')) throw sourceError(error, root);
    throw new CodedError('SOURCE_PATH_MISSING', `${quoted(root)} is not a folder. Check the path and that it is mounted.`, {
      cause: error,
      details: { path: root },
    });
  }
};
