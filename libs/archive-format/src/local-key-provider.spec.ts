import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createArchiveKey } from './key-wraps.js';
import { createLocalKeyFileProvider } from './local-key-provider.js';

const context = { client_account_id: 'c', engagement_id: 'e', flow_id: 'f', system_id: 's', job_id: 'j', wrap_id: 'tenant' };

describe('a key in a local file', () => {
  let dir: string;
  let file: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'keys-'));
    file = path.join(dir, 'keys', 'tenant.json');
  });
  afterEach(async () => rm(dir, { recursive: true, force: true }));

  it('is made once, readable by its owner only, and opens what it wrapped after a restart', async () => {
    const archiveKey = createArchiveKey();
    const made = await createLocalKeyFileProvider(file, { nodeEnv: 'development', create: true });
    const document = await made.wrap(archiveKey, context);
    const again = await createLocalKeyFileProvider(file, { nodeEnv: undefined, create: true });
    expect(again.keyId).toBe(made.keyId);
    expect(Buffer.from(await again.unwrap(document, context))).toEqual(Buffer.from(archiveKey));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(document)).not.toContain(JSON.parse(await readFile(file, 'utf8')).k);
  });

  it('is one and the same for a hundred who ask first at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const shared = path.join(dir, `round-${round}`, 'keys', 'tenant.json');
      const askers = Array.from({ length: 100 }, () => createLocalKeyFileProvider(shared, { nodeEnv: 'test', create: true }));
      const made = await Promise.all(askers);
      const { kid } = JSON.parse(await readFile(shared, 'utf8')) as { kid: string };
      expect(new Set(made.map(({ keyId }) => keyId))).toEqual(new Set([kid]));
      expect(await readdir(path.dirname(shared))).toEqual(['tenant.json']);
    }
  });

  it('is never replaced, not even when what stands there is damaged', async () => {
    const damaged = path.join(dir, 'damaged.json');
    await writeFile(damaged, '{"kid": "k", ');
    await expect(createLocalKeyFileProvider(damaged, { nodeEnv: 'test', create: true })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
    });
    expect(await readFile(damaged, 'utf8')).toBe('{"kid": "k", ');
  });

  it('says whose wrap it is in the part that is authenticated', async () => {
    const provider = await createLocalKeyFileProvider(file, { nodeEnv: 'test', create: true });
    const document = await provider.wrap(createArchiveKey(), context);
    const header = JSON.parse(Buffer.from(document.protected!, 'base64url').toString());
    expect(header).toMatchObject({ alg: 'A256GCMKW', enc: 'A256GCM', kid: provider.keyId, ...context });
    const forged = { ...document, protected: Buffer.from(JSON.stringify({ ...header, job_id: 'other' })).toString('base64url') };
    await expect(provider.unwrap(forged, { ...context, job_id: 'other' })).rejects.toMatchObject({ code: 'ARCHIVE_KEY_UNAVAILABLE' });
  });

  it('is refused in production', async () => {
    const refused = createLocalKeyFileProvider(file, { nodeEnv: 'production', create: true });
    await expect(refused).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is refused when it is absent, damaged or too short', async () => {
    const open = () => createLocalKeyFileProvider(file, { nodeEnv: 'test' });
    await expect(open()).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
    const short = path.join(dir, 'short.json');
    await writeFile(short, JSON.stringify({ kid: 'k', k: 'c2hvcnQ' }));
    await expect(createLocalKeyFileProvider(short, { nodeEnv: 'test' })).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });
});
