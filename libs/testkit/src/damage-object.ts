import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** The files in which the embedded store below `dir` keeps contents; not what is just being received. */
export async function storedContents(dir: string): Promise<string[]> {
  const found = await readdir(path.join(dir, 'blobs'), { recursive: true, withFileTypes: true });
  return found.filter((each) => each.isFile()).map((each) => path.join(each.parentPath, each.name));
}

/** The largest of these files: among a store's, a data object of an archive. */
export async function largestOf(files: readonly string[]): Promise<string> {
  const sized = await Promise.all(files.map(async (file) => ({ file, size: (await stat(file)).size })));
  return sized.sort((a, b) => b.size - a.size)[0]!.file;
}

/** Flips one bit of the byte at this share of the file, as a disk that rots does. */
export async function flipBit(file: string, share = 0.5): Promise<void> {
  const handle = await open(file, 'r+');
  const at = Math.floor((await handle.stat()).size * share);
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, at);
  await handle.write(Buffer.from([buffer[0]! ^ 1]), 0, 1, at);
  await handle.close();
}
