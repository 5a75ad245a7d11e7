import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadConfig } from '../config/load-config.js';
import { ServiceConfig } from '../config/service-config.js';
import { busOptions } from './bus-options.js';

const base = { DATABASE_URL: 'postgres://u@localhost/d', KEYS_DIR: '/keys' };
const safe = { NATS_URL: 'tls://bus.example:4222', NATS_CA_FILE: '/ca.crt', NATS_NKEY_SEED_FILE: '/seed' };
const load = (settings: Record<string, string>) => () => loadConfig(ServiceConfig, { ...base, ...settings });

it.each(['nats://localhost:4222', 'nats://127.0.0.1:4222', 'nats://127.8.9.1', 'nats://[::1]:4222', 'tls://localhost'])(
  'takes %s as it is',
  (NATS_URL) => {
    expect(load({ NATS_URL })).not.toThrow();
  },
);

it('takes a bus elsewhere by TLS, with an authority and a user', () => {
  expect(load(safe)).not.toThrow();
  expect(load({ ...safe, NATS_NKEY_SEED_FILE: '', NATS_USER: 'policy', NATS_PASSWORD: 'p' })).not.toThrow();
  expect(load({ ...safe, NATS_NKEY_SEED_FILE: '', NATS_CERT_FILE: '/c', NATS_KEY_FILE: '/k' })).not.toThrow();
});

it.each(['development', 'production'])('refuses in %s what could be read or forged on its way', (LASTCOPY_ENV) => {
  const elsewhere = (changes: Record<string, string>) => load({ ...safe, LASTCOPY_ENV, ...changes });
  for (const host of ['bus.example', '10.0.0.1', '0.0.0.0', '127.0.0.1.example', 'localhost.example', '[::]']) {
    expect(elsewhere({ NATS_URL: `nats://${host}:4222` })).toThrow(/NATS_URL: .*tls:\/\/ alone/);
  }
  expect(elsewhere({ NATS_CA_FILE: '' })).toThrow(/NATS_CA_FILE/);
  expect(elsewhere({ NATS_NKEY_SEED_FILE: '' })).toThrow(/needs a user/);
});

it('refuses half of a pair, a user in the address, and what is no address', () => {
  expect(load({ ...safe, NATS_USER: 'policy' })).toThrow(/go together/);
  expect(load({ ...safe, NATS_KEY_FILE: '/k' })).toThrow(/go together/);
  expect(load({ ...safe, NATS_URL: 'tls://user:secret@bus.example' })).toThrow(/must not hold a user/);
  for (const NATS_URL of ['http://localhost', 'nats://', 'localhost:4222']) expect(load({ NATS_URL })).toThrow(/nats:\/\/ or tls:\/\//);
});

it('says which file cannot be used, and never what is in it', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'lastcopy-seed-'));
  try {
    const file = path.join(dir, 'seed');
    const settings = { NATS_URL: 'nats://localhost', NATS_NKEY_SEED_FILE: file };
    expect(() => busOptions('gateway', settings)).toThrow(/NATS_NKEY_SEED_FILE names .*cannot be read/);
    writeFileSync(file, 'hush-hush');
    expect(() => busOptions('gateway', settings)).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }));
    expect(() => busOptions('gateway', settings)).not.toThrow(/hush-hush/);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
