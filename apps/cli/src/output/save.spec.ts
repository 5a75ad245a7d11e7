import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { saveExport } from './audit-file.js';
import { downloadDocument } from './documents.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'lastcopy-save-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileNamed = (name: string) => path.join(folder, name);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

it('writes a document whose checksum is right, for its owner alone', async () => {
  const file = fileNamed('right.txt');
  await downloadDocument(new Response('content'), sha256('content'), file, false);
  expect(readFileSync(file, 'utf8')).toBe('content');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('leaves nothing of a document that is another', async () => {
  const attempt = downloadDocument(new Response('changed'), sha256('content'), fileNamed('wrong.txt'), false);
  await expect(attempt).rejects.toMatchObject({ code: 'ARCHIVE_CONTENT_MISMATCH' });
  expect(readdirSync(folder)).not.toContain('wrong.txt');
});

it('replaces a file only when that is asked for, and never with what is wrong', async () => {
  const file = fileNamed('kept.txt');
  const save = (text: string, force: boolean) => downloadDocument(new Response(text), sha256('new'), file, force);
  await downloadDocument(new Response('old'), sha256('old'), file, false);
  await expect(save('new', false)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  await expect(save('damaged', true)).rejects.toMatchObject({ code: 'ARCHIVE_CONTENT_MISMATCH' });
  expect(readFileSync(file, 'utf8')).toBe('old');
  await save('new', true);
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
});

it.each([
  ['csv', 'seq,action\n1,Approved\n', 'end,1 entries through 1\n'],
  ['jsonl', '{"seq":1}\n', '{"end":{"entries":1}}\n'],
] as const)('keeps no %s export of the audit trail that was cut off', async (format, rows, end) => {
  for (const [name, text] of [
    ['before-the-end', rows],
    ['within-the-end', rows + end.slice(0, -1)],
    ['empty', ''],
  ]) {
    const attempt = saveExport(new Response(text), fileNamed(`${name}.${format}`), false, format);
    await expect(attempt).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(readdirSync(folder)).not.toContain(`${name}.${format}`);
  }
  await saveExport(new Response(rows + end), fileNamed(`whole.${format}`), false, format);
  expect(readFileSync(fileNamed(`whole.${format}`), 'utf8')).toBe(rows + end);
});
