import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { connect } from '@nats-io/transport-node';
import { parse } from 'yaml';
import { serviceNames } from '@lastcopy/contracts';
import { busOptions } from '@lastcopy/platform';
import { provisionBus } from '../../deploy/bus.mjs';
import { filledEnv, missingLines } from '../../deploy/make-env.mjs';
import { publicKeyOf } from '../../tools/bus/nkeys.mjs';
import { addSubscriber, ensureCommandLineUsers, readUsers, removeSubscriber, seedFile } from '../../tools/bus/users.mjs';
import { prepareBus } from '../../tools/embedded/bus.mjs';
import { startNats } from '../../tools/servers/nats.mjs';

interface Compose {
  services: Record<string, { secrets?: { source: string; target: string }[]; volumes?: string[]; environment?: Record<string, string> }>;
  secrets: Record<string, { environment: string }>;
}

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose;
const env = parseEnv(filledEnv(read('.env.example'))) as Record<string, string>;
const tenant = { client_account_id: 'client-1', engagement_id: 'engagement-1' };
const dir = mkdtempSync(path.join(os.tmpdir(), 'lastcopy-bus-provision-'));
const at = (...parts: string[]) => path.join(dir, ...parts);
afterAll(() => rmSync(dir, { recursive: true }));

const settings = () => ({
  ...env,
  BUS_HOSTS: compose.services.provision!.environment!.BUS_HOSTS,
  BUS_USERS_FILE: at('stack/users/users.json'),
  BUS_DIR: at('bus'),
  BUS_CA_DIR: at('ca'),
  BUS_AUTHORITY_DIR: at('authority'),
});

it('gives each service the file of its own key, and the key of the authority to none', () => {
  for (const service of serviceNames) {
    const { secrets = [], volumes = [], environment = {} } = compose.services[service]!;
    expect(secrets.map(({ target }) => `/run/secrets/${target}`)).toEqual([environment.NATS_NKEY_SEED_FILE]);
    const owner = compose.secrets[secrets[0]!.source]!.environment.replace('_NATS_SEED', '').toLowerCase();
    expect(service.startsWith(owner)).toBe(true);
    expect(volumes.filter((volume) => /^bus/.test(volume))).toEqual([`bus-ca:${path.dirname(environment.NATS_CA_FILE!)}:ro`]);
  }
  const keepers = Object.keys(compose.services).filter((service) =>
    compose.services[service]!.volumes?.some((one) => one.startsWith('bus-authority:')),
  );
  expect(keepers).toEqual(['provision']);
});

it('makes a bus that each service reaches by TLS with its own key', async () => {
  ensureCommandLineUsers(at('stack'), tenant);
  mkdirSync(at('bus'));
  await provisionBus(settings());
  const file = at('bus/nats.conf');
  // What this server is given by arguments, or is too old to know.
  writeFileSync(
    file,
    readFileSync(file, 'utf8')
      .replace(/jetstream \{[^}]*\}/, '')
      .replace(/^http: .*$/m, ''),
  );
  const server = await startNats({ storeDir: at('js'), config: file });
  try {
    for (const service of serviceNames) {
      writeFileSync(at('seed'), env[compose.secrets[compose.services[service]!.secrets![0]!.source]!.environment]!);
      const NATS_URL = `tls://localhost:${server.port}`;
      const options = busOptions(service, { NATS_URL, NATS_CA_FILE: at('ca/ca.crt'), NATS_NKEY_SEED_FILE: at('seed') });
      const connection = await connect({ ...options, reconnect: false });
      await connection.flush();
      await connection.close();
    }
  } finally {
    await server.stop();
  }
});

it('keeps its certificate at the next start, and says which setting is missing', async () => {
  const before = readFileSync(at('bus/server.crt'), 'utf8');
  await provisionBus(settings());
  expect(readFileSync(at('bus/server.crt'), 'utf8')).toBe(before);
  await expect(provisionBus({ ...settings(), GATEWAY_NATS_SEED: '' })).rejects.toThrow(/GATEWAY_NATS_SEED is not set/);
  await expect(provisionBus({ ...settings(), GATEWAY_NATS_SEED: 'nonsense' })).rejects.toThrow(/not the seed of a user/);
});

it('adds a key for the bus to an .env of before, and changes none that is there', () => {
  const old = 'POSTGRES_PASSWORD=kept\nPOLICY_NATS_SEED=SUKEPT\n';
  const added = parseEnv(missingLines(old, read('.env.example'))) as Record<string, string>;
  expect(Object.keys(added)).not.toContain('POLICY_NATS_SEED');
  expect(publicKeyOf(added.ARCHIVE_NATS_SEED!)).toMatch(/^U[A-Z0-9]{55}$/);
});

describe('a data folder', () => {
  it('of before the bus had users gets a key for each, readable by its owner alone, and keeps them', () => {
    const config = prepareBus(at('data'), tenant);
    const first = readFileSync(config, 'utf8');
    for (const user of [...serviceNames, 'operator', 'subscriber-command-line'])
      expect(statSync(seedFile(at('data/bus'), user)).mode & 0o077).toBe(0);
    expect(readFileSync(prepareBus(at('data'), tenant), 'utf8')).toBe(first);
    for (const user of serviceNames) expect(first).not.toContain(readFileSync(seedFile(at('data/bus'), user), 'utf8'));
  });

  it('keeps a subscriber to one tenant, and forgets it when it is removed', () => {
    const folder = at('data/bus');
    const file = addSubscriber(folder, { name: 'planning', ...tenant }) as string;
    expect(addSubscriber(folder, { name: 'planning', ...tenant })).toBe(file);
    expect(() => addSubscriber(folder, { name: 'planning', ...tenant, engagement_id: 'other' })).toThrow(/another tenant's/);
    expect(readFileSync(prepareBus(at('data'), tenant), 'utf8')).toContain(publicKeyOf(readFileSync(file, 'utf8')));
    removeSubscriber(folder, 'planning');
    expect(existsSync(file)).toBe(false);
    expect((readUsers(folder) as { name: string }[]).map(({ name }) => name).sort()).toEqual(['command-line', 'operator']);
    expect(() => removeSubscriber(folder, 'planning')).toThrow(/no subscriber planning/);
  });

  it('gets and loses a subscriber by the command', () => {
    const run = (...args: string[]) =>
      execFileSync(process.execPath, ['tools/bus/add-subscriber.mjs', ...args, '--data-dir', at('data')], {
        cwd: root,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    expect(run('shutdown', '--client-account', 'client-1', '--engagement', 'engagement-1')).toContain(
      'lastcopy.events.client-1.engagement-1.>',
    );
    expect(() => run('shutdown', '--client-account', '*', '--engagement', 'engagement-1')).toThrow(/cannot stand in a subject/);
    expect(() => run('shutdown')).toThrow(/usage/);
    expect(run('shutdown', '--remove')).toContain('is removed');
  });
});
