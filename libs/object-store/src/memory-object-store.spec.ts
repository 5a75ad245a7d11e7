import { createMemoryObjectStore } from './memory-object-store.js';
import { objectStoreContract } from './object-store.contract.js';

objectStoreContract('memory', async () => ({ store: createMemoryObjectStore(), close: async () => undefined }));

it('lets go when retention has ended by its clock', async () => {
  let now = new Date('2026-01-01T00:00:00Z');
  const store = createMemoryObjectStore(() => now);
  await store.ensureBucket('a-bucket');
  const location = { bucket: 'a-bucket', key: 'k' };
  const versionId = (await store.put(location, Buffer.from('x'))).versionId!;
  await store.setRetention(location, versionId, { mode: 'GOVERNANCE', retainUntil: new Date('2026-02-01T00:00:00Z') });
  await expect(store.deleteVersion(location, versionId)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
  now = new Date('2026-02-01T00:00:00Z');
  await store.deleteVersion(location, versionId);
  expect(await store.head(location)).toBeUndefined();
});
