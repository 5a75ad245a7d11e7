import { mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileTime } from './restore-file.js';

it('gives every time back to the microsecond, also where a second has no exact fraction in binary', async () => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-times-'));
  const file = path.join(dir, 'file');
  await writeFile(file, '');
  const wrong: string[] = [];
  for (let step = 0; step < 2_000; step += 1) {
    const mtime = `2026-11-22T19:25:49.${String((step * 7919) % 1_000_000).padStart(6, '0')}000Z`;
    const time = fileTime(mtime);
    await utimes(file, time, time);
    const { mtimeNs } = await stat(file, { bigint: true });
    const micros = BigInt(Date.parse(`${mtime.slice(0, 19)}Z`)) * 1000n + BigInt(mtime.slice(20, 26));
    if (mtimeNs / 1000n !== micros) wrong.push(`${mtime} became ${mtimeNs}`);
  }
  await rm(dir, { recursive: true });
  expect(wrong).toEqual([]);
});
