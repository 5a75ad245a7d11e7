import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { serviceNames } from '@lastcopy/contracts';
import { until } from '@lastcopy/testkit';
import {
  attachAll,
  approve,
  createDatabaseSource,
  createDirectorySource,
  createFlow,
  jobsOf,
  readinessOf,
  startMigration,
} from './fixtures.js';
import { startOtlpReceiver } from './otlp-receiver.js';
import { Canaries, keysOfStack, mayHoldSecrets, plantCredentials, tokensOfStack } from './secrets/canaries.js';
import { captureOutput, type CapturedOutput } from './secrets/captured-output.js';
import { readEveryRoute } from './secrets/every-answer.js';
import { archiveContents, databaseRows, filesIn } from './secrets/left-behind.js';
import { leaksIn, type Found, type Needle } from './secrets/needles.js';
import { startMailServer, startWebhookReceiver, type Outside } from './secrets/outside.js';
import { startRecordingProxy, type RecordingProxy } from './secrets/recording-proxy.js';
import { makeRefusedCalls } from './secrets/refused-calls.js';
import { refusedSettings } from './secrets/refused-settings.js';
import { startStack, type Infrastructure, type Stack } from './stack.js';

/** The name of a system may appear anywhere: where the search does not find it, the search is worth nothing. */
const control = 'control_ledger_4711';
/** Its id stands for it where the name is encrypted. */
let controlId: string;

const canaries = new Canaries();
let stack: Stack;
let output: CapturedOutput;
let traces: Awaited<ReturnType<typeof startOtlpReceiver>>;
let bus: RecordingProxy;
let store: RecordingProxy;
let api: RecordingProxy;
let mail: Outside;
let webhook: Outside;
let needles: Needle[];
const contents: Found[] = [];
/** Parameters of routes. */
const known: Record<string, string> = {};

async function settings({ nats, s3 }: Infrastructure) {
  [bus, store] = [await startRecordingProxy(nats.port), await startRecordingProxy(Number(new URL(s3.url).port))];
  const all = { NATS_URL: `nats://127.0.0.1:${bus.port}`, OTEL_EXPORTER_OTLP_ENDPOINT: traces.url, LOG_LEVEL: 'trace' };
  const stored = { ...all, S3_ENDPOINT: `http://127.0.0.1:${store.port}` };
  return {
    'policy-service': all,
    'archive-service': { ...stored, ARCHIVE_RETRY_DELAYS_S: '0.3,1,2,4,8' },
    'integrity-service': { ...stored, VERIFY_RETRY_BASE_MS: '200' },
    gateway: {
      ...stored,
      DEV_SERVICE_ACCOUNT_SECRET: canaries.of('secret of the service account'),
      ARTIFACT_INTERVAL_MS: '200',
      SMTP_URL: `smtp://lastcopy:${canaries.of('password of the mail server')}@127.0.0.1:${mail.port}`,
      ...{ SMTP_TLS: 'none', MAIL_GROUP_MS: '0', NOTIFY_POLL_MS: '100', NOTIFY_RETRY_MS: '100', WEBHOOK_ALLOW_LIST: '127.0.0.1' },
    },
  };
}

const secretFile = () => path.join(stack.infrastructure.dataDir, 'secrets', stack.profile.client_account_id, control);
const failedWith = (flowId: string, code: RegExp) =>
  until(`a job that fails with ${code}`, async () =>
    (await jobsOf(stack.as('olga'), flowId)).find((job) => code.test(job.error_code ?? '')),
  );

/** A flow with a wrong password and a store that is down on its way, through to the gate. */
async function runFlow(): Promise<{ flowId: string; systemId: string }> {
  const operator = stack.as('olga');
  const database = await createDatabaseSource(stack, control, undefined, canaries.of('password of the source'));
  const flowId = await createFlow(stack, [database, await createDirectorySource(stack, `${control}_files`)]);
  const systemId = (await operator.get(`/decommission-flow/${flowId}/policy-assignments`))[0].system_id as string;
  await attachAll(stack, flowId, 'dana');

  await writeFile(secretFile(), canaries.of('wrong password of the source'));
  store.refuse(true);
  await expect(attachAll(stack, flowId, 'carl')).rejects.toMatchObject({ status: 502, code: expect.stringContaining('STORE_') });
  store.refuse(false);
  await startMigration(stack, flowId);
  const failed = await failedWith(flowId, /SOURCE_/);
  await operator.post(`/systems/${failed.system_id}/test`);
  await operator.post(`/systems/${failed.system_id}/classify`);

  await writeFile(secretFile(), canaries.of('password of the source'));
  store.refuse(true);
  await operator.post(`/archive-jobs/${failed.job_id}/retry`);
  await failedWith(flowId, /STORE_/);
  store.refuse(false);
  await until('every job completed', async () => (await jobsOf(operator, flowId)).every(({ status }) => status === 'completed'));
  await operator.post(`/systems/${systemId}/classify`);
  await approve(stack, flowId, 'lena');
  await until('readiness', async () => (await readinessOf(operator, flowId)).ready);
  await operator.post(`/decommission-flow/${flowId}/proceed-to-shutdown`);
  return { flowId, systemId };
}

/** What the service account is answered at its sign-in, without the token that it is there for. */
async function signInAsMachine(): Promise<void> {
  const fields = {
    grant_type: 'client_credentials',
    client_id: 'lastcopy-demo-service',
    client_secret: canaries.of('secret of the service account'),
  };
  const answer = await fetch(`${stack.services.gateway.url}/dev-issuer/token`, { method: 'POST', body: new URLSearchParams(fields) });
  const { access_token: token, ...rest } = (await answer.json()) as { access_token: string };
  expect(answer.status).toBe(200);
  contents.push({ where: 'answer to a sign-in', bytes: Buffer.from(JSON.stringify(rest)) });
  needles.push({ name: 'token of the service account', secret: token.split('.')[2]! });
  const { client_account_id, engagement_id } = stack.profile;
  const headers = { authorization: `Bearer ${token}`, 'x-client-account-id': client_account_id, 'x-engagement-id': engagement_id };
  await (await fetch(`${stack.profile.api_url}/api/v1/systems?search=${control}`, { headers })).text();
}

/** The answer to its creation is the one place where the secret of a webhook may be: it is not among those that are searched. */
async function createWebhook(): Promise<void> {
  const { tokens, client_account_id, engagement_id } = stack.profile;
  const headers = {
    authorization: `Bearer ${(tokens as Record<string, string>).olga}`,
    ...{ 'x-client-account-id': client_account_id, 'x-engagement-id': engagement_id, 'content-type': 'application/json' },
  };
  const body = JSON.stringify({ url: `http://127.0.0.1:${webhook.port}/hook`, kinds: [], description: 'of the test' });
  const answer = await fetch(`${stack.services.gateway.url}/api/v1/webhook-endpoints`, { method: 'POST', headers, body });
  const { secret, endpoint_id } = (await answer.json()) as { secret: string; endpoint_id: string };
  expect(secret).toMatch(/^whsec_/);
  needles.push({ name: 'secret of the webhook', secret }, { name: 'key of the webhook', secret: Buffer.from(secret.slice(6), 'base64') });
  known.endpoint_id = endpoint_id;
}

/** What is down while the flow runs, and is told everything once it is up. */
async function letOutsideUp(): Promise<void> {
  await until('mails in vain', () => mail.refused() > 1);
  await until('a webhook in vain', () => webhook.refused() > 0);
  mail.up();
  webhook.up();
  for (const { received } of [mail, webhook]) {
    await until('word of the system outside', () => received.some(({ bytes }) => bytes.includes(control)));
  }
}

beforeAll(async () => {
  output = captureOutput();
  traces = await startOtlpReceiver();
  mail = await startMailServer('lastcopy', canaries.of('password of the mail server'));
  webhook = await startWebhookReceiver();
  stack = await startStack({}, { dataFolder: (dir) => plantCredentials(dir, canaries), overrides: settings });
  api = await startRecordingProxy(Number(new URL(stack.services.gateway.url).port));
  stack.profile.api_url = `http://127.0.0.1:${api.port}`;
  needles = [...tokensOfStack(stack)];

  await createWebhook();
  const { flowId, systemId } = await runFlow();
  await letOutsideUp();
  controlId = systemId;
  expect((await makeRefusedCalls(stack, canaries)).filter((status) => status < 400)).toEqual([]);
  await signInAsMachine();
  const jobs = await jobsOf(stack.as('olga'), flowId);
  const [document] = await stack.as('olga').get(`/decommission-flow/${flowId}/artifacts`);
  Object.assign(known, { flow_id: flowId, system_id: systemId, job_id: jobs[0]!.job_id, artifact_id: document.artifact_id, seq: '1' });
  expect(await readEveryRoute(stack, ['olga', 'aude'], known)).toBeGreaterThan(20);
  // A path that leads nowhere is traced like any other.
  await (await fetch(`${stack.profile.api_url}/api/v1/${control}`)).text();
  for (const { archive_location } of jobs) contents.push(...(await archiveContents(stack, archive_location!)));
  await until('the trace of the last call', () => traces.bodies.some((body) => body.includes(`/api/v1/${control}`)));
  contents.push(...(await refusedSettings(stack, canaries)));
  needles.push(...canaries.needles, ...(await keysOfStack(stack)));
}, 300_000);
afterAll(async () => {
  await stack?.stop();
  for (const proxy of [bus, store, api]) await proxy?.close();
  for (const server of [traces, mail, webhook]) await server?.stop();
  output?.release();
});

const recorded = (where: string, buffers: Buffer[]): Found[] => buffers.map((bytes) => ({ where, bytes }));
const logsOfServers = ({ postgres, nats, s3 }: Infrastructure): Found[] =>
  recorded(
    'log of a server',
    [postgres, nats, s3].map((server) => Buffer.from(server.log())),
  );

const places: Record<string, () => Found[] | Promise<Found[]>> = {
  'the logs of the services': () => recorded('output', [Buffer.concat(output.written)]),
  'the traces': () => recorded('traces', traces.bodies),
  'the tables of the databases': () => databaseRows(stack),
  'what passed over the bus': () => recorded('bus', [...bus.fromClients(), ...bus.fromServer()]),
  'the streams of the bus': () => filesIn(stack.infrastructure.dataDir, 'nats'),
  'the objects of the store': () => filesIn(stack.infrastructure.dataDir, 's3'),
  'what the services asked of the store': () => recorded('store', store.fromClients()),
  'what is in the archives': () => contents.filter(({ where }) => where.includes('s3://')),
  'the mails': () => mail.received,
  'the webhooks': () => webhook.received,
  'the answers of the API': () => recorded('answer', api.fromServer()),
};

/** All that stands there is encrypted but the names and documents of archives. */
const ofStore = ['the objects of the store', 'what the services asked of the store'];

describe.each(Object.entries(places))('%s', (name, pieces) => {
  let found: Found[];
  beforeAll(async () => {
    found = await pieces();
  });

  it('hold what may be there, so the search is known to work', () => {
    expect(found.some(({ bytes }) => bytes.includes(ofStore.includes(name) ? controlId : control))).toBe(true);
  });

  it('hold no secret', () => {
    expect(leaksIn(found, needles)).toEqual([]);
  });
});

it('was told by every service what it did and what failed', () => {
  const log = Buffer.concat(output.written).toString();
  const exported = Buffer.concat(traces.bodies).toString();
  for (const service of serviceNames) {
    expect(log).toContain(`"level":20,"time"`);
    expect(log).toContain(`"service":"${service}"`);
    expect(exported).toContain(service);
  }
  for (const failure of ['SOURCE_', 'STORE_']) expect(log).toMatch(new RegExp(`"code":"${failure}`));
});

it('searches for more than twenty passwords, keys and tokens, all different', () => {
  expect(canaries.needles.length).toBeGreaterThan(20);
  const names = needles.map(({ name }) => name);
  for (const part of ['bus/', 'signing/', 'keys/', 'document-keys/', 'token of olga', 'secret key of the store', 'password of the source'])
    expect(names.filter((name) => name.includes(part))).not.toEqual([]);
  expect(new Set(needles.map(({ secret }) => secret.toString('hex' as never))).size).toBe(needles.length);
});

it('finds each secret where it belongs, and in no other file of the data folder', async () => {
  const { dataDir } = stack.infrastructure;
  const own = (await filesIn(dataDir, '.', (file) => !mayHoldSecrets(file))).map(({ bytes }) => ({ where: 'its file', bytes }));
  const held = leaksIn(own, needles);
  for (const name of ['password of the source', 'secret of the tokens', "secret key of the store's writer", 'token of olga'])
    expect(held).toContain(`${name} in its file`);
  const others = await filesIn(dataDir, '.', (file) => mayHoldSecrets(file) || /^(pg|s3|nats)\//.test(file));
  expect(others.length).toBeGreaterThan(0);
  expect(leaksIn(others, needles)).toEqual([]);
});

it('tells no secret in the words of a refused start, of a sign-in, or of a server', () => {
  const words = contents.filter(({ where }) => !where.includes('s3://'));
  expect(words.filter(({ where }) => where.startsWith('start'))).toHaveLength(Object.keys(refusedSettings.cases).length);
  expect(leaksIn([...words, ...logsOfServers(stack.infrastructure)], needles)).toEqual([]);
});
