// A tree with everything that makes copying trees go wrong. For the tests of this library.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { IndexEntry } from '../index-entry.js';
import { packDirectory, type PackOptions } from '../pack-directory.js';

const fillDeterministic = (sizeBytes: number): Buffer => {
  const data = Buffer.alloc(sizeBytes);
  let state = 12345;
  for (let at = 0; at < sizeBytes; at += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[at] = state >>> 24;
  }
  return data;
};

const latin1 = (folder: string, name: string): Buffer => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);

export const makeOddTree = (root: string): void => {
  fs.mkdirSync(root);
  const at = (name: string) => path.join(root, name);
  fs.writeFileSync(at('a-first'), 'shared content');
  fs.linkSync(at('a-first'), at('hard'));
  fs.writeFileSync(at('big.bin'), fillDeterministic(3_000_001));
  fs.writeFileSync(at('empty'), '');
  fs.mkdirSync(at('empty-folder'));
  fs.chmodSync(at('empty-folder'), 0o750);
  fs.writeFileSync(at('two\nlines'), 'newline');
  fs.writeFileSync(at('-rf'), 'leading dash');
  fs.writeFileSync(at(' spaces '), 'spaces');
  fs.writeFileSync(at('Zo\u00eb'), 'composed');
  fs.writeFileSync(at('Zoe\u0308'), 'decomposed');
  fs.writeFileSync(at('n'.repeat(255)), 'the longest name');
  fs.mkdirSync(path.join(root, 'x'.repeat(120), 'y'.repeat(120)), { recursive: true });
  fs.writeFileSync(path.join(root, 'x'.repeat(120), 'y'.repeat(120), 'z'.repeat(120)), 'long path');
  fs.mkdirSync(latin1(root, 'caf\xe9'));
  fs.writeFileSync(latin1(root, 'caf\xe9/inside'), 'name is not UTF-8');
  fs.symlinkSync('/etc', at('link-out'));
  fs.symlinkSync('nowhere', at('dangling'));
  fs.symlinkSync(Buffer.from('caf\xe9', 'latin1'), at('link-odd'));
  spawnSync('mkfifo', [at('pipe')]);
  fs.writeFileSync(at('sparse'), '');
  fs.truncateSync(at('sparse'), 4_000_000);
  fs.writeFileSync(at('dated'), 'moon', { mode: 0o640 });
  fs.utimesSync(at('dated'), new Date('1969-07-20T20:17:40Z'), new Date('1969-07-20T20:17:40Z'));
  fs.writeFileSync(at('far-future'), 'later');
  fs.utimesSync(at('far-future'), new Date('2100-01-01T00:00:00Z'), new Date('2100-01-01T00:00:00Z'));
  fs.writeFileSync(at('set-user-id'), '#!/bin/sh\n');
  fs.chmodSync(at('set-user-id'), 0o4755);
};

export const collectPack = async (root: string, options: PackOptions = {}) => {
  const tar: Buffer[] = [];
  const index: Buffer[] = [];
  let entries = 0;
  const result = await packDirectory(
    root,
    {
      tar: async (block, count) => {
        tar.push(block);
        entries += count;
      },
      index: async (block) => void index.push(block),
    },
    options,
  );
  return { tar, index, entries, result };
};

export const linesOf = (index: readonly Buffer[]): IndexEntry[] =>
  Buffer.concat(index)
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as IndexEntry);
