// The four services over the embedded infrastructure: in this process, or a process each (--split).
import path from 'node:path';
import { startKept } from '../servers/kept-process.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const names = ['policy-service', 'archive-service', 'integrity-service', 'gateway'];
const portName = { 'policy-service': 'policy', 'archive-service': 'archive', 'integrity-service': 'integrity', gateway: 'gateway' };

/** The environment of each service, as an operator would set it. */
export function serviceEnvironments({ dataDir, ports, credentials, nats, s3, databases }, overrides = {}) {
  const common = {
    NATS_URL: nats.url,
    HOST: '127.0.0.1',
    LASTCOPY_ENV: 'development',
    LOG_LEVEL: 'error',
    KEYS_DIR: path.join(dataDir, 'keys'),
  };
  const store = (user) => ({
    S3_ENDPOINT: s3.url,
    S3_REGION: 'us-east-1',
    S3_ACCESS_KEY_ID: user.accessKeyId,
    S3_SECRET_ACCESS_KEY: user.secretAccessKey,
  });
  const own = {
    'policy-service': {},
    'archive-service': {
      ...store(credentials.s3.writer),
      RETENTION_MODE: 'GOVERNANCE',
      SOURCE_ALLOW_LIST: `127.0.0.1:*,localhost:*,${path.join(dataDir, 'demo')}`,
      SECRETS_DIR: path.join(dataDir, 'secrets'),
    },
    'integrity-service': { ...store(credentials.s3.reader), SCRATCH_DATABASE_URL: databases.scratch },
    gateway: { DEV_TOKEN_SECRET: credentials.tokenSecret },
  };
  return Object.fromEntries(
    names.map((name) => [
      name,
      { ...common, DATABASE_URL: databases[name], PORT: String(ports[portName[name]]), ...own[name], ...inherited(), ...overrides[name] },
    ]),
  );
}

/** What the person who starts the stack may want to set for all services. */
function inherited() {
  const passed = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'LOG_LEVEL', 'ARCHIVE_RETRY_DELAYS_S', 'WORKERS', 'LEASE_MS', 'SOURCE_ALLOW_LIST'];
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
    args: ['--disable-warning=ExperimentalWarning', path.join(root, `apps/${name}/dist/main.js`)],
    stopSignal: 'SIGTERM',
    readyText: 'service is ready',
    env: { ...env, LOG_LEVEL: 'info' },
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
