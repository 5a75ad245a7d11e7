import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from '@lastcopy/testkit';
import { createDatabaseSource, createDirectorySource } from './fixtures.js';
import { eventsOf } from './logs.js';
import { startStack, type Stack } from './stack.js';

const canary = 'canary.value.4711@example.com';
const secretTable = 'merger_plan_with_acme';
const sql = `
  create table ${secretTable} (id int primary key, email text, born_on date, card text, iban text, sku text, ean bigint, order_no bigint);
  insert into ${secretTable} select n,
    case when n = 1 then '${canary}' else 'person' || n || '@example.com' end, date '1950-01-01' + n * 37,
    (array['4111111111111111', '5555555555554444', '378282246310005', '6011111111111117', '4012888888881881'])[1 + n % 5],
    (array['DE89370400440532013000', 'GB82WEST12345698765432', 'NL91ABNA0417164300', 'FR1420041010050500013M02606'])[1 + n % 4],
    'SKU-' || lpad(n::text, 6, '0'), 4006381000000 + n, 4000000000000000 + n from generate_series(1, 400) n;`;
const cleanSql = `
  create table product (sku text primary key, ean bigint, version text, reference uuid, weight_g int, listed_on date);
  insert into product select 'PRD-' || n, 4006381000000 + n * 7, '1.' || n % 9 || '.' || n, gen_random_uuid(), n, date '2024-01-01' + n % 300 from generate_series(1, 500) n;`;

interface Look {
  suggestion_id: string;
  status: string;
  outdated: boolean;
  data_classification: string[];
  compliance_requirements: string[];
  findings: { kind: string; container: string | null; element: string | null; confidence: number; matched: number }[];
  error_code: string | null;
  accepted: string[];
}

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack?.stop());

const register = async (registration: object): Promise<string> => (await stack.as('olga').post('/systems', registration)).system_id;
const latestOf = async (systemId: string): Promise<Look> => (await stack.as('olga').get(`/systems/${systemId}/classification`)).latest;

async function classify(systemId: string): Promise<Look> {
  const before = await stack.as('olga').post(`/systems/${systemId}/classify`);
  return until('the end of the look', async () => {
    const look = await latestOf(systemId);
    return look?.suggestion_id === before.latest.suggestion_id && look.status !== 'running' && look;
  });
}

it('finds what is planted in a database, says where, and tells no value and no name to the log', async () => {
  const source = await createDatabaseSource(stack, 'people', sql);
  const systemId = await register({ ...source, data_classification: ['User Data'], compliance_requirements: [] });
  const look = await classify(systemId);
  expect(look).toMatchObject({
    status: 'suggested',
    data_classification: ['Financial', 'PII'],
    compliance_requirements: ['GDPR', 'PCI-DSS'],
  });
  const found = Object.fromEntries(look.findings.map(({ kind, container, element }) => [kind, `${container}: ${element}`]));
  expect(found).toEqual({
    email: `public.${secretTable}: email`,
    date_of_birth: `public.${secretTable}: born_on`,
    card_number: `public.${secretTable}: card`,
    iban: `public.${secretTable}: iban`,
  });
  // Nothing was applied by the look itself.
  expect(await stack.as('olga').get(`/systems/${systemId}`)).toMatchObject({ data_classification: ['User Data'], version: 1 });

  const events = JSON.stringify(await eventsOf(stack, 'archive-service', 'ClassificationSuggested'));
  expect(events).toContain('date_of_birth');
  for (const hidden of [canary, secretTable, 'born_on', '4111111111111111']) expect(events).not.toContain(hidden);

  const accepted = await stack.as('olga').post(`/systems/${systemId}/classification/accept`, { suggestion_id: look.suggestion_id });
  expect(accepted.latest).toMatchObject({ status: 'accepted', accepted: ['Financial', 'PII', 'GDPR', 'PCI-DSS'] });
  expect(await stack.as('olga').get(`/systems/${systemId}`)).toMatchObject({
    ...{ data_classification: ['User Data', 'Financial', 'PII'], compliance_requirements: ['GDPR', 'PCI-DSS'], version: 2 },
  });
}, 60_000);

it('calls products clean', async () => {
  const systemId = await register({ ...(await createDatabaseSource(stack, 'products', cleanSql)), data_classification: [] });
  expect(await classify(systemId)).toMatchObject({ status: 'suggested', findings: [], data_classification: [] });
}, 60_000);

it('looks into the texts and tables of a folder', async () => {
  const registration = await createDirectorySource(stack, 'letters');
  const root = registration.source.path;
  await mkdir(path.join(root, 'post'));
  for (let n = 0; n < 5; n += 1) await writeFile(path.join(root, `post/${n}.txt`), `To: p${n}@example.org\nBorn: 19${50 + n}-02-03\n`);
  await writeFile(path.join(root, 'staff.csv'), 'name,salary,phone\nAda,5100,+41 76 555 12 34\nBo,4900,+41 77 555 12 35\n');
  const look = await classify(await register(registration));
  const found = look.findings.map(({ kind, container, element }) => `${kind}: ${container} ${element}`).sort();
  expect(found).toEqual(['date_of_birth: post *.txt', 'email: post *.txt', 'phone: . staff.csv: phone', 'salary: . staff.csv: salary']);
}, 60_000);

it('lets a person dismiss it with a reason, and refuses what is overtaken', async () => {
  const registration = await createDirectorySource(stack, 'moving');
  const root = registration.source.path;
  await appendFile(path.join(root, 'mail.txt'), 'a@example.org\nb@example.org\nc@example.org\n');
  const systemId = await register(registration);
  const first = await classify(systemId);
  const at = `/systems/${systemId}/classification`;
  await expect(stack.as('olga').post(`${at}/dismiss`, { suggestion_id: first.suggestion_id })).rejects.toMatchObject({ status: 422 });
  const dismissed = await stack.as('olga').post(`${at}/dismiss`, { suggestion_id: first.suggestion_id, reason: 'test data' });
  expect(dismissed.latest).toMatchObject({ status: 'dismissed', reason: 'test data', decided_by: 'olga' });
  await expect(stack.as('olga').post(`${at}/accept`, { suggestion_id: first.suggestion_id })).rejects.toMatchObject({
    code: 'CLASSIFICATION_STATE',
  });

  const second = await classify(systemId);
  const moved = { kind: 'directory', path: path.join(root, 'logs') };
  const seen = await stack.as('olga').get(`/systems/${systemId}`);
  const revise = (body: object, version: number) => stack.as('olga').patch(`/systems/${systemId}`, body, { 'if-match': `"${version}"` });
  await expect(revise({ source: moved, reason: 'moved' }, seen.version + 1)).rejects.toMatchObject({
    ...{ status: 412, code: 'PRECONDITION_FAILED' },
  });
  await expect(revise({ source: moved }, seen.version)).rejects.toMatchObject({ status: 422 });
  expect(await revise({ source: moved, reason: 'moved' }, seen.version)).toMatchObject({ version: 2, source: moved });
  expect(await latestOf(systemId)).toMatchObject({ outdated: true });
  await expect(stack.as('olga').post(`${at}/accept`, { suggestion_id: second.suggestion_id })).rejects.toMatchObject({
    code: 'CLASSIFICATION_OUTDATED',
  });
  expect((await stack.as('olga').get(at)).history).toHaveLength(1);
}, 60_000);

it('says why a source could not be looked at', async () => {
  const registration = await createDirectorySource(stack, 'gone');
  const source = { ...registration.source, path: `${registration.source.path}/not-there` };
  expect(await classify(await register({ ...registration, source }))).toMatchObject({
    status: 'failed',
    error_code: 'SOURCE_PATH_MISSING',
  });
}, 60_000);
