import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';

async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the folder, and the names of all folders that it had to make on the way last. */
async function makeFolder(dir: string): Promise<void> {
  const made = await mkdir(dir, { recursive: true, mode: 0o700 });
  if (made === undefined) return;
  for (let parent = path.dirname(dir); parent.length >= path.dirname(made).length; parent = path.dirname(parent)) {
    await syncFolder(parent);
    if (parent === path.dirname(parent)) return;
  }
}

/**
 * Places a file whole and durable, readable by its owner only, unless one stands there: the first of several writers wins, and none ever
 * sees half a file. Read the file afterwards: it may be another's.
 */
export async function placeOnce(file: string, text: string): Promise<void> {
  const dir = path.dirname(file);
  await makeFolder(dir);
  const staging = path.join(dir, `.${path.basename(file)}.${randomUUID()}`);
  try {
    const handle = await open(staging, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // unlike rename, link never replaces
    await link(staging, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(staging, { force: true });
  }
  // the loser too: what it uses now must be there after a power cut, and the winner may not have come this far
  await syncFolder(dir);
}
