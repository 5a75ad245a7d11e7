import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { diagnoseDirectory } from './index.js';

let base: string;
beforeAll(() => {
  base = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'diagnose-directory-')));
  for (const name of ['allowed/share', 'allowed-not']) fs.mkdirSync(path.join(base, name), { recursive: true });
  fs.writeFileSync(path.join(base, 'allowed/share/file'), 'x');
  fs.symlinkSync(path.join(base, 'allowed-not'), path.join(base, 'allowed/out'));
});
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

const diagnose = (folder: string) => diagnoseDirectory(path.join(base, folder), [path.join(base, 'allowed'), '/does/not/exist']);

it('answers what a folder below an allowed one holds', async () => {
  expect(await diagnose('allowed/share')).toMatchObject({ path: path.join(base, 'allowed/share'), entries: 1 });
  expect((await diagnose('allowed')).filesystem.totalBytes).toBeGreaterThan(0);
});

it.each(['allowed-not', 'allowed/out', 'allowed/../allowed-not', 'absent-outside'])('refuses %s, which leads outside', async (folder) => {
  await expect(diagnose(folder)).rejects.toMatchObject({ code: 'SOURCE_NOT_ALLOWED' });
});

it('refuses a relative path and an empty allow-list', async () => {
  await expect(diagnoseDirectory('allowed', [base])).rejects.toMatchObject({ code: 'SOURCE_NOT_ALLOWED' });
  await expect(diagnoseDirectory(base, [])).rejects.toMatchObject({ code: 'SOURCE_NOT_ALLOWED' });
});

it.each(['allowed/absent', 'allowed/share/file'])('says that %s is no folder', async (folder) => {
  await expect(diagnose(folder)).rejects.toMatchObject({ code: 'SOURCE_PATH_MISSING' });
});
