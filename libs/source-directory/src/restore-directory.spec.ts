import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pack as tarPack } from 'tar-stream';
import { readPack, restoreDirectory, verifyPack } from './index.js';
import type { PaxHeader } from './tar-entry.js';
import { tarHeader } from './tar-entry.js';
import { collectPack, makeOddTree } from './testing/odd-tree.js';

let base: string;
let tree: string;
const folder = (name: string) => path.join(base, name);

beforeAll(() => {
  base = fs.mkdtempSync(path.join(os.tmpdir(), 'restore-directory-'));
  tree = folder('tree');
  makeOddTree(tree);
});

afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

async function* asyncOf(blocks: Iterable<Buffer>): AsyncGenerator<Buffer> {
  yield* blocks;
}

const madeOf = async (entries: PaxHeader[], content = 'x'): Promise<Buffer[]> => {
  const pack = tarPack();
  for (const entry of entries) pack.entry(entry, entry.type === 'file' ? content : '');
  pack.finalize();
  const blocks: Buffer[] = [];
  for await (const block of pack) blocks.push(block as Buffer);
  return blocks;
};

describe('restoring a pack', () => {
  it('gives back a tree whose own pack and index are the same, byte for byte', async () => {
    const { tar, index, result } = await collectPack(tree);
    const totals = await restoreDirectory(asyncOf(tar), folder('restored'));
    expect(totals).toEqual({ entries: result.entries, files: result.files, totalBytes: result.totalBytes, excluded: 0 });
    const again = await collectPack(folder('restored'));
    const withoutExcluded = Buffer.concat(index)
      .toString()
      .split('\n')
      .filter((line) => !line.includes('"excluded"'));
    expect(Buffer.concat(again.index).toString().split('\n').map(coarse)).toEqual(withoutExcluded.map(coarse));
    expect(again.result.totalBytes).toBe(result.totalBytes);
  });

  it('makes holes of runs of zeros', async () => {
    const { tar } = await collectPack(tree);
    await restoreDirectory(asyncOf(tar), folder('sparse'));
    const { size, blocks } = fs.statSync(path.join(folder('sparse'), 'sparse'));
    expect(size).toBe(4_000_000);
    expect(blocks * 512).toBeLessThan(1_000_000);
  });

  it('refuses a target with anything in it', async () => {
    fs.mkdirSync(folder('full/inside'), { recursive: true });
    await expect(restoreDirectory(asyncOf([]), folder('full'))).rejects.toMatchObject({ code: 'RESTORE_TARGET_NOT_EMPTY' });
  });

  const escapes: [string, PaxHeader[]][] = [
    ['an absolute path', [{ name: '/tmp/lastcopy-escaped', type: 'file' }]],
    ['a path with ..', [{ name: '../escaped', type: 'file' }]],
    [
      '.. hidden in raw bytes',
      [{ name: 'harmless', type: 'file', pax: { 'LASTCOPY.path': Buffer.from('../escaped').toString('base64') } }],
    ],
    [
      'a way through a link',
      [
        { name: 'out', type: 'symlink', linkname: '..' },
        { name: 'out/escaped', type: 'file' },
      ],
    ],
    [
      'a link over a folder',
      [
        { name: 'd', type: 'directory' },
        { name: 'd', type: 'symlink', linkname: '..' },
      ],
    ],
    ['a hard link to outside', [{ name: 'h', type: 'link', linkname: '../tree/empty' }]],
    [
      'a hard link through a link',
      [
        { name: 'out', type: 'symlink', linkname: '../tree' },
        { name: 'h', type: 'link', linkname: 'out/empty' },
      ],
    ],
    [
      'a file that exists',
      [
        { name: 'f', type: 'file' },
        { name: 'f', type: 'file' },
      ],
    ],
    ['a device', [{ name: 'null', type: 'character-device', devmajor: 1, devminor: 3 }]],
  ];

  it.each(escapes)('refuses %s', async (what, entries) => {
    const inner = folder(`jail-${what.replaceAll(/\W/g, '-')}`);
    fs.mkdirSync(inner);
    const restoring = restoreDirectory(asyncOf(await madeOf(entries)), path.join(inner, 'target'));
    await expect(restoring).rejects.toMatchObject({ code: expect.stringMatching(/^(RESTORE_FAILED|ARCHIVE_CONTENT_MISMATCH)$/) });
    expect(fs.readdirSync(inner)).toEqual(['target']);
    expect(fs.existsSync('/tmp/lastcopy-escaped')).toBe(false);
  });
});

describe('verifying a pack', () => {
  const damage = (blocks: Buffer[], at: number): Buffer => {
    const whole = Buffer.concat(blocks);
    whole[at]! ^= 1;
    return whole;
  };

  it('finds a bit flipped in the content, naming the file', async () => {
    const { tar, index } = await collectPack(tree);
    const at = Buffer.concat(tar).indexOf('decomposed');
    const verifying = verifyPack(asyncOf([damage(tar, at)]), asyncOf(index));
    await expect(verifying).rejects.toMatchObject({ code: 'ARCHIVE_CONTENT_MISMATCH', details: { field: 'sha256' } });
  });

  it('finds a bit flipped in a header', async () => {
    const { tar, index } = await collectPack(tree);
    const at = Buffer.concat(tar).indexOf('mtime=');
    await expect(verifyPack(asyncOf([damage(tar, at + 8)]), asyncOf(index))).rejects.toMatchObject({ code: 'ARCHIVE_CONTENT_MISMATCH' });
  });

  it.each([0.1, 0.5, 0.9])('finds a pack that was cut at %d of its length', async (share) => {
    const { tar, index } = await collectPack(tree);
    const whole = Buffer.concat(tar);
    const cut = whole.subarray(0, Math.floor(whole.length * share));
    await expect(verifyPack(asyncOf([cut]), asyncOf(index))).rejects.toMatchObject({ code: 'ARCHIVE_CONTENT_MISMATCH' });
    await expect(restoreDirectory(asyncOf([cut]), folder(`cut-${share}`))).rejects.toMatchObject({ code: 'ARCHIVE_CONTENT_MISMATCH' });
  });

  it('finds an index with a line less, a line more, or a cut line', async () => {
    const { tar, index } = await collectPack(tree);
    const lines = Buffer.concat(index).toString().trimEnd().split('\n');
    for (const wrong of [lines.slice(0, -1), lines.toSpliced(3, 1), [...lines, lines.at(-1)!]]) {
      const verifying = verifyPack(asyncOf(tar), asyncOf([Buffer.from(`${wrong.join('\n')}\n`)]));
      await expect(verifying).rejects.toMatchObject({ code: 'ARCHIVE_CONTENT_MISMATCH' });
    }
    const cutLine = verifyPack(asyncOf(tar), asyncOf([Buffer.from(lines.join('\n'))]));
    await expect(cutLine).rejects.toMatchObject({ code: 'ARCHIVE_CONTENT_MISMATCH' });
  });

  it('passes on what the stream of the pack throws', async () => {
    const { tar, index } = await collectPack(tree);
    const broken = async function* () {
      yield tar[0]!.subarray(0, 5000);
      throw new Error('the store went away');
    };
    await expect(verifyPack(broken(), asyncOf(index))).rejects.toThrow('the store went away');
  });
});

it('writes and reads back sizes beyond 8 GiB', async () => {
  const entry = {
    path: 'huge',
    kind: 'file' as const,
    mode: '0600',
    mtime: '2024-02-29T12:00:00.000000001Z',
    uid: 3_000_000_000,
    gid: 7,
    size_bytes: 9e9,
  };
  const pack = tarPack();
  pack.entry(tarHeader(entry));
  const { value: header } = await pack[Symbol.asyncIterator]().next();
  const blocks = async function* () {
    yield header as Buffer;
    for await (const block of pack) yield block as Buffer;
  };
  const reader = readPack(blocks());
  const first = await reader.next();
  expect(first.value?.entry).toEqual(entry);
  pack.destroy();
});

it('packs and verifies an empty folder', async () => {
  fs.mkdirSync(folder('nothing'));
  const { tar, index } = await collectPack(folder('nothing'));
  expect(await verifyPack(asyncOf(tar), asyncOf(index))).toEqual({ entries: 1, files: 0, totalBytes: 0, excluded: 0 });
});

/** The platform sets times as floating-point seconds, which hold microseconds. */
function coarse(line: string): string {
  return line.replace(/(\.\d{5})\d{4}Z"/, '$1"');
}
