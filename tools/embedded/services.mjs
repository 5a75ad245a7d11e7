// The four services over the embedded infrastructure: in this process, or a process each (--split).
import fs from 'node:fs';
import path from 'node:path';
import { busUser } from './bus.mjs';
import { loadTenant, serviceAccountSecret } from './profile.mjs';
import { startKept } from '../servers/kept-process.mjs';
import { productionSettings } from '../servers/production-settings.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const names = ['policy-service', 'archive-service', 'integrity-service', 'gateway'];
const portName = { 'policy-service': 'policy', 'archive-service': 'archive', 'integrity-service': 'integrity', gateway: 'gateway' };

/**
 * Nobody can sign for another: each service has its private key in a folder of its own. `keys` is what opens an archive without Lastcopy
 * (wrapping keys, public keys of the archive's signer): the archive-service fills it, the integrity-service and the command line read it.
 */
const keyFolders = (dataDir) => {
  const own = (name) => path.join(dataDir, 'signing', name);
  const keys = path.join(dataDir, 'keys');
  const published = path.join(dataDir, 'published', 'integrity-service');
  return {
    'policy-service': { KEYS_DIR: own('policy-service') },
    'archive-service': { KEYS_DIR: own('archive-service'), PUBLIC_KEYS_DIR: keys, WRAPPING_KEYS_DIR: keys },
    'integrity-service': {
      KEYS_DIR: own('integrity-service'),
      PUBLIC_KEYS_DIR: published,
      TRUSTED_KEYS_DIR: keys,
      WRAPPING_KEYS_DIR: keys,
    },
    // Documents have wrapping keys of their own: who faces the network cannot open archives.
    gateway: { KEYS_DIR: own('gateway'), TRUSTED_KEYS_DIR: published, WRAPPING_KEYS_DIR: path.join(dataDir, 'document-keys') },
  };
};

/** Data of a stack whose services shared one folder stay verifiable: the private keys and the verifier's public ones move to their places. */
function moveSharedKeys(dataDir) {
  const folders = keyFolders(dataDir);
  const { KEYS_DIR: archive, WRAPPING_KEYS_DIR: shared } = folders['archive-service'];
  const { KEYS_DIR: integrity, PUBLIC_KEYS_DIR: published } = folders['integrity-service'];
  const places = { 'archive-signing.jwk.json': archive, 'integrity-signing.jwk.json': integrity, 'integrity-signing.jwks.json': published };
  for (const [file, dir] of Object.entries(places)) {
    if (!fs.existsSync(path.join(shared, file)) || fs.existsSync(path.join(dir, file))) continue;
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
    fs.renameSync(path.join(shared, file), path.join(dir, file));
  }
}

/** The environment of each service, as an operator would set it. */
export function serviceEnvironments({ dataDir, ports, credentials, nats, s3, databases }, overrides = {}) {
  moveSharedKeys(dataDir);
  const common = {
    NATS_URL: nats.url,
    HOST: '127.0.0.1',
    LASTCOPY_ENV: 'development',
    LOG_LEVEL: 'error',
  };
  const keys = keyFolders(dataDir);
  const store = (user) => ({
    S3_ENDPOINT: s3.url,
    S3_REGION: 'us-east-1',
    S3_ACCESS_KEY_ID: user.accessKeyId,
    S3_SECRET_ACCESS_KEY: user.secretAccessKey,
  });
  const own = {
    'policy-service': { ...keys['policy-service'], BUCKET_ALLOW_LIST: 'archive-bucket' },
    'archive-service': {
      ...keys['archive-service'],
      ...store(credentials.s3.writer),
      RETENTION_MODE: 'GOVERNANCE',
      SOURCE_ALLOW_LIST: `127.0.0.1:*,localhost:*,${path.join(dataDir, 'demo')}`,
      SECRETS_DIR: path.join(dataDir, 'secrets'),
    },
    'integrity-service': {
      ...keys['integrity-service'],
      ...store(credentials.s3.reader),
      SCRATCH_DATABASE_URL: databases.scratch,
      ANCHOR_BUCKET: 'anchor-bucket',
      ANCHOR_S3_ACCESS_KEY_ID: credentials.s3.anchors.accessKeyId,
      ANCHOR_S3_SECRET_ACCESS_KEY: credentials.s3.anchors.secretAccessKey,
      ANCHOR_RETENTION_MODE: 'GOVERNANCE',
    },
    gateway: {
      ...keys.gateway,
      ...store(credentials.s3.documents),
      RETENTION_MODE: 'GOVERNANCE',
      DEV_TOKEN_SECRET: credentials.tokenSecret,
      ...devSignIn(dataDir, credentials),
    },
  };
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        ...common,
        ...busUser(dataDir, name),
        ...databases[name],
        PORT: String(ports[portName[name]]),
        ...own[name],
        ...inherited(),
        ...overrides[name],
      },
    ]),
  );
}

/** The login page with the demo people. With NODE_ENV=production the gateway refuses it, and the start fails with that message. */
function devSignIn(dataDir, credentials) {
  const { client_account_id, engagement_id } = loadTenant(dataDir);
  const tenant = { DEV_CLIENT_ACCOUNT_ID: client_account_id, DEV_ENGAGEMENT_ID: engagement_id };
  return { DEV_ISSUER: 'on', ...tenant, DEV_SERVICE_ACCOUNT_SECRET: serviceAccountSecret(credentials) };
}

/** What the person who starts the stack may want to set for all services. */
function inherited() {
  const passed = [
    ...['OTEL_EXPORTER_OTLP_ENDPOINT', 'LOG_LEVEL', 'ARCHIVE_RETRY_DELAYS_S', 'WORKERS', 'LEASE_MS', 'SOURCE_ALLOW_LIST'],
    ...['SMTP_URL', 'SMTP_TLS', 'SMTP_CA_FILE', 'MAIL_FROM', 'MAIL_DIGEST_HOUR', 'WEBHOOK_ALLOW_LIST', 'PUBLIC_URL'],
  ];
  return Object.fromEntries(passed.filter((name) => process.env[name]).map((name) => [name, process.env[name]]));
}

async function startHere(name, env) {
  const { bootstrap } = await import(path.join(root, `apps/${name}/dist/bootstrap.js`));
  const running = await bootstrap(env);
  return { name, url: running.url, stop: () => running.close() };
}

async function startApart(name, env) {
  const server = await startKept({
    command: process.execPath,
    args: [path.join(root, `apps/${name}/dist/main.js`)],
    stopSignal: 'SIGTERM',
    readyText: 'service is ready',
    env: { ...productionSettings, ...env, LOG_LEVEL: 'info' },
  });
  return { name, url: `http://127.0.0.1:${env.PORT}`, stop: server.stop, exited: server.exited };
}

/** Starts the services in order; all of them or none. */
export async function startServices(environments, { split = false } = {}) {
  const running = [];
  let reportDeath;
  const death = new Promise((resolve) => (reportDeath = resolve));
  const stop = async () => {
    for (const service of running.splice(0).reverse()) await service.stop();
  };
  try {
    for (const name of names) {
      const service = await (split ? startApart : startHere)(name, environments[name]);
      running.push(service);
      void service.exited?.then(() => running.includes(service) && reportDeath(name));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop, death, urls: Object.fromEntries(running.map(({ name, url }) => [name, url])) };
}
