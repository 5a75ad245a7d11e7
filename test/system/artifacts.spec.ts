import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { storedContents, until } from '@lastcopy/testkit';
import { pdfOf } from '../../tools/embedded/demo-documents.mjs';
import { approve, createDatabaseSource, createFlow, readinessOf, startMigration, untilJobs } from './fixtures.js';
import { startStack, type Stack } from './stack.js';

const maxBytes = 3 * 1024 * 1024;
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ gateway: { ARTIFACT_MAX_BYTES: String(maxBytes), ARTIFACT_INTERVAL_MS: '200' } });
}, 60_000);
afterAll(() => stack?.stop());

const storeDir = () => path.join(stack.infrastructure.dataDir, 's3');
const storedBytes = async (): Promise<Buffer> =>
  Buffer.concat(await Promise.all((await storedContents(storeDir())).map((each) => readFile(each))));
const openContents = () => stack.services.gateway.deps.eventing.store.query(`select * from artifact_contents where state = 'uploading'`);
const text = (bytes: number) => Buffer.from(`A control string that is to be kept.\n${randomBytes(bytes / 2).toString('hex')}`);
const file = (content: Buffer) => ({ filename: 'notes.txt', type: 'text/plain', content });

it('keeps documents encrypted at rest and gives them back byte for byte', async () => {
  const flowId = await createFlow(stack, [await createDatabaseSource(stack, 'papers', 'create table t (n int); insert into t values (1)')]);
  const content = text(2_000_000);
  const url = `/decommission-flow/${flowId}/artifacts`;
  const attached = await stack.as('carl').upload(url, { kind: 'data_retention_policy' }, file(content));
  expect(attached).toMatchObject({ sha256: createHash('sha256').update(content).digest('hex'), retention_mode: 'GOVERNANCE' });
  const headers = {
    authorization: `Bearer ${stack.profile.tokens.olga}`,
    'x-client-account-id': stack.profile.client_account_id,
    'x-engagement-id': stack.profile.engagement_id,
  };
  const download = await fetch(`${stack.profile.api_url}/api/v1/artifacts/${attached.artifact_id}/content`, { headers });
  expect(Buffer.from(await download.arrayBuffer()).equals(content)).toBe(true);
  const atRest = await storedBytes();
  expect(atRest.length).toBeGreaterThan(content.length);
  expect(atRest.includes('A control string that is to be kept.')).toBe(false);
  await expect(stack.as('carl').upload(url, { kind: 'data_retention_policy' }, file(text(4_000_000)))).rejects.toMatchObject({
    status: 413,
  });
  expect(await openContents()).toEqual([]);
}, 60_000);

it('leaves nothing of an upload that is given up half way', async () => {
  const flowId = await createFlow(stack, [await createDatabaseSource(stack, 'halves', 'create table t (n int); insert into t values (1)')]);
  const before = (await storedBytes()).length;
  const boundary = 'a-boundary-of-the-test';
  const upload = httpRequest(`${stack.profile.api_url}/api/v1/decommission-flow/${flowId}/artifacts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${stack.profile.tokens.carl}`,
      'x-client-account-id': stack.profile.client_account_id,
      'x-engagement-id': stack.profile.engagement_id,
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
  });
  upload.on('error', () => undefined);
  upload.write(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n`);
  upload.write(text(1_500_000));
  await until('the upload under way', async () => (await openContents()).length === 1);
  upload.destroy();
  await until('nothing left of it', async () => (await openContents()).length === 0);
  expect((await storedBytes()).length - before).toBeLessThan(1_000_000);
  expect(await stack.as('carl').get(`/decommission-flow/${flowId}/artifacts`)).toEqual([]);
}, 60_000);

it('carries submitted inputs out where they belong, and goes through the gate with its documents', async () => {
  const flowId = await createFlow(stack, [await createDatabaseSource(stack, 'moved', 'create table t (n int); insert into t values (1)')]);
  const operator = stack.as('olga');
  const flow = `/decommission-flow/${flowId}`;
  const [assignment] = await operator.get(`${flow}/policy-assignments`);
  const { system_id } = assignment;
  const storage_location = `${assignment.storage_location}elsewhere/`;
  await operator.put(`${flow}/inputs/archive_destination/draft`, { content: { destinations: [{ system_id, storage_location }] } });
  await operator.post(`${flow}/inputs/archive_destination/submit`, {}, { 'if-match': '"1"' });
  await until(
    'the assignment with its destination',
    async () => (await operator.get(`${flow}/policy-assignments`))[0].storage_location === storage_location,
  );
  await operator.put(`${flow}/inputs/classification/draft`, {
    content: { systems: [{ system_id, data_classification: ['PII', 'Financial'] }] },
  });
  await operator.post(`${flow}/inputs/classification/submit`, {}, { 'if-match': '"1"' });
  await until('the classification of the system', async () =>
    (await operator.get(`/systems/${system_id}`)).data_classification.includes('Financial'),
  );
  await until('the assignment after it', async () =>
    (await operator.get(`${flow}/policy-assignments`))[0].data_classification.includes('Financial'),
  );
  expect(await operator.get(`${flow}/inputs`)).toHaveLength(2);

  await startMigration(stack, flowId);
  await untilJobs(stack, flowId, 'completed');
  const before = await readinessOf(operator, flowId);
  expect(before.blockers.map(({ code }) => code)).toContain('ARTIFACT_MISSING');
  await approve(stack, flowId, 'lena');
  await until('readiness', async () => (await readinessOf(operator, flowId)).ready);
  const late = { filename: 'late.pdf', type: 'application/pdf', content: pdfOf(['late']) };
  await operator.post(`${flow}/proceed-to-shutdown`);
  await expect(stack.as('lena').upload(`${flow}/artifacts`, { kind: 'legal_destruction_approval' }, late)).rejects.toMatchObject({
    status: 409,
    code: 'FLOW_STATE',
  });
}, 120_000);
