import { attemptPrefix } from '@lastcopy/archive-format';
import { createMemoryObjectStore, type ObjectStore } from '@lastcopy/object-store';
import { sweepJob, type JobToSweep } from './sweep-job.js';

const identity = { client_account_id: 'c', engagement_id: 'e', flow_id: 'f', system_id: 's', job_id: 'j' };
const bucket = 'archives';
const { signal } = new AbortController();

let store: ObjectStore;
beforeEach(async () => {
  store = createMemoryObjectStore();
  await store.ensureBucket(bucket);
  for (const attempt of [1, 2, 12]) {
    const prefix = attemptPrefix('kept', { ...identity, attempt });
    await store.put({ bucket, key: `${prefix}/data/t-0001/part-00001.csv.zst.enc` }, Buffer.from('rows'));
    await store.put({ bucket, key: `kept/c/e/f/s/j/keys/attempt-${attempt}.tenant.json` }, Buffer.from('{}'));
    await store.startMultipart({ bucket, key: `${prefix}/data/t-0002/part-00001.csv.zst.enc` });
  }
  await store.put({ bucket, key: 'kept/c/e/f/s/other/attempt-1/manifest.json' }, Buffer.from('{}'));
});

const job = (changes: Partial<JobToSweep>): JobToSweep => ({
  identity,
  destinations: ['s3://archives/kept/'],
  phase: 'in_progress',
  attempt: 12,
  uploadedAttempts: [],
  lockedAttempts: [],
  ...changes,
});

async function left(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.listVersions(bucket, '')) keys.push(key.replace('kept/c/e/f/s/', ''));
  for await (const { key } of store.listMultipartUploads(bucket, '')) keys.push(`upload of ${key.replace('kept/c/e/f/s/', '')}`);
  return keys.sort();
}
const ofAttempt = (attempt: number) => [
  `j/attempt-${attempt}/data/t-0001/part-00001.csv.zst.enc`,
  `j/keys/attempt-${attempt}.tenant.json`,
  `upload of j/attempt-${attempt}/data/t-0002/part-00001.csv.zst.enc`,
];
const others = ['other/attempt-1/manifest.json'];

it('removes objects, uploads and wraps of lost attempts, and nothing else', async () => {
  expect(await sweepJob(store, job({ uploadedAttempts: [2] }), signal)).toEqual({ objects: 2, uploads: 1, locked: 0 });
  expect(await left()).toEqual([...ofAttempt(2), ...ofAttempt(12), ...others].sort());
});

it('does nothing more the second time', async () => {
  await sweepJob(store, job({}), signal);
  const before = await left();
  expect(await sweepJob(store, job({}), signal)).toEqual({ objects: 0, uploads: 0, locked: 0 });
  expect(await left()).toEqual(before);
});

it('touches no attempt that came after what it knows', async () => {
  await sweepJob(store, job({ phase: 'failed', attempt: 1 }), signal);
  expect(await left()).toEqual([...ofAttempt(2), ...ofAttempt(12), ...others].sort());
});

it('leaves locked versions alone, and goes on with the rest', async () => {
  const key = 'kept/c/e/f/s/j/attempt-1/data/t-0001/part-00001.csv.zst.enc';
  const { versionId } = (await store.head({ bucket, key }))!;
  const retainUntil = new Date(Date.now() + 3_600_000);
  await store.setRetention({ bucket, key }, versionId!, { mode: 'COMPLIANCE', retainUntil });
  const counts = await sweepJob(store, job({ phase: 'cancelled', attempt: 2 }), signal);
  expect(counts).toEqual({ objects: 3, uploads: 2, locked: 1 });
  expect(await left()).toEqual([ofAttempt(1)[0], ...ofAttempt(12), ...others].sort());
});

it('looks into every location that the job was ordered to, and minds no bucket that never was', async () => {
  const counts = await sweepJob(store, job({ phase: 'cancelled', destinations: ['s3://newer/', 's3://archives/kept'] }), signal);
  expect(counts.objects).toBe(6);
  expect(await left()).toEqual(others);
});
