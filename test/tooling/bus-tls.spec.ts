import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { connect } from '@nats-io/transport-node';
import { serviceNames } from '@lastcopy/contracts';
import { busOptions } from '@lastcopy/platform';
import { ensureBusCertificates } from '../../tools/bus/certificates.mjs';
import { ensureSeed } from '../../tools/bus/nkeys.mjs';
import { tlsConfig, usersConfig } from '../../tools/bus/server-config.mjs';
import { startNats } from '../../tools/servers/nats.mjs';

const dir = mkdtempSync(path.join(os.tmpdir(), 'lastcopy-bus-tls-'));
const at = (...parts: string[]) => path.join(dir, ...parts);
const hosts = ['nats', 'localhost', '127.0.0.1'];
const folders = { authorityDir: at('authority'), serverDir: at('server'), publishDir: at('public') };
const read = (...parts: string[]) => readFileSync(at(...parts), 'utf8');
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
afterAll(() => rmSync(dir, { recursive: true }));

it('makes an authority and a certificate of it for the hosts, and keeps both as long as they are good', async () => {
  expect(await ensureBusCertificates({ ...folders, hosts })).toBe(true);
  const certificate = new X509Certificate(read('server/server.crt'));
  expect(certificate.verify(new X509Certificate(read('public/ca.crt')).publicKey)).toBe(true);
  expect([certificate.checkHost('nats'), certificate.checkIP('127.0.0.1'), certificate.checkHost('other')]).toEqual([
    'nats',
    '127.0.0.1',
    undefined,
  ]);
  expect(certificate.ca).toBe(false);
  for (const key of ['authority/ca.key', 'server/server.key']) expect(statSync(at(key)).mode & 0o077).toBe(0);
  expect(await ensureBusCertificates({ ...folders, hosts })).toBe(false);
  expect(read('server/server.crt')).toBe(certificate.toString());
});

it('renews what is near its end, for other hosts or without its key, under the same authority', async () => {
  const authority = read('authority/ca.crt');
  expect(await ensureBusCertificates({ ...folders, hosts, now: inDays(330) })).toBe(false);
  expect(await ensureBusCertificates({ ...folders, hosts, now: inDays(340) })).toBe(true);
  expect(await ensureBusCertificates({ ...folders, hosts: ['elsewhere'] })).toBe(true);
  rmSync(at('server/server.key'));
  expect(await ensureBusCertificates({ ...folders, hosts })).toBe(true);
  expect(read('authority/ca.crt')).toBe(authority);
});

it('makes a new authority before the old one ends, and a certificate under it', async () => {
  const other = { authorityDir: at('a2'), serverDir: at('s2'), publishDir: at('p2') };
  await ensureBusCertificates({ ...other, hosts });
  const before = read('p2/ca.crt');
  expect(await ensureBusCertificates({ ...other, hosts, now: inDays(3300) })).toBe(true);
  expect(read('p2/ca.crt')).not.toBe(before);
});

describe('a bus with these certificates', () => {
  let server: Awaited<ReturnType<typeof startNats>>;
  let settings: { NATS_URL: string; NATS_NKEY_SEED_FILE: string; NATS_CA_FILE: string };
  beforeAll(async () => {
    const keys = Object.fromEntries(serviceNames.map((service) => [service, ensureSeed(at(`${service}.seed`)) as string]));
    writeFileSync(at('nats.conf'), `${usersConfig(keys, [])}${tlsConfig(at('server'))}`);
    server = await startNats({ storeDir: at('js'), config: at('nats.conf') });
    settings = {
      NATS_URL: server.url.replace('nats://', 'tls://'),
      NATS_NKEY_SEED_FILE: at('policy-service.seed'),
      NATS_CA_FILE: at('public/ca.crt'),
    };
  });
  afterAll(() => server?.stop());

  const tryWith = async (changes: Partial<typeof settings>): Promise<string> => {
    const connection = await connect({ ...busOptions('policy-service', { ...settings, ...changes }), reconnect: false, timeout: 5_000 });
    await connection.flush();
    await connection.close();
    return 'connected';
  };

  it('lets a user with its key in', async () => {
    expect(await tryWith({})).toBe('connected');
    expect(await tryWith({ NATS_URL: settings.NATS_URL.replace('127.0.0.1', 'localhost') })).toBe('connected');
  });

  it('is not trusted under another authority, or with none', async () => {
    await ensureBusCertificates({ authorityDir: at('other/a'), serverDir: at('other/s'), publishDir: at('other/p'), hosts });
    await expect(tryWith({ NATS_CA_FILE: at('other/p/ca.crt') })).rejects.toThrow(/certificate/);
    await expect(tryWith({ NATS_CA_FILE: '' })).rejects.toThrow(/certificate/);
  });

  it('is not trusted under a name that its certificate does not have', async () => {
    await ensureBusCertificates({ ...folders, serverDir: at('address'), hosts: ['127.0.0.1'] });
    writeFileSync(at('address.conf'), tlsConfig(at('address')));
    const byAddress = await startNats({ storeDir: at('js-address'), config: at('address.conf') });
    try {
      const NATS_URL = byAddress.url.replace('nats://127.0.0.1', 'tls://localhost');
      await expect(tryWith({ NATS_URL })).rejects.toThrow(/altnames/);
      expect(await tryWith({ NATS_URL: NATS_URL.replace('localhost', '127.0.0.1') })).toBe('connected');
    } finally {
      await byAddress.stop();
    }
  });

  it('is not spoken to in the clear, when it should speak TLS and does not', async () => {
    const plain = await startNats({ storeDir: at('plain') });
    try {
      await expect(tryWith({ NATS_URL: plain.url.replace('nats://', 'tls://') })).rejects.toThrow(/tls/i);
    } finally {
      await plain.stop();
    }
  });

  it('refuses a key that it does not know', async () => {
    ensureSeed(at('stranger.seed'));
    await expect(tryWith({ NATS_NKEY_SEED_FILE: at('stranger.seed') })).rejects.toThrow(/Authorization Violation/i);
  });
});
