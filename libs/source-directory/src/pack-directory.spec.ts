import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fingerprintDirectory, packDirectory, verifyPack, type IndexEntry } from './index.js';
import { OpenDirectory } from './open-directory.js';
import { collectPack, linesOf, makeOddTree } from './testing/odd-tree.js';

let base: string;
let tree: string;

beforeAll(() => {
  base = fs.mkdtempSync(path.join(os.tmpdir(), 'pack-directory-'));
  tree = path.join(base, 'tree');
  makeOddTree(tree);
});

// The system's rm can, unlike Node's, remove a tree that is deeper than a path may be long.
afterAll(() => void spawnSync('rm', ['-rf', base]));

const entryOf = (index: Buffer[], wanted: string): IndexEntry => linesOf(index).find(({ path: name }) => name === wanted)!;

describe('packing a folder', () => {
  it('verifies against its own index, and counts what is there', async () => {
    const { tar, index, result } = await collectPack(tree);
    const verified = await verifyPack(asyncOf(tar), asyncOf(index));
    const { fingerprint, ...totals } = result;
    expect(verified).toEqual(totals);
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(linesOf(index)).toHaveLength(totals.entries + totals.excluded);
  });

  it('gives the same bytes twice', async () => {
    const [first, second] = [await collectPack(tree), await collectPack(tree)];
    expect(Buffer.concat(first.tar).equals(Buffer.concat(second.tar))).toBe(true);
    expect(Buffer.concat(first.index).equals(Buffer.concat(second.index))).toBe(true);
  });

  it('counts every entry once over blocks of the asked size', async () => {
    const { tar, entries, result } = await collectPack(tree, { blockBytes: 10_000 });
    expect(entries).toBe(result.entries);
    expect(tar.slice(0, -1).every((block) => block.length === 10_000)).toBe(true);
    expect(tar.length).toBeGreaterThan(10);
  });

  it('opens with the tar of the system', async () => {
    const { tar } = await collectPack(tree);
    const target = path.join(base, 'by-tar');
    fs.mkdirSync(target);
    const run = spawnSync('tar', ['-x', '-C', target], { input: Buffer.concat(tar) });
    expect(run.stderr.toString()).not.toContain('rror');
    expect(fs.readFileSync(path.join(target, 'two\nlines')).toString()).toBe('newline');
    expect(fs.readFileSync(path.join(target, 'big.bin')).equals(fs.readFileSync(path.join(tree, 'big.bin')))).toBe(true);
    expect(fs.statSync(path.join(target, 'hard')).ino).toBe(fs.statSync(path.join(target, 'a-first')).ino);
  });

  it('says of each kind what the index promises', async () => {
    const { index } = await collectPack(tree);
    expect(entryOf(index, '.')).toMatchObject({ kind: 'directory' });
    expect(entryOf(index, 'empty')).toMatchObject({ kind: 'file', size_bytes: 0 });
    expect(entryOf(index, 'empty').sha256).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(entryOf(index, 'empty-folder')).toMatchObject({ kind: 'directory', mode: '0750' });
    expect(entryOf(index, 'link-out')).toMatchObject({ kind: 'symlink', link_target: '/etc' });
    expect(entryOf(index, 'dangling')).toMatchObject({ kind: 'symlink', link_target: 'nowhere' });
    expect(entryOf(index, 'hard')).toMatchObject({ kind: 'hardlink', link_target: 'a-first' });
    expect(entryOf(index, 'dated')).toMatchObject({ mtime: '1969-07-20T20:17:40.000000000Z', mode: '0640' });
    expect(entryOf(index, 'far-future').mtime).toMatch(/^2100-01-01T00:00:00/);
    expect(entryOf(index, 'pipe')).toMatchObject({ kind: 'fifo', excluded: 'a named pipe holds no data at rest' });
    expect(linesOf(index).some(({ path: name }) => name.startsWith('link-out/'))).toBe(false);
  });

  it('keeps names that are not UTF-8, and both normal forms of one', async () => {
    const { index } = await collectPack(tree);
    const odd = linesOf(index).filter((line) => line.path_base64);
    expect(odd.map((line) => Buffer.from(line.path_base64!, 'base64').toString('latin1'))).toEqual(['caf\xe9', 'caf\xe9/inside']);
    expect(linesOf(index).filter(({ path: name }) => name.normalize('NFC') === 'Zoë')).toHaveLength(2);
  });

  it('reads a tree deeper than one path may be long', async () => {
    const deep = path.join(base, 'deep');
    fs.mkdirSync(deep);
    let folder = await OpenDirectory.open(Buffer.from(deep));
    const name = Buffer.from('d'.repeat(200));
    for (let depth = 0; depth < 30; depth += 1) {
      fs.mkdirSync(folder.child(name));
      const below = await folder.openDirectory(name);
      await folder.close();
      folder = below;
    }
    fs.writeFileSync(folder.child(Buffer.from('file')), 'bottom\n');
    await folder.close();
    const { tar, index, result } = await collectPack(deep);
    expect(result.files).toBe(1);
    expect(await verifyPack(asyncOf(tar), asyncOf(index))).toMatchObject({ entries: 32, files: 1, totalBytes: 7 });
  });
});

describe('refusing to pack', () => {
  const changing = async (change: (file: string) => void) => {
    const folder = fs.mkdtempSync(path.join(base, 'changing-'));
    const file = path.join(folder, 'log');
    fs.writeFileSync(file, Buffer.alloc(5_000_000, 1));
    let changed = false;
    const tar = async () => {
      if (!changed) change(file);
      changed = true;
    };
    return packDirectory(folder, { tar, index: async () => undefined }, { blockBytes: 64 * 1024 });
  };

  it.each<[string, (file: string) => void]>([
    ['grows', (file) => fs.appendFileSync(file, 'x')],
    ['shrinks', (file) => fs.truncateSync(file, 10)],
    ['is rewritten in place with its old time', (file) => rewriteKeepingTime(file)],
    ['gets a new neighbour', (file) => fs.writeFileSync(`${file}.1`, 'late')],
  ])('a file that %s meanwhile', async (_what, change) => {
    await expect(changing(change)).rejects.toMatchObject({ code: 'SOURCE_FILE_CHANGED' });
  });

  it('what it may not read, naming the path', async () => {
    const folder = fs.mkdtempSync(path.join(base, 'closed-'));
    fs.chmodSync(folder, 0o755);
    fs.chmodSync(base, 0o755);
    fs.writeFileSync(path.join(folder, 'open'), 'x', { mode: 0o644 });
    const pack = () => asUnprivileged(() => packDirectory(folder, { tar: async () => undefined, index: async () => undefined }));
    await expect(pack()).resolves.toMatchObject({ files: 1 });
    fs.writeFileSync(path.join(folder, 'secret'), 'x', { mode: 0o000 });
    await expect(pack()).rejects.toMatchObject({ code: 'SOURCE_PRIVILEGE', message: expect.stringContaining('"secret"') });
    fs.rmSync(path.join(folder, 'secret'));
    fs.mkdirSync(path.join(folder, 'closed'), { mode: 0o000 });
    await expect(pack()).rejects.toMatchObject({ code: 'SOURCE_PRIVILEGE', message: expect.stringContaining('"closed"') });
  });

  it('a root that is absent, a file or a link', async () => {
    const sinks = { tar: async () => undefined, index: async () => undefined };
    for (const root of ['absent', 'tree/big.bin', 'tree/link-out']) {
      await expect(packDirectory(path.join(base, root), sinks)).rejects.toMatchObject({ code: 'SOURCE_PATH_MISSING' });
    }
  });

  it('to go on after a sink failed or the signal came', async () => {
    const failing = { tar: async () => Promise.reject(new Error('store is full')), index: async () => undefined };
    await expect(packDirectory(tree, failing, { blockBytes: 1024 })).rejects.toThrow('store is full');
    const abort = new AbortController();
    const aborting = { tar: async () => abort.abort(), index: async () => undefined };
    await expect(packDirectory(tree, aborting, { blockBytes: 1024, signal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

it('waits for a slow sink instead of reading ahead', async () => {
  let [inside, most] = [0, 0];
  const tar = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
  };
  await packDirectory(tree, { tar, index: async () => undefined }, { blockBytes: 4096 });
  expect(most).toBe(1);
});

it('has a fingerprint that any write changes and a mere read does not', async () => {
  const folder = path.join(base, 'watched');
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'file'), 'one');
  const { result } = await collectPack(folder);
  const later = await fingerprintDirectory(folder);
  expect(later).toEqual(result);
  rewriteKeepingTime(path.join(folder, 'file'));
  expect((await fingerprintDirectory(folder)).fingerprint).not.toBe(later.fingerprint);
});

function rewriteKeepingTime(file: string): void {
  const { atime, mtime, size } = fs.statSync(file);
  fs.writeFileSync(file, Buffer.alloc(size, 2), { flag: 'r+' });
  fs.utimesSync(file, atime, mtime);
}

async function asUnprivileged<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid!() !== 0) return work();
  process.seteuid!(65534);
  try {
    return await work();
  } finally {
    process.seteuid!(0);
  }
}

async function* asyncOf(blocks: Buffer[]): AsyncGenerator<Buffer> {
  yield* blocks;
}
