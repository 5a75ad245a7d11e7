import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { LogAnchored } from '@lastcopy/contracts';
import { sha256Hex } from '@lastcopy/eventing';
import { createMemoryObjectStore, type ObjectStore } from '@lastcopy/object-store';
import { anchorFaults } from './anchor-faults.js';
import { anchorFormat, anchorKey, signAnchor, type AnchorDocument } from './anchor-document.js';
import { readStoredAnchors } from './anchor-objects.js';
import { readAnchors, type ReadAnchorsParts } from './read-anchors.js';

const bucket = 'anchors';
const now = new Date('2026-03-10T00:00:00.000Z');
const retainUntil = new Date('2036-03-10T00:00:00.000Z');
const head = { source: 'gateway', epoch: '0b8e6a0e-6c1f-4c7a-9d0c-6f2f3d1f7a10', position: 7, hash: 'a'.repeat(64) } as const;

const newKey = async (): Promise<JWK> => exportJWK((await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })).privateKey);
const publicHalf = ({ kty, crv, x }: JWK): JWK => ({ kty, crv, x }) as JWK;

let key: JWK;
let objects: ObjectStore;
beforeAll(async () => {
  key = await newKey();
});
beforeEach(async () => {
  objects = createMemoryObjectStore(() => now);
  await objects.ensureBucket(bucket);
});

type Taken = AnchorDocument & { event: LogAnchored; body: Buffer };
interface Taking {
  locked?: boolean;
  by?: JWK;
  minute?: number;
}

async function take(anchor_no: number, previous: Taken | null, { locked = true, by = key, minute = 0 }: Taking = {}): Promise<Taken> {
  const taken_at = new Date(Date.UTC(2026, 2, anchor_no, 0, minute)).toISOString();
  const previous_sha256 = previous?.event.sha256 ?? null;
  const document: AnchorDocument = {
    format: anchorFormat,
    anchor_no,
    taken_at,
    taken_by: 'integrity-service',
    heads: [head],
    previous_sha256,
  };
  const body = await signAnchor(document, by);
  const at = { bucket, key: anchorKey(document) };
  const { versionId } = await objects.put(at, body);
  if (locked) await objects.setRetention(at, versionId!, { mode: 'COMPLIANCE', retainUntil });
  const event = { ...at, anchor_id: `anchor-${anchor_no}`, anchor_no, heads: [head], sha256: sha256Hex(body), previous_sha256 };
  return { ...document, body, event: { ...event, version_id: versionId ?? null, retain_until: retainUntil.toISOString() } };
}

async function takeThree(): Promise<[Taken, Taken, Taken]> {
  const first = await take(1, null);
  const second = await take(2, first);
  return [first, second, await take(3, second)];
}

const read = (limit = 100, keys = [key]) => readStoredAnchors({ objects, bucket, publicKeys: async () => keys.map(publicHalf) }, limit);
const faults = async (events: Taken[], limit?: number) => anchorFaults(await read(limit), events.map(({ event }) => event).reverse(), now);

it('reads the newest documents first, and finds nothing wrong with what nobody touched', async () => {
  const taken = await takeThree();
  const stored = await read();
  expect(stored.complete).toBe(true);
  expect(stored.anchors.map(({ document }) => document.anchor_no)).toEqual([3, 2, 1]);
  expect(stored.anchors[0]!.document.heads).toEqual([head]);
  expect(await faults(taken)).toEqual([]);
});

it('reads no more than it is asked for, and misses none of the older ones', async () => {
  const taken = await takeThree();
  expect(await read(2)).toMatchObject({ complete: false, anchors: [{ document: { anchor_no: 3 } }, { document: { anchor_no: 2 } }] });
  expect(await faults(taken, 2)).toEqual([]);
});

it('finds anchors that no event tells of any more', async () => {
  await takeThree();
  expect((await read()).anchors).toHaveLength(3);
  expect(await faults([])).toEqual([]);
});

it('finds what was put over an anchor, and reads the anchor beneath it', async () => {
  const taken = await takeThree();
  await objects.put({ bucket, key: taken[2].event.key }, Buffer.from('{}'));
  expect((await read()).anchors.map(({ sha256 }) => sha256)).toContain(taken[2].event.sha256);
  expect(await faults(taken)).toEqual([expect.stringMatching(/00000003-.* bears no valid signature/)]);
});

it('finds an older anchor that was put in the place of a newer one', async () => {
  const taken = await takeThree();
  await objects.put({ bucket, key: taken[2].event.key }, taken[0].body);
  expect(await faults(taken)).toEqual([expect.stringMatching(/holds anchor 1 of .*, which belongs elsewhere/)]);
});

it('takes the same bytes twice for one anchor: a write whose answer was lost is repeated', async () => {
  const taken = await takeThree();
  await objects.put({ bucket, key: taken[2].event.key }, taken[2].body);
  expect((await read()).anchors).toHaveLength(3);
  expect(await faults(taken)).toEqual([]);
});

it('finds an anchor that another key signed, and believes keys of before', async () => {
  const former = await newKey();
  const taken = await take(1, null, { by: former });
  expect(await faults([taken])).toEqual([expect.stringContaining('no valid signature'), expect.stringContaining('is not at s3://')]);
  expect((await read(100, [key, former])).anchors).toHaveLength(1);
});

it('finds an anchor that nothing protects, and one that is missing', async () => {
  const first = await take(1, null);
  const second = await take(2, first, { locked: false });
  const third = await take(3, second);
  expect(await faults([first, second, third])).toEqual([expect.stringMatching(/^anchor 2 .* is not under lock/)]);
  await objects.deleteVersion(second.event, second.event.version_id!);
  expect(await faults([first, second, third])).toEqual([
    expect.stringMatching(/^anchor 3 .* names the one before it, which is not in the object store/),
    expect.stringMatching(/^anchor 2 is not at s3:/),
  ]);
});

it('finds nothing wrong with what a crash left behind before it was locked', async () => {
  const first = await take(1, null);
  const cutOff = await take(2, first, { locked: false });
  const second = await take(2, first, { minute: 5 });
  expect(cutOff.event.key).not.toBe(second.event.key);
  expect(await faults([first, second])).toEqual([]);
  expect((await read()).anchors).toHaveLength(3);
});

it('lets an anchor go whose retention has ended', async () => {
  const first = await take(1, null, { locked: false });
  first.event.retain_until = '2026-03-05T00:00:00.000Z';
  const second = await take(2, first);
  expect(await faults([first, second])).toEqual([]);
  await objects.deleteVersion(first.event, first.event.version_id!);
  expect(await faults([first, second])).toEqual([]);
});

it('lets an anchor go before an older one: its retention was shorter, and has ended', async () => {
  const first = await take(1, null);
  const second = await take(2, first, { locked: false });
  const third = await take(3, second);
  await objects.deleteVersion(second.event, second.event.version_id!);
  second.event.retain_until = '2026-03-05T00:00:00.000Z';
  expect(await faults([first, second, third])).toEqual([]);
  second.event.retain_until = retainUntil.toISOString();
  expect(await faults([first, second, third])).toEqual([expect.stringContaining('anchor 3'), expect.stringContaining('anchor 2')]);
});

it('finds nothing where the first anchor has yet to make the bucket, and makes none; elsewhere a bucket that is missing is told', async () => {
  const empty = createMemoryObjectStore(() => now);
  // A log without events; the store is real.
  const eventing = { store: { query: async () => [] } } as unknown as ReadAnchorsParts['eventing'];
  const parts = { objects: empty, bucket, eventing, clock: { now: () => now }, publicKeys: async () => [publicHalf(key)] };
  expect(await readAnchors({ ...parts, createBucket: true }, 100)).toEqual({ anchored: true, anchors: [], complete: true, faults: [] });
  await expect(readAnchors({ ...parts, createBucket: false }, 100)).rejects.toMatchObject({ code: 'STORE_BUCKET_MISSING' });
});
