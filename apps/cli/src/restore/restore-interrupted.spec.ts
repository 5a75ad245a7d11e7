import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CodedError } from '@lastcopy/kernel';
import { openOffline } from './open-offline.js';
import { RestoreProgress } from './progress.js';
import { restoreToFolder } from './restore-to-folder.js';
import { identityOfJob, StoredArchives } from './testing/stored-archives.js';
import { verifyOffline } from './verify-offline.js';

const job = identityOfJob('job-1');
let archives: StoredArchives;
let count = 0;

const quiet = () => new RestoreProgress(process.stdout, 0, true);

/** Interrupts when the first bytes have arrived. */
class InterruptingProgress extends RestoreProgress {
  interrupt: () => void = () => undefined;

  override add(count: number): void {
    super.add(count);
    this.interrupt();
  }
}

async function restore(signal: AbortSignal, keepPartial = false, progress = quiet()): Promise<string> {
  const folder = path.join(archives.dir, `out-${(count += 1)}`);
  const source = await openOffline(archives.environment, archives.location(job), {}, signal);
  await restoreToFolder(source, { folder, wanted: [], treeOnly: false, keepPartial, now: new Date(), progress });
  return folder;
}

/** The fault for the first request of the pack, none for those after it. */
function faultOnce(kind: 'truncate' | 'flip'): () => number {
  let asked = 0;
  archives.fault = ({ operation, key }) => {
    if (operation !== 'GetObject' || !key.includes('/data/files/')) return undefined;
    asked += 1;
    if (asked > 1) return undefined;
    return kind === 'truncate' ? { kind, afterBytes: 50_000 } : { kind, atByte: 50_000 };
  };
  return () => asked;
}

beforeAll(async () => {
  archives = await StoredArchives.start();
  // Several blocks of 4 MiB: text comes out of whole blocks only.
  const share = path.join(archives.dir, 'share');
  await mkdir(share);
  let state = 1;
  const noise = Uint8Array.from({ length: 9_000_000 }, () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24);
  await writeFile(path.join(share, 'noise.bin'), noise);
  await archives.directory(job, share);
});

afterEach(() => (archives.fault = undefined));
afterAll(() => archives.stop());

it.each(['truncate', 'flip'] as const)('goes on after a store that answered wrongly once (%s)', async (kind) => {
  const asked = faultOnce(kind);
  const folder = await restore(new AbortController().signal);
  expect(asked()).toBeGreaterThan(1);
  const original = readFileSync(path.join(archives.dir, 'share/noise.bin'));
  expect(readFileSync(path.join(folder, 'files/noise.bin')).equals(original)).toBe(true);
});

it.each(['truncate', 'flip'] as const)('does not call an object damaged that came wrongly once (%s)', async (kind) => {
  const asked = faultOnce(kind);
  const source = await openOffline(archives.environment, archives.location(job), {}, new AbortController().signal);
  expect((await verifyOffline(source, 'fixity', quiet())).failed).toEqual([]);
  expect(asked()).toBe(2);
});

it.each([false, true])('leaves nothing that looks complete when it is interrupted (--keep-partial %s)', async (keepPartial) => {
  const controller = new AbortController();
  archives.fault = ({ operation, key }) =>
    operation === 'GetObject' && key.includes('/data/files/') ? { kind: 'stall', afterBytes: 6_000_000 } : undefined;
  const progress = new InterruptingProgress(process.stdout, 0, true);
  progress.interrupt = () => controller.abort(new CodedError('RESTORE_FAILED', 'Interrupted.'));
  await expect(restore(controller.signal, keepPartial, progress)).rejects.toMatchObject({
    code: 'RESTORE_FAILED',
    message: 'Interrupted.',
  });
  const folder = path.join(archives.dir, `out-${count}`);
  expect([existsSync(folder), existsSync(`${folder}.partial`)]).toEqual([false, keepPartial]);
  expect(existsSync(path.join(`${folder}.partial`, 'bagit.txt'))).toBe(false);
});
