import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { Ajv } from 'ajv';
import { getMetadataStorage } from 'class-validator';
import pg from 'pg';
import { parse } from 'yaml';
import { readConfig, startEmbeddedS3, type EmbeddedS3 } from '@lastcopy/embedded-s3';
import { loadConfig } from '@lastcopy/platform';
import { ArchiveServiceConfig } from '../../apps/archive-service/src/config.js';
import { GatewayConfig, gatewayConfig } from '../../apps/gateway/src/config.js';
import { IntegrityServiceConfig } from '../../apps/integrity-service/src/config.js';
import { PolicyServiceConfig } from '../../apps/policy-service/src/config.js';
import { createBucketWithLock } from '../../deploy/bucket.mjs';
import { filledEnv, tenantLines } from '../../deploy/make-env.mjs';
import { provision } from '../../deploy/provision.mjs';

interface Container {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  healthcheck?: object;
  ports?: string[];
  volumes?: string[];
}

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const composeText = read('docker-compose.yml');
const compose = parse(composeText, { merge: true }) as { services: Record<string, Container> };
const env = parseEnv(filledEnv(read('.env.example'))) as Record<string, string>;

/** `${NAME:?why}` and `${NAME:-default}`, as compose puts them in. */
const interpolate = (text: string): string =>
  text.replace(/\$\{([A-Z0-9_]+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest?: string) => {
    if (env[name]) return env[name];
    if (kind === '-') return rest ?? '';
    throw new Error(`docker-compose.yml needs ${name}, which .env.example does not give`);
  });

const environmentOf = (service: string): Record<string, string> =>
  Object.fromEntries(Object.entries(compose.services[service]!.environment ?? {}).map(([name, value]) => [name, interpolate(value)]));

const configs = {
  'policy-service': PolicyServiceConfig,
  'archive-service': ArchiveServiceConfig,
  'integrity-service': IntegrityServiceConfig,
  gateway: GatewayConfig,
};

const settingsOf = (config: new () => object): Set<string> =>
  new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(config, '', false, false)
      .map(({ propertyName }) => propertyName),
  );

it('is a compose file by the schema of the specification', () => {
  // Its $schema names draft 07 by an address that no validator knows.
  const schema = JSON.parse(read('node_modules/dclint/schemas/compose.schema.json')) as Record<string, unknown>;
  delete schema.$schema;
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  validate(parse(composeText, { merge: true }));
  expect(validate.errors ?? []).toEqual([]);
});

it.each(Object.entries(configs))('gives %s every setting that it requires and none that it does not know', (service, config) => {
  const environment = environmentOf(service);
  const known = settingsOf(config).add('NODE_ENV');
  expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([]);
  expect(() => (service === 'gateway' ? gatewayConfig(environment) : loadConfig<object>(config, environment))).not.toThrow();
});

it('says development by both names, for the image says production and would refuse development tokens', () => {
  expect(read('Dockerfile')).toMatch(/^ENV NODE_ENV=production /m);
  const environment = environmentOf('gateway');
  expect(environment).toMatchObject({ LASTCOPY_ENV: 'development', NODE_ENV: 'development' });
  expect(() => gatewayConfig({ ...environment, NODE_ENV: 'production' })).toThrow(/DEV_TOKEN_SECRET must be removed/);
});

it('names the tenant of the demo people once', () => {
  const tenant = { client_account_id: 'a', engagement_id: 'e' };
  expect(parseEnv(tenantLines('X=1', tenant))).toEqual({ DEV_CLIENT_ACCOUNT_ID: 'a', DEV_ENGAGEMENT_ID: 'e' });
  expect(tenantLines(tenantLines('', tenant), { client_account_id: 'b', engagement_id: 'b' })).toBe('');
});

it('hands on every setting of approvals and of signing', () => {
  const settings = [...settingsOf(GatewayConfig)].filter((name) => /^(APPROVAL|REAUTH)_/.test(name));
  expect(settings.length).toBeGreaterThan(7);
  const example = parseEnv(read('.env.example'));
  for (const name of settings) expect([name, composeText.includes(`${name}: \${${name}:-}`), name in example]).toEqual([name, true, true]);
});

it('gives each service two roles and a database of its own', () => {
  const urlsOf = (setting: string) => Object.keys(configs).map((service) => new URL(environmentOf(service)[setting]!));
  const [applications, owners] = [urlsOf('DATABASE_URL'), urlsOf('MIGRATION_DATABASE_URL')];
  expect(applications.map(({ pathname }) => pathname)).toEqual(owners.map(({ pathname }) => pathname));
  expect(new Set(owners.map(({ pathname }) => pathname)).size).toBe(4);
  for (const part of ['username', 'password'] as const) expect(new Set([...applications, ...owners].map((url) => url[part])).size).toBe(8);
});

it('mounts each private key into one service, and wrapping keys where archives are written and proven alone', () => {
  const mounted = (service: string) =>
    (compose.services[service]!.volumes ?? []).map((volume) => volume.split(':') as [string, string, string?]);
  const users = (volume: string) =>
    Object.keys(configs)
      .filter((service) => mounted(service).some(([name]) => name === volume))
      .sort();
  expect(users('keys')).toEqual(['archive-service', 'integrity-service']);
  expect(mounted('integrity-service').find(([name]) => name === 'keys')?.[2]).toBe('ro');
  for (const service of ['archive-service', 'integrity-service']) {
    const volume = mounted(service).find(([, at]) => at === environmentOf(service).KEYS_DIR)![0];
    expect(users(volume)).toEqual([service]);
  }
  const [published, at, access] = mounted('gateway')[0]!;
  expect([at, access]).toEqual([environmentOf('gateway').TRUSTED_KEYS_DIR, 'ro']);
  expect(users(published)).toEqual(['gateway', 'integrity-service']);
});

it('holds no secret, and asks for each by name', () => {
  const without = composeText.replace(/\$\{[^}]*\}/g, '');
  expect(without).not.toMatch(/:\/\/[^\s/:@]+:[^\s@]+@/);
  for (const [, name] of composeText.matchAll(/\$\{([A-Z0-9_]*(?:PASSWORD|SECRET|KEY)[A-Z0-9_]*)(?=:-|\})/g))
    expect(name).toBe('SOURCE_SECRETS_DIR');
  const given = parseEnv(read('.env.example')) as Record<string, string>;
  for (const [name, value] of Object.entries(given)) if (/PASSWORD|_KEY|TOKEN_SECRET/.test(name)) expect([name, value]).toEqual([name, '']);
});

it('publishes ports on loopback alone, and mounts files that exist', () => {
  for (const { ports = [], volumes = [] } of Object.values(compose.services)) {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    for (const volume of volumes.filter((one) => one.startsWith('./')))
      expect(fs.existsSync(path.join(root, volume.split(':')[0]!))).toBe(true);
  }
});

it('runs programs that the build makes', () => {
  const programs = Object.values(compose.services).flatMap(({ image, command }) => (image === 'lastcopy:local' ? [command![1]!] : []));
  expect(programs).toHaveLength(6);
  for (const program of programs) expect(fs.existsSync(path.join(root, program.replace(/\/dist\/(.*)\.js$/, '/src/$1.ts')))).toBe(true);
  expect(readConfig(environmentOf('object-store'))).toMatchObject({
    host: '0.0.0.0',
    port: 9000,
    credentials: [
      {},
      { access: 'read-only' },
      { bucketPrefixes: [environmentOf('provision').ARTIFACT_BUCKET] },
      { bucketPrefixes: [environmentOf('provision').ANCHOR_BUCKET] },
    ],
  });
});

it('makes the bucket that the standard policies name, and allows no other', () => {
  const policies = read('apps/policy-service/src/retention-policy/domain/standard-policies.ts');
  const named = [...policies.matchAll(/storage_location: 's3:\/\/([^/]+)\//g)].map(([, bucket]) => bucket);
  expect(new Set(named)).toEqual(new Set([environmentOf('provision').ARCHIVE_BUCKET]));
  expect(environmentOf('archive-service').BUCKET_ALLOW_LIST).toBe(named[0]);
});

describe('provisioning', () => {
  const bucket = environmentOf('provision').ARCHIVE_BUCKET!;
  const writer = { accessKeyId: env.S3_WRITER_ACCESS_KEY_ID!, secretAccessKey: env.S3_WRITER_SECRET_ACCESS_KEY! };
  const superuser = process.env.TEST_DATABASE_URL!;
  const services = ['policy', 'archive', 'integrity', 'gateway'];
  const roles = [...services, ...services.map((name) => `${name}_app`), 'scratch'].map((name) => `lastcopy_${name}`);
  let dir: string;
  let store: EmbeddedS3;

  const query = async (url: string, text: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(text)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'lastcopy-compose-'));
    store = await startEmbeddedS3({ dir, credentials: [writer] });
  });

  afterAll(async () => {
    await store.stop();
    for (const role of roles) await query(superuser, `drop database if exists ${role}`);
    for (const role of roles) await query(superuser, `drop role if exists ${role}`);
    fs.rmSync(dir, { recursive: true });
  });

  it('makes roles, databases and the bucket, twice with the same result', async () => {
    const settings = {
      ...environmentOf('provision'),
      POSTGRES_URL: superuser,
      SCRATCH_POSTGRES_URL: superuser,
      S3_ENDPOINT: store.url,
    };
    await provision(settings);
    await provision(settings);
    const found = await query(
      superuser,
      `select rolname, rolcreatedb, rolsuper from pg_roles where rolname like 'lastcopy\\_%' order by 1`,
    );
    expect(found.map(({ rolname }) => rolname)).toEqual([...roles].sort());
    expect(found.filter(({ rolcreatedb }) => rolcreatedb).map(({ rolname }) => rolname)).toEqual(['lastcopy_scratch']);
    expect(found.some(({ rolsuper }) => rolsuper)).toBe(false);
    const url = new URL(superuser);
    const own = new URL(environmentOf('policy-service').DATABASE_URL!);
    [own.hostname, own.port] = [url.hostname, url.port];
    expect(await query(own.href, 'select current_user::text as me')).toEqual([{ me: 'lastcopy_policy_app' }]);
    await expect(query(own.href, 'create table public.mine (id int)')).rejects.toThrow(/permission denied/);
    await expect(query(own.href, 'set role lastcopy_policy')).rejects.toThrow(/permission denied/);
    own.pathname = '/lastcopy_archive';
    await expect(query(own.href, 'select 1')).rejects.toThrow(/permission denied/);
  });

  /** A server before the store, which may answer a deletion itself. */
  const before = async (onDelete: (response: http.ServerResponse, pass: () => void) => void) => {
    const server = http.createServer((request, response) => {
      const { method, headers, url } = request;
      const pass = () => {
        const onward = http.request(`${store.url}${url}`, { method, headers }, (answer) => {
          response.writeHead(answer.statusCode!, answer.headers);
          answer.pipe(response);
        });
        request.pipe(onward);
      };
      if (method === 'DELETE') onDelete(response, pass);
      else pass();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const stop = () => {
      server.closeAllConnections();
      server.close();
    };
    return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, region: 'us-east-1', ...writer, bucket, stop };
  };

  it('refuses a store that does not keep what is locked', async () => {
    const { stop, ...deaf } = await before((response) => response.writeHead(204).end());
    try {
      await expect(createBucketWithLock(deaf)).rejects.toThrow(/enforces Object Lock/);
    } finally {
      stop();
    }
  });

  it('puts a store to the test again that was asked to delete after the lock had ended', async () => {
    const probeLockMs = 1_000;
    let deletions = 0;
    const { stop, ...slow } = await before((_, pass) => void setTimeout(pass, (deletions += 1) === 1 ? 2 * probeLockMs : 0));
    try {
      await createBucketWithLock({ ...slow, probeLockMs });
      expect(deletions).toBeGreaterThan(2);
    } finally {
      stop();
    }
  });
});
