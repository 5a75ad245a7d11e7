import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import request from 'supertest';
import type { Actor, AggregateName, ServiceName, Tenant } from '@lastcopy/contracts';
import { startEmbeddedS3, type FaultHook } from '@lastcopy/embedded-s3';
import { serviceActor, type LoggedEvent } from '@lastcopy/eventing';
import type { Event } from '@lastcopy/kernel';
import { loadConfig, sealController, ServiceConfig, signingKey, startService, type RunningService } from '@lastcopy/platform';
import { createTestDatabase, type TestDatabase } from '@lastcopy/testkit';
import { startNats } from '../../../../tools/servers/nats.mjs';
import { bootstrap } from '../bootstrap.js';
import { DevTokens, type DevTokenOptions } from '../http/dev-tokens.js';
import { demoPeople } from '../sign-in/demo-people.js';
import { ArchiveStandIn } from './archive-stand-in.js';

const sealing = ['policy-service', 'archive-service', 'integrity-service'] as const;
type Sealing = (typeof sealing)[number];
type Environment = Record<string, string>;

export type Person = 'olga' | 'otto' | 'dana' | 'dora' | 'carl' | 'lena' | 'aude';

export interface GatewayFixture {
  readonly tenant: Tenant;
  readonly keysDir: string;
  /** Where the object store of the documents keeps its files. */
  readonly objectsDir: string;
  /** Faults of that object store. */
  storeFault: FaultHook;
  gateway: RunningService;
  /** The other services: their logs, relays and seals are the real ones; what they decide, the test appends. */
  readonly services: Record<Sealing, RunningService>;
  append(service: ServiceName, aggregate: AggregateName, id: string, events: Event[], tenant?: Tenant): Promise<LoggedEvent[]>;
  /** Requests in the name of a demo person, or of somebody who is described, who signed in just now unless the options say otherwise. */
  as(person: Person | Actor, tenant?: Tenant, options?: DevTokenOptions): Caller;
  /** What no role of a service may do in the gateway's database: to change tables and facts. */
  asSuperuser: TestDatabase['asSuperuser'];
  stopService(service: Sealing): Promise<void>;
  startService(service: Sealing): Promise<void>;
  restartGateway(changes?: Environment): Promise<void>;
  stop(): Promise<void>;
}

export interface Caller {
  get(url: string): request.Test;
  post(url: string, body?: object, headers?: Environment): request.Test;
  put(url: string, body?: object, headers?: Environment): request.Test;
  patch(url: string, body?: object, headers?: Environment): request.Test;
  delete(url: string, headers?: Environment): request.Test;
  /** A form with text fields and one file. */
  upload(url: string, fields: Environment, file: UploadedFile, headers?: Environment): request.Test;
}

export interface UploadedFile {
  filename: string;
  type?: string;
  content: Buffer;
}

const secret = 'a secret of at least thirty-two characters';

const startStandIn = (service: Sealing, env: Environment): Promise<RunningService> =>
  startService({
    service,
    config: loadConfig(ServiceConfig, env),
    module: () => ({ controllers: [sealController(service), ...(service === 'archive-service' ? [ArchiveStandIn] : [])] }),
  });

function callers(gateway: () => RunningService, fixtureTenant: Tenant): GatewayFixture['as'] {
  const tokens = new DevTokens({
    LASTCOPY_ENV: 'development',
    DEV_TOKEN_SECRET: secret,
    AUTH_ISSUER: 'lastcopy-development',
    AUTH_AUDIENCE: 'lastcopy',
  });
  return (person, tenant = fixtureTenant, options = {}) => {
    const described = typeof person === 'string' ? demoPeople.find(({ user_id }) => user_id === person)! : person;
    const signed = tokens.issue(described, tenant, options);
    const send = (test: request.Test, headers: Environment = {}) => {
      void test.set({ 'X-Client-Account-ID': tenant.client_account_id, 'X-Engagement-ID': tenant.engagement_id, ...headers });
      const end = test.then.bind(test);
      // The token is signed asynchronously; a supertest request is sent when it is awaited.
      test.then = ((resolve, reject) =>
        signed.then((token) => end.call(test.set('Authorization', `Bearer ${token}`), resolve, reject))) as typeof test.then;
      return test;
    };
    const agent = () => request(gateway().url);
    return {
      get: (url) => send(agent().get(`/api/v1${url}`)),
      post: (url, body = {}, headers = {}) => send(agent().post(`/api/v1${url}`).send(body), headers),
      put: (url, body = {}, headers = {}) => send(agent().put(`/api/v1${url}`).send(body), headers),
      patch: (url, body = {}, headers = {}) => send(agent().patch(`/api/v1${url}`).send(body), headers),
      delete: (url, headers = {}) => send(agent().delete(`/api/v1${url}`), headers),
      upload: (url, fields, { filename, type, content }, headers = {}) =>
        send(
          agent()
            .post(`/api/v1${url}`)
            .field(fields)
            .attach('file', content, { filename, ...(type ? { contentType: type } : {}) }),
          headers,
        ),
    };
  };
}

/** A gateway over a real database and a bus of its own, with the real logs of the three other services beside it. */
export async function startGatewayFixture(): Promise<GatewayFixture> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-gateway-'));
  await chmod(dir, 0o755);
  const nats = await startNats({ storeDir: path.join(dir, 'js') });
  const databases = new Map<ServiceName, TestDatabase>();
  for (const name of [...sealing, 'gateway'] as const) databases.set(name, await createTestDatabase(name));
  const keysDir = path.join(dir, 'keys');
  await signingKey(keysDir, 'integrity-signing', { create: true });
  const common = { NATS_URL: nats.url, LASTCOPY_ENV: 'development', LOG_LEVEL: 'error', KEYS_DIR: keysDir };
  const envOf = (service: ServiceName): Environment => ({ ...common, ...databases.get(service)!.settings });
  const documents = { accessKeyId: 'documents', secretAccessKey: 'of the test', bucketPrefixes: ['artifact-bucket'] };
  const objects = await startEmbeddedS3({
    dir: path.join(dir, 's3'),
    credentials: [documents],
    fault: (point) => fixture.storeFault(point),
  });
  const storeEnv = { S3_ENDPOINT: objects.url, S3_ACCESS_KEY_ID: documents.accessKeyId, S3_SECRET_ACCESS_KEY: documents.secretAccessKey };
  const artifactEnv = { ...storeEnv, RETENTION_MODE: 'GOVERNANCE', ARTIFACT_INTERVAL_MS: '100' };
  const tenant = { client_account_id: randomUUID(), engagement_id: randomUUID() };
  const demoTenant = { DEV_CLIENT_ACCOUNT_ID: tenant.client_account_id, DEV_ENGAGEMENT_ID: tenant.engagement_id };
  // A busy machine may take longer to fold a write than a caller would like to wait.
  const patience = { READ_YOUR_WRITES_MS: '30000', TRANSITION_TIMEOUT_MS: '10000' };
  const gatewayEnv = { ...envOf('gateway'), ...artifactEnv, ...demoTenant, DEV_TOKEN_SECRET: secret, ...patience };
  const services = {} as Record<Sealing, RunningService>;
  for (const service of sealing) services[service] = await startStandIn(service, envOf(service));
  const fixture: GatewayFixture = {
    ...{ tenant, keysDir, objectsDir: path.join(dir, 's3'), storeFault: () => undefined, services, gateway: await bootstrap(gatewayEnv) },
    append: async (service, aggregate, id, events, owner = tenant) => {
      const { store } = (service === 'gateway' ? fixture.gateway : services[service]).deps.eventing;
      return store.transact({ command_id: randomUUID(), tenant: owner, actor: serviceActor(service) }, async (tx) => {
        const { version } = await tx.load(aggregate, id);
        return tx.append(aggregate, id, version, events);
      });
    },
    as: callers(() => fixture.gateway, tenant),
    asSuperuser: databases.get('gateway')!.asSuperuser,
    stopService: (service) => services[service].close(),
    startService: async (service) => void (services[service] = await startStandIn(service, envOf(service))),
    restartGateway: async (changes = {}) => {
      await fixture.gateway.close();
      fixture.gateway = await bootstrap({ ...gatewayEnv, ...changes });
    },
    stop: async () => {
      await fixture.gateway.close();
      for (const service of sealing) await services[service].close();
      for (const database of databases.values()) await database.drop();
      await objects.stop();
      await nats.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
  return fixture;
}
