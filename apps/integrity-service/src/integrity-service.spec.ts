import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { compactVerify, createLocalJWKSet } from 'jose';
import { attestationType, verificationId, type ArchiveLocked, type Attestation, type JobProgress, type Tenant } from '@lastcopy/contracts';
import { connect } from '@nats-io/transport-node';
import { trustedKeys, type RunningService } from '@lastcopy/platform';
import type { ArchiveFixture } from '@lastcopy/testkit';
import { newTenant } from './testing/archive-rig.js';
import { actor, ServiceRig } from './testing/service-rig.js';
import { sha256OfJson } from './verification/evidence.js';
import { until } from '@lastcopy/testkit';

const tenant = newTenant();
let rig: ServiceRig;
let service: RunningService;

beforeAll(async () => {
  rig = await ServiceRig.start();
  service = await rig.boot();
});
afterAll(() => rig.stop());
afterEach(() => {
  rig.archives.fault = undefined;
});

const year = 365 * 86_400_000;

async function lock(fixture: ArchiveFixture, retainUntil = new Date(Date.now() + 8 * year)): Promise<ArchiveLocked> {
  const { job_id, flow_id, attempt, manifest } = fixture.uploaded;
  const folder = manifest.key.slice(0, manifest.key.indexOf(`${job_id}/`) + job_id.length + 1);
  let versions = 0;
  for await (const { key, versionId } of rig.archives.writable.listVersions(manifest.bucket, folder)) {
    await rig.archives.writable.setRetention({ bucket: manifest.bucket, key }, versionId, { mode: 'GOVERNANCE', retainUntil });
    versions += 1;
  }
  return { job_id, flow_id, attempt, mode: 'GOVERNANCE', retain_until: retainUntil.toISOString(), versions };
}

async function damage(fixture: ArchiveFixture): Promise<() => Promise<void>> {
  const object = fixture.manifest.data_sets[0]!.objects[0]!;
  const file = await rig.archives.fileOf(object.stored_sha256);
  const before = await readFile(file);
  const after = Buffer.from(before);
  after[after.length - 20]! ^= 4;
  await writeFile(file, after);
  return () => writeFile(file, before);
}

const verifyAgain = (jobId: string, owner: Tenant = tenant, command_id = randomUUID()) =>
  rig.commands.send<{ verification_id: string; run: number }, 'integrity-service'>(
    'integrity-service',
    'RequestVerification',
    { job_id: jobId, reason: 'yearly check' },
    { command_id, tenant: owner, actor },
  );

async function proven(level: 'readable' | 'restored' | 'reconciled' = 'readable'): Promise<ArchiveFixture> {
  const fixture = await rig.archives.archive(tenant, level);
  await rig.uploaded(tenant, fixture.uploaded);
  await rig.event(fixture.uploaded.job_id, 'IntegrityVerified');
  return fixture;
}

describe('an uploaded archive', () => {
  it('is proven, attested by signature, and its lock is read back', async () => {
    const fixture = await proven('reconciled');
    const { job_id, flow_id, manifest_sha256 } = fixture.uploaded;
    const { data, flow_id: flow } = await rig.event(job_id, 'IntegrityVerified');
    expect(flow).toBe(flow_id);
    const keys = createLocalJWKSet(await trustedKeys(rig.archives.keysDir, 'integrity-signing'));
    const { payload, protectedHeader } = await compactVerify(data.attestation, keys, { algorithms: ['EdDSA'] });
    const attestation = JSON.parse(Buffer.from(payload).toString()) as Attestation;
    expect(protectedHeader.typ).toBe(attestationType);
    expect(attestation).toMatchObject({
      ...tenant,
      job_id,
      flow_id,
      attempt: 1,
      level: 'reconciled',
      manifest_sha256,
      keys: { tenant: true, escrow: true },
    });
    expect(attestation.verification_id).toBe(verificationId(job_id, 1));
    expect(data.evidence_sha256).toBe(sha256OfJson(attestation));
    expect(attestation.checks).toEqual({ count: data.checks.length, sha256: sha256OfJson(data.checks) });
    expect(await rig.scratchDatabases()).toEqual([]);

    const locked = await lock(fixture);
    await rig.jobEvent(tenant, 'ArchiveLocked', locked);
    expect((await rig.event(job_id, 'RetentionVerified')).data).toMatchObject({
      mode: 'GOVERNANCE',
      retain_until: locked.retain_until,
      versions: locked.versions,
    });
    expect(await rig.typesOf(job_id)).toEqual(['VerificationRequested', 'IntegrityVerified', 'RetentionVerified']);
  });

  it('is proven by a service whose private key lies where the archive-service cannot read it', async () => {
    const own = `${rig.archives.dir}/own`;
    const published = `${rig.archives.dir}/published`;
    const shared = rig.archives.keysDir;
    const folders = { KEYS_DIR: own, PUBLIC_KEYS_DIR: published, TRUSTED_KEYS_DIR: shared, WRAPPING_KEYS_DIR: shared };
    await service.close();
    const apart = await rig.boot(folders);
    try {
      const { uploaded } = await proven();
      const { data } = await rig.event(uploaded.job_id, 'IntegrityVerified');
      await compactVerify(data.attestation, createLocalJWKSet(await trustedKeys(published, 'integrity-signing')));
      expect(await readdir(own)).toEqual(['integrity-signing.jwk.json']);
      expect(await readdir(published)).toEqual(['integrity-signing.jwks.json']);
    } finally {
      await apart.close();
      service = await rig.boot();
    }
  });

  it('tells how far its proof is', async () => {
    const nats = await connect({ servers: service.deps.config.NATS_URL });
    const told: JobProgress[] = [];
    nats.subscribe('lastcopy.progress.>', { callback: (_error, message) => void told.push(message.json<JobProgress>()) });
    await nats.flush();
    const fixture = await proven();
    await until('progress', async () => told.some(({ rows }) => rows > 0));
    await nats.close();
    expect(told.at(-1)).toMatchObject({
      job_id: fixture.uploaded.job_id,
      step: 'verifying',
      expected_bytes: fixture.manifest.totals.plain_bytes,
    });
  });

  it('that is damaged fails by name, with an alarm, and is not tried again by itself', async () => {
    const fixture = await rig.archives.archive(tenant, 'readable');
    await damage(fixture);
    await rig.uploaded(tenant, fixture.uploaded);
    const { job_id } = fixture.uploaded;
    const { data } = await rig.event(job_id, 'IntegrityFailed');
    expect(data).toMatchObject({
      code: 'ARCHIVE_OBJECT_DAMAGED',
      message: expect.stringContaining(fixture.manifest.data_sets[0]!.objects[0]!.path),
    });
    expect((await rig.event(job_id, 'AlertRaised')).data).toMatchObject({ severity: 'high', code: 'ARCHIVE_OBJECT_DAMAGED', job_id });
    expect(await rig.typesOf(job_id)).toEqual(['VerificationRequested', 'IntegrityFailed', 'AlertRaised']);
  });

  it('that is read wrong once and right the second time is proven, and somebody is told', async () => {
    const fixture = await rig.archives.archive(tenant, 'readable');
    const { path } = fixture.manifest.data_sets[0]!.objects[0]!;
    let faults = 1;
    rig.archives.fault = ({ operation, key }) =>
      operation === 'GetObject' && key.includes(fixture.uploaded.job_id) && key.endsWith(path) && faults-- > 0
        ? { kind: 'flip', atByte: 40 }
        : undefined;
    await rig.uploaded(tenant, fixture.uploaded);
    await rig.event(fixture.uploaded.job_id, 'IntegrityVerified');
    expect(faults).toBeLessThanOrEqual(0);
    expect((await rig.event(fixture.uploaded.job_id, 'AlertRaised')).data).toMatchObject({
      severity: 'medium',
      code: 'ARCHIVE_OBJECT_DAMAGED',
      message: expect.stringMatching(new RegExp(`read damaged once, sound when read again: .*${path.replaceAll('.', '\\.')}`)),
      flow_id: fixture.uploaded.flow_id,
    });
    expect(await rig.typesOf(fixture.uploaded.job_id)).toEqual(['VerificationRequested', 'AlertRaised', 'IntegrityVerified']);
  });

  it('whose lock the store does not hold is failed after its proof', async () => {
    const fixture = await proven();
    await rig.jobEvent(tenant, 'ArchiveLocked', await lock(fixture, new Date(Date.now() + year)));
    const { job_id } = fixture.uploaded;
    expect((await rig.event(job_id, 'IntegrityFailed')).data.code).toBe('RETENTION_NOT_IN_FORCE');
    expect((await rig.event(job_id, 'AlertRaised')).data).toMatchObject({ code: 'RETENTION_NOT_IN_FORCE', severity: 'high' });
    expect(await rig.typesOf(job_id)).not.toContain('RetentionVerified');
  });
});

describe('a check that cannot be carried out', () => {
  it('waits for the store, with an alarm and without a verdict', async () => {
    const fixture = await rig.archives.archive(tenant, 'readable');
    const { job_id } = fixture.uploaded;
    await rig.archives.stopStore();
    await rig.uploaded(tenant, fixture.uploaded);
    expect((await rig.event(job_id, 'AlertRaised')).data).toMatchObject({ code: 'VERIFICATION_UNAVAILABLE', severity: 'high' });
    expect(await rig.typesOf(job_id)).toEqual(['VerificationRequested', 'AlertRaised']);
    await rig.archives.startStore();
    await rig.event(job_id, 'IntegrityVerified');
    expect((await rig.typesOf(job_id)).filter((type) => type !== 'AlertRaised')).toEqual(['VerificationRequested', 'IntegrityVerified']);
  });

  it('waits for the tenant’s key', async () => {
    const stranger = newTenant();
    const keys = { tenant: await rig.archives.key('elsewhere'), escrow: await rig.archives.key('escrow') };
    const fixture = await rig.archives.archive(stranger, 'stored', { keys });
    await rig.uploaded(stranger, fixture.uploaded);
    const { job_id } = fixture.uploaded;
    expect((await rig.event(job_id, 'AlertRaised')).data).toMatchObject({
      code: 'VERIFICATION_UNAVAILABLE',
      message: expect.stringContaining('.key'),
    });
    const file = await readFile(`${rig.archives.keysDir}/elsewhere.key`);
    await writeFile(`${rig.archives.keysDir}/tenant-${stranger.client_account_id}.key`, file);
    await rig.event(job_id, 'IntegrityVerified');
  });
});

describe('a verification that is asked for', () => {
  it('is a run of its own, once for the same command; the earlier verdict stands', async () => {
    const fixture = await proven();
    const { job_id } = fixture.uploaded;
    const command = randomUUID();
    const first = await verifyAgain(job_id, tenant, command);
    expect(first.answer).toMatchObject({ run: 2, verification_id: verificationId(job_id, 1, 2) });
    expect(await verifyAgain(job_id, tenant, command)).toEqual(first);
    await rig.event(job_id, 'IntegrityVerified', 2);
    expect(await rig.typesOf(job_id)).toEqual(['VerificationRequested', 'IntegrityVerified', 'VerificationRequested', 'IntegrityVerified']);
  });

  it('of a completed job raises a critical alarm when it fails', async () => {
    const fixture = await proven();
    const { job_id, flow_id, location, manifest_sha256: checksum, retain_until } = fixture.uploaded;
    await rig.jobEvent(tenant, 'ArchiveJobCompleted', { job_id, flow_id, attempt: 1, location, checksum, retain_until });
    await until('the completion to arrive', async () => {
      const rows = await rig.log.query(`select 1 from received_events where type = 'ArchiveJobCompleted' and data ->> 'job_id' = $1`, [
        job_id,
      ]);
      return rows.length > 0;
    });
    await damage(fixture);
    await verifyAgain(job_id);
    await rig.event(job_id, 'IntegrityFailed');
    expect((await rig.event(job_id, 'AlertRaised')).data.severity).toBe('critical');
  });

  it('reads the retention of a locked archive back again', async () => {
    const fixture = await proven();
    const { job_id } = fixture.uploaded;
    await rig.jobEvent(tenant, 'ArchiveLocked', await lock(fixture));
    await rig.event(job_id, 'RetentionVerified');
    await verifyAgain(job_id);
    const { data } = await rig.event(job_id, 'IntegrityVerified', 2);
    expect(data.checks).toContainEqual(expect.objectContaining({ name: 'stored: retention of versions', passed: true }));
  });

  it('is not found for a job without an archive, nor for another tenant', async () => {
    const fixture = await proven();
    await expect(verifyAgain(randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(verifyAgain(fixture.uploaded.job_id, newTenant())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a sealed flow', () => {
  const context = () => ({ command_id: randomUUID(), tenant, actor });
  const seal = (flow_id: string) => service.deps.eventing.sealFlow(context(), { flow_id, gate_no: 1 });
  const unseal = (flow_id: string) => service.deps.eventing.unsealFlow(context(), { flow_id, gate_no: 1 });

  it('takes no new verification until it is unsealed, or until the transition has happened', async () => {
    const fixture = await proven();
    const { job_id, flow_id } = fixture.uploaded;
    await seal(flow_id);
    await expect(verifyAgain(job_id)).rejects.toMatchObject({ code: 'FLOW_SEALED' });
    const data = { flow_id, from_phase: 'data_migration', to_phase: 'system_shutdown' };
    await rig.gateway.store.transact({ command_id: randomUUID(), tenant, actor }, (tx) =>
      tx.append('decommission_flow', flow_id, 0, [{ type: 'PhaseTransitioned', data }]),
    );
    await until(
      'the transition to arrive',
      async () =>
        (await rig.log.query(`select 1 from received_events where flow_id = $1 and type = 'PhaseTransitioned'`, [flow_id])).length > 0,
    );
    await verifyAgain(job_id);
    await rig.event(job_id, 'IntegrityVerified', 2);
  });

  it('holds a proof back until it is unsealed, but never a failure', async () => {
    const [sound, broken] = [await rig.archives.archive(tenant, 'readable'), await rig.archives.archive(tenant, 'readable')];
    await damage(broken);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    rig.archives.fault = async ({ operation, key }) => {
      if (operation === 'GetObject' && key.endsWith('manifest.json')) await held;
      return undefined;
    };
    for (const { uploaded } of [sound, broken]) {
      await rig.uploaded(tenant, uploaded);
      await rig.event(uploaded.job_id, 'VerificationRequested');
      await seal(uploaded.flow_id);
    }
    release();
    await rig.event(broken.uploaded.job_id, 'IntegrityFailed');
    expect(await rig.typesOf(sound.uploaded.job_id)).toEqual(['VerificationRequested']);
    await unseal(sound.uploaded.flow_id);
    await rig.event(sound.uploaded.job_id, 'IntegrityVerified');
  });
});

it('refuses to lock-check what was never verified here, and says so', async () => {
  const ids = { job_id: randomUUID(), flow_id: randomUUID(), attempt: 1 };
  await rig.jobEvent(tenant, 'ArchiveLocked', { ...ids, mode: 'COMPLIANCE', retain_until: new Date().toISOString(), versions: 1 });
  expect((await rig.event(ids.job_id, 'AlertRaised')).data.code).toBe('RETENTION_NOT_IN_FORCE');
});

it('says that nothing is anchored where no bucket is set for anchors', async () => {
  const options = { command_id: randomUUID(), tenant, actor };
  const sent = await rig.commands.send('integrity-service', 'ReadAnchors', { limit: 100 }, options);
  expect(sent.answer).toEqual({ anchored: false, anchors: [], complete: true, faults: [] });
});
