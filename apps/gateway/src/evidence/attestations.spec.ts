import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { archiveJobId, type Attestation } from '@lastcopy/contracts';
import { signingKey } from '@lastcopy/platform';
import { verifiedOf } from '../testing/archived-flow.js';
import { archivedStory, factsOf, flow_id, jobIdOf, systems, tenant } from '../testing/facts-fixture.js';
import type { JobRecord } from '../records/job-record.js';
import { attestationKeysIn } from './attestation-keys.js';
import { checkAttestation } from './attestations.js';

let keysDir: string;
let strangersDir: string;
let job: JobRecord;
beforeAll(async () => {
  [keysDir, strangersDir] = await Promise.all([0, 1].map(() => mkdtemp(path.join(os.tmpdir(), 'lastcopy-keys-'))) as [never, never]);
  for (const dir of [keysDir, strangersDir]) await signingKey(dir, 'integrity-signing', { create: true });
  job = factsOf(await archivedStory(keysDir)).jobs.find(({ job_id }) => job_id === jobIdOf(0))!;
});
afterAll(() => Promise.all([keysDir, strangersDir].map((dir) => rm(dir, { recursive: true, force: true }))));

const check = (candidate: JobRecord, of = tenant) => checkAttestation(of, candidate, attestationKeysIn(keysDir));

async function signed(changes: Partial<Attestation>, dir = keysDir): Promise<JobRecord> {
  const { attestation, evidence_sha256 } = await verifiedOf(dir, { tenant, flow_id, system_id: systems[0]!.system_id }, changes);
  return { ...job, verifications: { 1: { ...job.verifications[1]!, attestation, evidence_sha256 } } };
}

it('believes the integrity-service about this very archive', async () => {
  expect(await check(job)).toEqual({ valid: true, level: 'restored', keys: { tenant: true, escrow: true } });
});

it.each<[string, Partial<Attestation>]>([
  ['another client account', { client_account_id: randomUUID() }],
  ['another engagement', { engagement_id: randomUUID() }],
  ['another flow', { flow_id: randomUUID() }],
  ['another system', { system_id: randomUUID() }],
  ['another job', { job_id: archiveJobId(flow_id, randomUUID()) }],
  ['another attempt', { attempt: 2 }],
  ['another verification', { verification_id: randomUUID() }],
  ['another level', { level: 'reconciled' }],
  ['another manifest', { manifest_sha256: 'f'.repeat(64) }],
  ['another version of the manifest', { manifest: { bucket: 'archive-bucket', key: 'k', version_id: 'v' } }],
  ['another format', { attestation_version: 2 as never }],
])('does not believe an attestation for %s', async (_what, changes) => {
  expect(await check(await signed(changes))).toEqual({ valid: false, reason: expect.stringContaining('another archive') });
});

it('does not believe a stranger’s signature, a changed one, none, or one whose digest differs', async () => {
  expect(await check(await signed({}, strangersDir))).toMatchObject({ valid: false });
  const [header, payload, signature] = job.verifications[1]!.attestation!.split('.') as [string, string, string];
  const forged = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('"objects":9', '"objects":8')).toString('base64url');
  const withVerdict = (changes: object): JobRecord => ({ ...job, verifications: { 1: { ...job.verifications[1]!, ...changes } } });
  expect(await check(withVerdict({ attestation: `${header}.${forged}.${signature}` }))).toMatchObject({ valid: false });
  expect(await check(withVerdict({ attestation: null }))).toMatchObject({ valid: false });
  expect(await check(withVerdict({ evidence_sha256: 'f'.repeat(64) }))).toMatchObject({ valid: false });
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
  expect(await check(withVerdict({ attestation: unsigned }))).toMatchObject({ valid: false });
});

it('holds nothing for valid while the keys are missing', async () => {
  expect(await checkAttestation(tenant, job, attestationKeysIn(path.join(keysDir, 'nowhere')))).toMatchObject({ valid: false });
});
