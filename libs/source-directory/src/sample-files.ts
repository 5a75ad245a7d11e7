import { isUtf8 } from 'node:buffer';
import path from 'node:path';
import { openRoot } from './open-root.js';
import type { OpenDirectory } from './open-directory.js';
import { joinName, rawName, rootName, type RawName } from './raw-name.js';

export interface FileSampleLimits {
  readonly filesPerFolder: number;
  readonly files: number;
  readonly folders: number;
  readonly bytesPerFile: number;
}

/** The first part of a file that is text; it may end in the middle of a line. */
export interface SampledFile {
  name: string;
  head: string;
}

/** `files` is null when the folder could not be read. */
export interface SampledFolder {
  path: string;
  files: SampledFile[] | null;
}

interface Counted {
  files: number;
  folders: number;
  overflow(): void;
}

/** UTF-8 (whose last character may be cut), or Latin-1 if it has no control characters; null for anything else. */
function textOf(bytes: Buffer): string | null {
  if (bytes.includes(0)) return null;
  for (let cut = 0; cut < Math.min(4, bytes.length); cut += 1) {
    const whole = bytes.subarray(0, bytes.length - cut);
    if (isUtf8(whole)) return whole.toString('utf8');
  }
  const latin = bytes.toString('latin1');
  // eslint-disable-next-line no-control-regex
  return /[\x01-\x08\x0e-\x1f\x80-\x9f]/.test(latin) ? null : latin;
}

async function headOf(folder: OpenDirectory, name: Buffer, bytes: number): Promise<string | null> {
  const handle = await folder.openFile(name);
  try {
    if (!(await handle.stat()).isFile()) return null;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return textOf(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** Evenly over the names, so that a folder of one kind of file a year shows every year. */
function spread<T>(items: readonly T[], most: number): T[] {
  const step = Math.max(1, items.length / most);
  return Array.from({ length: Math.min(items.length, most) }, (_, index) => items[Math.floor(index * step)]!);
}

async function readHeads(folder: OpenDirectory, names: readonly Buffer[], limits: FileSampleLimits, counted: Counted) {
  const files: SampledFile[] = [];
  for (const name of spread(names, limits.filesPerFolder)) {
    if (counted.files >= limits.files) {
      counted.overflow();
      break;
    }
    counted.files += 1;
    const head = await headOf(folder, name, limits.bytesPerFile).catch(() => null);
    if (head) files.push({ name: rawName(name).text, head });
  }
  return files;
}

async function* walkFolders(
  folder: OpenDirectory,
  at: RawName,
  limits: FileSampleLimits,
  signal: AbortSignal,
  counted: Counted,
): AsyncGenerator<SampledFolder> {
  if (signal.aborted) return;
  if (counted.folders >= limits.folders) return counted.overflow();
  counted.folders += 1;
  const [names, folders]: [Buffer[], Buffer[]] = [[], []];
  for (const name of await folder.names()) {
    const stat = await folder.stat(name).catch(() => null);
    if (stat?.isFile()) names.push(name);
    if (stat?.isDirectory()) folders.push(name);
  }
  yield { path: at.text, files: await readHeads(folder, names, limits, counted) };
  for (const name of folders) yield* openFolder(folder, name, joinName(at, rawName(name)), limits, signal, counted);
}

async function* openFolder(
  parent: OpenDirectory,
  name: Buffer,
  at: RawName,
  limits: FileSampleLimits,
  signal: AbortSignal,
  counted: Counted,
): AsyncGenerator<SampledFolder> {
  const folder = await parent.openDirectory(name).catch(() => null);
  if (!folder) return yield { path: at.text, files: null };
  try {
    yield* walkFolders(folder, at, limits, signal, counted);
  } catch {
    yield { path: at.text, files: null };
  } finally {
    await folder.close();
  }
}

/**
 * The heads of some text files of every folder, links never followed, a folder at a time; memory is that of one folder's heads and names. What
 * changes meanwhile does not matter: it is a sample. `overflow` is called when a limit ended it. Ends early, without an error, when the signal
 * aborts. Throws SOURCE_PATH_MISSING or SOURCE_PRIVILEGE for the root itself.
 */
export async function* sampleFiles(
  root: string,
  limits: FileSampleLimits,
  signal: AbortSignal,
  overflow: () => void = () => undefined,
): AsyncGenerator<SampledFolder> {
  const folder = await openRoot(path.resolve(root));
  try {
    yield* walkFolders(folder, rootName, limits, signal, { files: 0, folders: 0, overflow });
  } finally {
    await folder.close();
  }
}
