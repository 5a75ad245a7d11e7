import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createBillingDatabase } from '@lastcopy/demo-systems';
import { Client } from 'pg';
import type { ClassificationFailed, ClassificationSuggested } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import type { RunningService } from '@lastcopy/platform';
import { createTestDatabase, until } from '@lastcopy/testkit';
import { ArchiveRig, tenant } from '../testing/archive-rig.js';
import type { SourceSampling } from './ports/source-sampling.js';
import { ClassificationWorker } from './worker/classification-worker.js';

const canary = 'canary-value-4711@example.com';
let rig: ArchiveRig;
let service: RunningService;
const logged: string[] = [];
beforeAll(async () => {
  rig = await ArchiveRig.start();
  const client = new Client({ connectionString: rig.source.url });
  await client.connect();
  await client.query(`
    create table wide (${Array.from({ length: 90 }, (_, n) => `attr_${n} text`).join(', ')}, email text);
    insert into wide (attr_3, email) select repeat('x', 100000), case n when 1 then '${canary}' else 'p' || n || '@example.com' end from generate_series(1, 50) n;
    create table odd ("E-Mail" text, payload bytea, shape int[], note jsonb);
    insert into odd select 'q' || n || '@example.com', '\\x00', array[n], jsonb_build_object('note', '${canary}') from generate_series(1, 9) n;
    create view broken as select 1 / (n - n) as iban from generate_series(1, 3) n;
    create table empty (email text);
    create table big (pad text, email text);
    insert into big select repeat('y', 200), 'r' || n || '@example.com' from generate_series(1, 20000) n;
    analyze;`);
  await client.end();
  service = await rig.boot();
  const keep = (...parts: unknown[]) =>
    void logged.push(JSON.stringify(parts, (_, part: unknown) => (part instanceof Error ? `${part.message} ${part.stack}` : part)));
  Object.assign(service.deps.logger, { debug: keep, info: keep, warn: keep, error: keep });
}, 60_000);
afterAll(() => rig.stop());

const described = { data_classification: [], compliance_requirements: [] };
const eventsOf = (systemId: string) => rig.events.readStream('system', systemId);

async function register(source: object): Promise<string> {
  const system_id = randomUUID();
  await rig.command('RegisterSystem', { ...described, system_id, system_name: `System ${system_id}`, source });
  return system_id;
}

async function look<T>(systemId: string, type: string): Promise<T> {
  await rig.command('ClassifySystem', { system_id: systemId });
  return until(type, async () => (await eventsOf(systemId)).findLast((event) => event.type === type)?.data as T | undefined);
}

it('samples wide, odd, large and empty tables within bounds, and never tells a value', async () => {
  const systemId = await register(rig.sourceDescription());
  const { findings, sampled, suggestion_id } = await look<ClassificationSuggested>(systemId, 'ClassificationSuggested');
  expect(sampled).toMatchObject({ containers: 4, skipped: 0, complete: true });
  expect(sampled.values).toBeLessThan(2_000);
  const { answer } = await rig.command('NameClassificationPlaces', { system_id: systemId, suggestion_ids: [suggestion_id] });
  const places = (answer as Record<string, Record<string, { container: string; element: string }>>)[suggestion_id]!;
  const found = findings.map(({ place, kind, method }) => `${places[place]!.container} ${places[place]!.element}: ${kind} by ${method}`);
  expect(found.sort()).toEqual([
    'public.big email: email by both',
    'public.empty email: email by name',
    'public.odd E-Mail: email by both',
    'public.wide email: email by both',
  ]);
  const told = JSON.stringify(await eventsOf(systemId)) + logged.join('\n');
  expect(logged.join('\n')).toContain('a source was looked at');
  for (const hidden of [canary, 'p2@example.com', 'public.wide', 'E-Mail']) expect(told).not.toContain(hidden);
});

it('finds what is planted in the demo system, and calls its product codes clean', async () => {
  const demo = await createTestDatabase('demo_billing');
  try {
    await createBillingDatabase(demo.url, { seed: 7, scale: 0.05 });
    const systemId = await register({ ...rig.sourceDescription(), database: new URL(demo.url).pathname.slice(1) });
    const { findings, suggestion_id, ...rest } = await look<ClassificationSuggested>(systemId, 'ClassificationSuggested');
    const { answer } = await rig.command('NameClassificationPlaces', { system_id: systemId, suggestion_ids: [suggestion_id] });
    const places = (answer as Record<string, Record<string, { container: string; element: string }>>)[suggestion_id]!;
    expect(findings.map(({ place, kind }) => `${places[place]!.container.slice(8)}.${places[place]!.element}: ${kind}`).sort()).toEqual([
      'customers.address: postal_address',
      'customers.date_of_birth: date_of_birth',
      'customers.email: email',
      'customers.iban: iban',
      'customers.name: person_name',
      'customers.phone: phone',
      'payments.card_number: card_number',
      'staff.birth_date: date_of_birth',
      'staff.full_name: person_name',
      'staff.mobile_phone: phone',
      'staff.salary: salary',
      'staff.sick_note_icd10: health_code',
      'staff.tax_id: de_tax_id',
    ]);
    expect(rest).toMatchObject({
      data_classification: ['Financial', 'PHI', 'PII'],
      compliance_requirements: ['GDPR', 'HIPAA', 'PCI-DSS'],
    });
  } finally {
    await demo.drop();
  }
}, 60_000);

it('tells what it could not read', async () => {
  const folder = path.join(rig.dir, 'tree');
  await mkdir(path.join(folder, 'inner'), { recursive: true });
  await writeFile(path.join(folder, 'inner/data.bin'), Buffer.from([0, 1, 2]));
  const gone = await register({ kind: 'directory', path: path.join(folder, 'nowhere') });
  expect(await look<ClassificationFailed>(gone, 'ClassificationFailed')).toMatchObject({
    code: 'SOURCE_PATH_MISSING',
    hint: expect.any(String),
  });
  const binary = await register({ kind: 'directory', path: folder });
  expect(await look<ClassificationSuggested>(binary, 'ClassificationSuggested')).toMatchObject({ findings: [], sampled: { elements: 0 } });
});

it('takes up again the look of a process that died', async () => {
  const systemId = await register(rig.sourceDescription());
  await service.close();
  const orphan = await rig.boot({ WORKERS: '0' });
  await rig.command('ClassifySystem', { system_id: systemId });
  await orphan.deps.eventing.store.query(
    `update classification_runs set lease_owner = 'dead', lease_until = clock_timestamp() - interval '1 second', attempts = 1 where system_id = $1`,
    [systemId],
  );
  await orphan.close();
  service = await rig.boot();
  const suggested = await until('the look', async () => (await eventsOf(systemId)).find(({ type }) => type === 'ClassificationSuggested'));
  expect(suggested.data).toMatchObject({ system_id: systemId });
  expect(await service.deps.eventing.store.query('select 1 from classification_runs')).toEqual([]);
});

it('takes a look again at once, as often as it needs, when the database fails during it', async () => {
  const systemId = await register(rig.sourceDescription());
  await service.close();
  const idle = await rig.boot({ WORKERS: '0' });
  await rig.command('ClassifySystem', { system_id: systemId });
  let looks = 0;
  const sampling: SourceSampling = {
    // eslint-disable-next-line require-yield -- an empty source after four failures
    async *sample() {
      looks += 1;
      if (looks <= 4) throw new CodedError('SERVICE_UNAVAILABLE', 'The database failed.');
    },
  };
  const { eventing, clock, logger } = idle.deps;
  // Whoever waited for a lease of this length would see no second look.
  const worker = new ClassificationWorker({ store: () => eventing.store, sampling, clock, logger, totalMs: 3_600_000 });
  worker.start();
  await until('the look', async () => (await eventsOf(systemId)).find(({ type }) => type === 'ClassificationSuggested'), 20_000);
  await worker.stop();
  expect(looks).toBe(5);
  expect((await eventsOf(systemId)).map(({ type }) => type)).not.toContain('ClassificationFailed');
  await idle.close();
  service = await rig.boot();
}, 60_000);

it('refuses a service account, and keeps another tenant out', async () => {
  const systemId = await register(rig.sourceDescription());
  const { suggestion_id } = await look<ClassificationSuggested>(systemId, 'ClassificationSuggested');
  const accept = { system_id: systemId, suggestion_id };
  const send = (actor: object, of = tenant) =>
    rig.commands.send('archive-service', 'AcceptClassification', accept, {
      ...{ command_id: randomUUID(), tenant: of, actor: { user_id: 'x', name: 'X', roles: ['operator'], ...actor } },
    });
  await expect(send({ service_account: true })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(send({}, { ...tenant, engagement_id: randomUUID() })).rejects.toMatchObject({ code: 'SYSTEM_UNKNOWN' });
  expect((await eventsOf(systemId)).map(({ type }) => type)).toEqual([
    'SystemRegistered',
    'ClassificationRequested',
    'ClassificationSuggested',
  ]);
});

it('changes no system of a sealed flow', async () => {
  const systemId = await register(rig.sourceDescription());
  const flow_id = randomUUID();
  await rig.startMigration(flow_id, { system_id: systemId });
  const revise = (system_name: string) => rig.command('ReviseSystem', { system_id: systemId, changes: { system_name }, reason: 'renamed' });
  expect(await revise('Ledger')).toMatchObject({ token: { version: 2 } });
  const other = await register(rig.sourceDescription());
  await expect(rig.command('ReviseSystem', { system_id: other, changes: { system_name: 'LEDGER' }, reason: 'x' })).rejects.toMatchObject({
    code: 'SYSTEM_EXISTS',
  });
  const away = { ...rig.sourceDescription(), host: '169.254.169.254' };
  await expect(rig.command('ReviseSystem', { system_id: systemId, changes: { source: away }, reason: 'x' })).rejects.toMatchObject({
    code: 'SOURCE_NOT_ALLOWED',
  });
  const { suggestion_id } = await look<ClassificationSuggested>(systemId, 'ClassificationSuggested');
  await rig.command('SealFlow', { flow_id, gate_no: 1 });
  await expect(revise('Journal')).rejects.toMatchObject({ code: 'FLOW_SEALED' });
  await expect(rig.command('AcceptClassification', { system_id: systemId, suggestion_id })).rejects.toMatchObject({ code: 'FLOW_SEALED' });
  await rig.command('UnsealFlow', { flow_id, gate_no: 1 });
  expect(await revise('Journal')).toMatchObject({ token: { version: 5 } });
});
