import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { serviceEnvironments } from '../../tools/embedded/services.mjs';

let dataDir: string;
beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'lastcopy-key-folders-'));
});
afterEach(() => fs.rmSync(dataDir, { recursive: true }));

const environments = () =>
  serviceEnvironments({
    dataDir,
    ports: {},
    credentials: { s3: { writer: {}, reader: {}, documents: {}, anchors: {} }, tokenSecret: 'a secret of the test' },
    nats: {},
    s3: {},
    databases: {},
  } as never) as Record<string, Record<string, string>>;

it('gives each service of the embedded stack a folder for its private key alone', () => {
  const all = Object.values(environments());
  const own = all.map(({ KEYS_DIR }) => KEYS_DIR!);
  expect(new Set(own).size).toBe(4);
  const exchanged = all.flatMap((each) => [each.PUBLIC_KEYS_DIR, each.TRUSTED_KEYS_DIR, each.WRAPPING_KEYS_DIR]).filter((dir) => dir);
  expect(exchanged.filter((dir) => own.includes(dir!))).toEqual([]);
});

it('lets wrapping keys be had by who writes and who proves alone, in the folder of the command line', () => {
  const { gateway, ...others } = environments();
  const keys = path.join(dataDir, 'keys');
  for (const service of ['archive-service', 'integrity-service']) expect(others[service]!.WRAPPING_KEYS_DIR).toBe(keys);
  for (const each of [gateway!, others['policy-service']!]) expect(Object.values(each)).not.toContain(keys);
  expect(others['archive-service']!.PUBLIC_KEYS_DIR).not.toBe(gateway!.TRUSTED_KEYS_DIR);
  expect(others['integrity-service']!.PUBLIC_KEYS_DIR).toBe(gateway!.TRUSTED_KEYS_DIR);
});

it('moves the keys of a stack whose services shared one folder, and touches no wrapping key', () => {
  const shared = path.join(dataDir, 'keys');
  fs.mkdirSync(shared);
  const secret = ['archive-signing.jwk.json', 'integrity-signing.jwk.json'];
  const kept = ['archive-signing.jwks.json', 'escrow.key', 'tenant-a.key'];
  for (const file of [...secret, 'integrity-signing.jwks.json', ...kept]) fs.writeFileSync(path.join(shared, file), file);
  environments();
  const { 'archive-service': archive, 'integrity-service': integrity, gateway } = environments();
  expect(fs.readdirSync(shared).sort()).toEqual(kept);
  const text = (dir: string, file: string) => fs.readFileSync(path.join(dir, file), 'utf8');
  expect(text(archive!.KEYS_DIR!, 'archive-signing.jwk.json')).toBe('archive-signing.jwk.json');
  expect(text(integrity!.KEYS_DIR!, 'integrity-signing.jwk.json')).toBe('integrity-signing.jwk.json');
  expect(text(gateway!.TRUSTED_KEYS_DIR!, 'integrity-signing.jwks.json')).toBe('integrity-signing.jwks.json');
});
