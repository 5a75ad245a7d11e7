import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { createLocalKeyFileProvider, openArchive, type Archive } from '@lastcopy/archive-format';
import type {
  ArchiveJobCompleted,
  ArchiveJobFailed,
  ArchiveLocked,
  ArchiveRetryScheduled,
  JobProgress,
  ArchiveUploaded,
  ReconciliationDocument,
} from '@lastcopy/contracts';
import type { Eventing } from '@lastcopy/eventing';
import type { RunningService } from '@lastcopy/platform';
import { verifyPack } from '@lastcopy/source-directory';
import { contentHash } from '@lastcopy/source-postgresql';
import { actor, ArchiveRig, tenant } from './testing/archive-rig.js';
import { until } from '@lastcopy/testkit';

let rig: ArchiveRig;
let service: RunningService;
let integrity: Eventing;
let gateway: Eventing;
beforeAll(async () => {
  rig = await ArchiveRig.start();
  const client = new Client({ connectionString: rig.source.url });
  await client.connect();
  await client.query(`
    create table customer (id int primary key, name text, note text);
    insert into customer values (1, 'Ada', null), (2, 'Grüße', ''), (3, E'two\\nlines', 'x');
    create table invoice (id int generated always as identity primary key, customer int references customer, total numeric(10,2));
    insert into invoice (customer, total) select 1 + n % 3, n from generate_series(1, 5000) n;
    select lo_from_bytea(4711, '\\xcafe');`);
  await client.end();
  service = await rig.boot();
  integrity = await rig.otherService('integrity-service');
  gateway = await rig.otherService('gateway');
});
afterEach(() => {
  rig.fault = undefined;
});
afterAll(() => rig.stop());

async function open(uploaded: ArchiveUploaded, key: 'escrow' | 'tenant'): Promise<Archive> {
  const keys = path.join(rig.dir, 'keys');
  const name = key === 'escrow' ? 'escrow.key' : `tenant-${tenant.client_account_id}.key`;
  const trustedSigners = JSON.parse(await readFile(path.join(keys, 'archive-signing.jwks.json'), 'utf8'));
  const { bucket, key: objectKey, version_id: versionId } = uploaded.manifest;
  const manifest = { bucket, key: objectKey, versionId, expectedSha256: uploaded.manifest_sha256 };
  const provider = await createLocalKeyFileProvider(path.join(keys, name), { nodeEnv: 'test' });
  return openArchive({ store: rig.objects, manifest, keys: [provider], trustedSigners });
}

async function text(archive: Archive, dataSet: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of archive.readDataSet(dataSet)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

it('takes a copy that tenant and escrow can read', async () => {
  const jobId = await rig.startMigration(randomUUID());
  const uploaded = await rig.eventOf<ArchiveUploaded>(jobId, 'ArchiveUploaded');
  expect(await rig.typesOf(jobId)).toEqual(['ArchiveJobQueued', 'ArchiveJobStarted', 'ArchiveUploaded']);
  expect(uploaded).toMatchObject({ attempt: 1, rows: 5003, source_kind: 'postgresql', verification_level: 'reconciled' });
  for (const key of ['tenant', 'escrow'] as const) {
    const archive = await open(uploaded, key);
    const { tables, large_objects } = await archive.readJson<ReconciliationDocument>('metadata/reconciliation');
    const customer = tables.find(({ name }) => name === 'customer')!;
    expect(await text(archive, customer.data_set)).toBe('1,Ada,\n2,Grüße,""\n3,"two\nlines",x\n');
    expect(tables.map(({ name, rows }) => [name, rows])).toEqual(
      expect.arrayContaining([
        ['customer', 3],
        ['invoice', 5000],
      ]),
    );
    expect(large_objects).toEqual({ data_set: 'data/lobs', objects: 1, total_bytes: 2 });
    const { host, port, database, user } = rig.sourceDescription();
    const now = await contentHash({ host: host!, port: port!, database: database!, user: user! }, customer);
    expect(customer).toMatchObject({ content_hash: now.hash, query: now.query });
    await archive.close();
  }
});

describe('after the upload', () => {
  const say = async (type: string, uploaded: ArchiveUploaded, facts: object): Promise<void> => {
    const { job_id, flow_id, attempt } = uploaded;
    const id = randomUUID();
    const context = { command_id: randomUUID(), tenant, actor };
    const data = { verification_id: id, job_id, flow_id, attempt, ...facts };
    await integrity.store.transact(context, (tx) => tx.append('verification', id, 0, [{ type, data }]));
  };
  const verdict = { checks: [], evidence_sha256: 'e'.repeat(64) };
  const verified = (uploaded: ArchiveUploaded, facts: object = {}) => {
    const { manifest_sha256 } = uploaded;
    return say('IntegrityVerified', uploaded, { ...verdict, level: 'reconciled', manifest_sha256, attestation: 'a.b.c', ...facts });
  };
  const refuted = (uploaded: ArchiveUploaded) =>
    say('IntegrityFailed', uploaded, { ...verdict, level: 'fixity', code: 'ARCHIVE_OBJECT_DAMAGED', message: 'part 1 is damaged' });
  const upload = async () => {
    const flowId = randomUUID();
    const jobId = await rig.startMigration(flowId);
    return { flowId, jobId, uploaded: await rig.eventOf<ArchiveUploaded>(jobId, 'ArchiveUploaded') };
  };

  it('locks every version of what was verified, then completes what was read back', async () => {
    const { jobId, uploaded } = await upload();
    await verified(uploaded);
    const locked = await rig.eventOf<ArchiveLocked>(jobId, 'ArchiveLocked');
    expect(locked).toMatchObject({ attempt: 1, mode: 'GOVERNANCE', retain_until: uploaded.retain_until });
    const { versions } = await open(uploaded, 'tenant');
    expect(versions).toHaveLength(locked.versions);
    expect(new Set(versions.map(({ role }) => role))).toEqual(new Set(['data', 'metadata', 'key_wrap', 'manifest', 'signature']));
    for (const version of versions) {
      const retention = await rig.objects.getRetention(version, version.versionId);
      expect(retention).toEqual({ mode: 'GOVERNANCE', retainUntil: new Date(uploaded.retain_until) });
    }
    expect(await rig.typesOf(jobId)).not.toContain('ArchiveJobCompleted');
    const { mode, retain_until } = locked;
    await say('RetentionVerified', uploaded, { mode, retain_until, versions: locked.versions });
    const completed = await rig.eventOf<ArchiveJobCompleted>(jobId, 'ArchiveJobCompleted');
    expect(completed).toMatchObject({ location: uploaded.location, checksum: uploaded.manifest_sha256, retain_until });
    await refuted(uploaded);
    expect(await rig.eventOf<ArchiveJobFailed>(jobId, 'ArchiveJobFailed')).toMatchObject({ error_class: 'integrity' });
  });

  it('cannot be cancelled, neither alone nor with its flow, once its objects begin to be locked', async () => {
    const { flowId, jobId, uploaded } = await upload();
    let stalled = true;
    rig.fault = async ({ operation, key }) => {
      if (operation === 'PutObjectRetention' && key.includes(jobId)) await until('the end of the stall', async () => !stalled);
      return undefined;
    };
    await verified(uploaded);
    await rig.eventOf(jobId, 'ArchiveLocking');
    const cancelling = rig.command('CancelArchiveJob', { job_id: jobId, reason: 'too late' });
    await expect(cancelling).rejects.toMatchObject({ code: 'JOB_STATE' });
    const other = await upload();
    const cancelFlow = (flow_id: string) =>
      gateway.store.transact({ command_id: randomUUID(), tenant, actor }, (tx) =>
        tx.append('decommission_flow', flow_id, 0, [{ type: 'FlowCancelled', data: { flow_id, reason: 'too late' } }]),
      );
    await cancelFlow(flowId);
    await cancelFlow(other.flowId);
    await rig.eventOf(other.jobId, 'ArchiveJobCancelled');
    stalled = false;
    await rig.eventOf(jobId, 'ArchiveLocked');
    expect((await rig.typesOf(jobId)).slice(-3)).toEqual(['ArchiveUploaded', 'ArchiveLocking', 'ArchiveLocked']);
  });

  it('locks nothing of a job that was cancelled before', async () => {
    const { jobId, uploaded } = await upload();
    await rig.command('CancelArchiveJob', { job_id: jobId, reason: 'in time' });
    await verified(uploaded);
    const marker = await upload();
    await verified(marker.uploaded);
    await rig.eventOf(marker.jobId, 'ArchiveLocked');
    expect((await rig.typesOf(jobId)).at(-1)).toBe('ArchiveJobCancelled');
  });

  it('locks nothing for a level too low, another manifest or another attempt', async () => {
    const { jobId, uploaded } = await upload();
    await verified(uploaded, { level: 'restored' });
    await verified(uploaded, { manifest_sha256: 'f'.repeat(64) });
    await verified({ ...uploaded, attempt: 2 });
    await refuted({ ...uploaded, attempt: 2 });
    await refuted(uploaded);
    await rig.eventOf(jobId, 'ArchiveJobFailed');
    expect(await rig.typesOf(jobId)).toEqual(['ArchiveJobQueued', 'ArchiveJobStarted', 'ArchiveUploaded', 'ArchiveJobFailed']);
  });

  it('fails the job, with an alert, when an object is gone that should be locked', async () => {
    const { jobId, uploaded } = await upload();
    const { versions } = await open(uploaded, 'tenant');
    const wrap = versions.find(({ role }) => role === 'key_wrap')!;
    await rig.objects.deleteVersion(wrap, wrap.versionId);
    await verified(uploaded);
    const failed = await rig.eventOf<ArchiveJobFailed>(jobId, 'ArchiveJobFailed');
    expect(failed).toMatchObject({ code: 'ARCHIVE_OBJECT_MISSING', error_class: 'integrity', message: expect.stringContaining(wrap.key) });
    const alerts = await rig.events.query(`select data from events where type = 'AlertRaised' and data->>'job_id' = $1`, [jobId]);
    expect(alerts).toHaveLength(1);
  });

  it('keeps a refuted archive until another one has won', async () => {
    const { jobId, uploaded } = await upload();
    await refuted(uploaded);
    await rig.eventOf(jobId, 'ArchiveJobFailed');
    await rig.command('RetryArchiveJob', { job_id: jobId });
    const second = await rig.eventOf<ArchiveUploaded>(jobId, 'ArchiveUploaded', 2);
    expect(second.attempt).toBe(2);
    const isOfFirst = (key: string) => key.includes(`${jobId}/attempt-1/`) || key.includes(`${jobId}/keys/attempt-1.`);
    const ofFirst = async () => (await rig.stored()).objects.filter(isOfFirst);
    expect(await ofFirst()).not.toHaveLength(0);
    await verified(second);
    const { mode, retain_until, versions } = await rig.eventOf<ArchiveLocked>(jobId, 'ArchiveLocked');
    await say('RetentionVerified', second, { mode, retain_until, versions });
    await rig.eventOf(jobId, 'ArchiveJobCompleted');
    await until('the sweep of attempt 1', async () => (await ofFirst()).length === 0);
    const keys = (await rig.stored()).objects.filter((key) => key.includes(`${jobId}/keys/`));
    expect(keys.map((key) => key.split('/').at(-1))).toEqual(['attempt-2.escrow.json', 'attempt-2.tenant.json']);
    await expect(open(second, 'escrow').then((archive) => text(archive, 'data/t-0001'))).resolves.toMatch(/Ada/);
  });

  it('lets the truth into a sealed flow before the transition, and an alert only after it', async () => {
    const [before, after] = [await upload(), await upload()];
    for (const { flowId: flow_id } of [before, after])
      await service.deps.eventing.sealFlow({ command_id: randomUUID(), tenant, actor }, { flow_id, gate_no: 1 });
    await refuted(before.uploaded);
    await rig.eventOf(before.jobId, 'ArchiveJobFailed');
    const context = { command_id: randomUUID(), tenant, actor };
    const data = { flow_id: after.flowId, from_phase: 'data_migration', to_phase: 'system_shutdown' };
    const event = { type: 'PhaseTransitioned', data };
    await gateway.store.transact(context, (tx) => tx.append('decommission_flow', after.flowId, 0, [event]));
    await until('the transition to arrive', async () => {
      const [row] = await rig.events.query('select 1 as one from transitioned_flows where flow_id = $1', [after.flowId]);
      return row;
    });
    await refuted(after.uploaded);
    const marker = await upload();
    await refuted(marker.uploaded);
    await rig.eventOf(marker.jobId, 'ArchiveJobFailed');
    expect(await rig.typesOf(after.jobId)).toEqual(['ArchiveJobQueued', 'ArchiveJobStarted', 'ArchiveUploaded']);
  });
});

describe('before and during the upload', () => {
  it('fails for good with what to do when the secret is missing', async () => {
    const source = { ...rig.sourceDescription(), secret_ref: 'absent' };
    const jobId = await rig.startMigration(randomUUID(), { source });
    const failed = await rig.eventOf<ArchiveJobFailed>(jobId, 'ArchiveJobFailed');
    expect(failed).toMatchObject({ code: 'SECRET_UNKNOWN', error_class: 'permanent', hint: expect.stringMatching(/secrets provider/) });
    expect(await rig.typesOf(jobId)).not.toContain('ArchiveRetryScheduled');
  });

  it('refuses sources that are not allowed before anything is queued', async () => {
    const source = { ...rig.sourceDescription(), host: '169.254.169.254' };
    await expect(rig.startMigration(randomUUID(), { source })).rejects.toMatchObject({ code: 'SOURCE_NOT_ALLOWED' });
  });

  it('keeps the job of a migration that is started twice', async () => {
    const [flow, system_id, policy_id] = [randomUUID(), randomUUID(), randomUUID()];
    const [first, second] = [
      await rig.startMigration(flow, { system_id, policy_id }),
      await rig.startMigration(flow, { system_id, policy_id }),
    ];
    expect(second).toBe(first);
    await rig.eventOf(first, 'ArchiveUploaded');
    await rig.startMigration(flow, { system_id, policy_id });
    expect(await rig.typesOf(first)).toEqual(['ArchiveJobQueued', 'ArchiveJobStarted', 'ArchiveUploaded']);
  });

  it('knows nothing of another tenant’s job', async () => {
    const jobId = await rig.startMigration(randomUUID());
    const foreign = { ...tenant, engagement_id: randomUUID() };
    const options = { command_id: randomUUID(), tenant: foreign, actor };
    const cancelling = rig.commands.send('archive-service', 'CancelArchiveJob', { job_id: jobId, reason: 'mine?' }, options);
    await expect(cancelling).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await rig.eventOf(jobId, 'ArchiveUploaded');
  });

  it('tries again when the store was down, after the delay, as the next attempt', async () => {
    await rig.stopStore();
    const jobId = await rig.startMigration(randomUUID());
    const scheduled = await rig.eventOf<ArchiveRetryScheduled>(jobId, 'ArchiveRetryScheduled');
    expect(scheduled).toMatchObject({ attempt: 2, retry_no: 1 });
    expect(await rig.eventOf<ArchiveJobFailed>(jobId, 'ArchiveJobFailed')).toMatchObject({ error_class: 'transient' });
    await rig.startStore();
    expect((await rig.eventOf<ArchiveUploaded>(jobId, 'ArchiveUploaded')).attempt).toBeGreaterThanOrEqual(2);
  });

  it('takes up again what breaks in the middle, and leaves nothing of the broken attempt', async () => {
    let broken = 0;
    rig.fault = ({ operation, key }) => {
      if (operation !== 'PutObject' || !key.includes('/attempt-1/metadata/')) return undefined;
      broken += 1;
      return { kind: 'error', code: 'InternalError' };
    };
    const jobId = await rig.startMigration(randomUUID());
    const uploaded = await rig.eventOf<ArchiveUploaded>(jobId, 'ArchiveUploaded');
    rig.fault = undefined;
    expect(broken).toBeGreaterThan(0);
    expect(uploaded.attempt).toBe(2);
    const ofFirst = ({ objects, uploads }: { objects: string[]; uploads: string[] }) =>
      [...objects, ...uploads].filter((key) => key.includes(`${jobId}/attempt-1/`) || key.includes(`${jobId}/keys/attempt-1.`));
    await until('the sweep of attempt 1', async () => ofFirst(await rig.stored()).length === 0);
    await expect(open(uploaded, 'tenant').then((archive) => text(archive, 'data/t-0001'))).resolves.toMatch(/Ada/);
  });

  it('pauses, resumes and cancels with its flow', async () => {
    let stalled = true;
    rig.fault = async ({ operation, key }) => {
      if (operation !== 'PutObject' || !key.includes('/attempt-1/')) return undefined;
      await until('the end of the stall', async () => !stalled);
      return undefined;
    };
    const flowId = randomUUID();
    const jobId = await rig.startMigration(flowId);
    await rig.eventOf(jobId, 'ArchiveJobStarted');
    let version = 0;
    const say = (type: string) =>
      gateway.store.transact({ command_id: randomUUID(), tenant, actor }, (tx) =>
        tx.append('decommission_flow', flowId, version++, [{ type, data: { flow_id: flowId, reason: type } }]),
      );
    await say('FlowPaused');
    await rig.eventOf(jobId, 'ArchiveJobPaused');
    await say('FlowResumed');
    await rig.eventOf(jobId, 'ArchiveJobStarted', 2);
    await rig.eventOf(jobId, 'ArchiveUploaded');
    stalled = false;
    await say('FlowCancelled');
    await rig.eventOf(jobId, 'ArchiveJobCancelled');
    rig.fault = undefined;
    expect(await rig.typesOf(jobId)).toEqual([
      'ArchiveJobQueued',
      'ArchiveJobStarted',
      'ArchiveJobPaused',
      'ArchiveJobResumed',
      'ArchiveJobStarted',
      'ArchiveUploaded',
      'ArchiveJobCancelled',
    ]);
    await until('the sweep of the cancelled job', async () => !(await rig.stored()).objects.some((key) => key.includes(jobId)));
  });

  it('archives a directory, pack and index', async () => {
    const share = path.join(rig.dir, 'share');
    await mkdir(path.join(share, 'logs'), { recursive: true });
    await writeFile(path.join(share, 'logs/app.log'), 'started\n'.repeat(1000));
    await writeFile(path.join(share, 'empty'), '');
    const jobId = await rig.startMigration(randomUUID(), { source: { kind: 'directory', path: share }, verification_level: 'readable' });
    const archive = await open(await rig.eventOf<ArchiveUploaded>(jobId, 'ArchiveUploaded'), 'tenant');
    const totals = await verifyPack(archive.readDataSet('data/files'), archive.readDataSet('data/file-index'));
    expect(totals).toMatchObject({ files: 2, totalBytes: 8000 });
    const { tree, tables } = await archive.readJson<ReconciliationDocument>('metadata/reconciliation');
    expect(tree).toMatchObject({ files: 2, total_bytes: 8000 });
    expect(tables).toEqual([]);
  });

  it('publishes its progress, which ends at the manifest', async () => {
    const seen: JobProgress[] = [];
    const subscription = service.deps.nats.subscribe('lastcopy.progress.>', {
      callback: (_, message) => void seen.push(message.json<JobProgress>()),
    });
    const jobId = await rig.startMigration(randomUUID());
    const { bytes } = await rig.eventOf<ArchiveUploaded>(jobId, 'ArchiveUploaded');
    await until('the last progress', async () => seen.some(({ step, job_id }) => step === 'manifest' && job_id === jobId));
    subscription.unsubscribe();
    const last = seen.filter(({ job_id }) => job_id === jobId).at(-1)!;
    expect(last).toMatchObject({ attempt: 1, step: 'manifest' });
    expect(last.bytes).toBeGreaterThan(0);
    expect(last.bytes).toBeLessThanOrEqual(bytes);
  });
});

describe('the inventory of systems', () => {
  const system = { system_id: randomUUID(), system_name: 'Billing', data_classification: ['PII'], compliance_requirements: ['GDPR'] };

  it('registers a name once in a tenant and tests its connection', async () => {
    const registered = { ...system, source: rig.sourceDescription() };
    expect(await rig.command('RegisterSystem', registered)).toMatchObject({ token: { version: 1 } });
    expect(await rig.command('RegisterSystem', registered)).toMatchObject({ token: { version: 1 } });
    const namesake = { ...registered, system_id: randomUUID(), system_name: 'BILLING' };
    await expect(rig.command('RegisterSystem', namesake)).rejects.toMatchObject({ code: 'SYSTEM_EXISTS' });
    const { answer, token } = await rig.command('TestSystemConnection', { system_id: system.system_id });
    expect(answer).toMatchObject({ passed: true, code: null, server_version: expect.any(String), size_bytes: expect.any(Number) });
    expect(token).toMatchObject({ version: 2 });
  });

  it('answers what is wrong with a connection', async () => {
    const source = { ...rig.sourceDescription(), database: 'not_there' };
    const system_id = randomUUID();
    await rig.command('RegisterSystem', { ...system, system_id, system_name: 'Lost', source });
    const { answer } = await rig.command('TestSystemConnection', { system_id });
    expect(answer).toMatchObject({ passed: false, code: 'SOURCE_DATABASE_MISSING', hint: expect.any(String) });
  });

  it('does not know what was never registered', async () => {
    await expect(rig.command('TestSystemConnection', { system_id: randomUUID() })).rejects.toMatchObject({ code: 'SYSTEM_UNKNOWN' });
  });
});
