import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { randomBytes, createHash } from 'node:crypto';
import type { AlertAnswer, ArtifactAnswer } from '@lastcopy/contracts';
import { createS3ObjectStore, parseLocation } from '@lastcopy/object-store';
import { storedContents, until } from '@lastcopy/testkit';
import { contentsOf } from './artifact/adapters/contents-of.js';
import { discardContent } from './artifact/commands/store-upload.js';
import { attachContent, beginContent, beginDiscard } from './artifact/content-rows.js';
import type { ArtifactContents, ContentPlace } from './artifact/ports/artifact-contents.js';
import type { GatewayConfig } from './config.js';
import { pdfOf } from '../../../tools/embedded/demo-documents.mjs';
import { assignmentOf, retentionOf } from './testing/archived-flow.js';
import { FlowScenario, type ScenarioFlow } from './testing/flow-scenario.js';
import { startGatewayFixture, type GatewayFixture } from './testing/gateway-fixture.js';

let fixture: GatewayFixture;
let scenario: FlowScenario;
beforeAll(async () => {
  fixture = await startGatewayFixture();
  scenario = new FlowScenario(fixture);
}, 60_000);
afterAll(() => fixture.stop());

const pdf = (words: string) => ({ filename: 'policy.pdf', type: 'application/pdf', content: pdfOf([words]) });
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const artifactsUrl = ({ flow_id }: ScenarioFlow) => `/decommission-flow/${flow_id}/artifacts`;

const storedFiles = () => storedContents(fixture.objectsDir);
const allFiles = async (): Promise<string[]> => {
  const found = await readdir(fixture.objectsDir, { recursive: true, withFileTypes: true });
  return found.filter((each) => each.isFile()).map((each) => path.join(each.parentPath, each.name));
};

/** What the database knows of contents, apart from those that are attached. */
const openContents = () =>
  fixture.gateway.deps.eventing.store.query(`select * from artifact_contents where state in ('uploading', 'discarding')`);

it('keeps a document encrypted and gives it back as it was, as an attachment', async () => {
  const flow = await scenario.assigned();
  const file = { ...pdf('The secret of the flow'), filename: '../Rétention "x".pdf' };
  const { body } = await fixture
    .as('carl')
    .upload(artifactsUrl(flow), { kind: 'data_retention_policy', title: 'Policy' }, file)
    .expect(200);
  expect(body).toMatchObject({
    ...{ kind: 'data_retention_policy', status: 'attached', version: 1, filename: 'Rétention _x_.pdf', media_type: 'application/pdf' },
    ...{ size_bytes: file.content.length, sha256: sha256(file.content), uploaded_by: 'carl', retention_mode: 'GOVERNANCE' },
  });
  expect(JSON.stringify(body)).not.toContain('version_id');
  const answer = await fixture.as('olga').get(`/artifacts/${body.artifact_id}/content`).buffer(true).expect(200);
  expect(answer.body).toEqual(file.content);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-length': String(file.content.length),
    'content-disposition': `attachment; filename="R_tention _x_.pdf"; filename*=UTF-8''R%C3%A9tention%20_x_.pdf`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  const files = await allFiles();
  expect(files.length).toBeGreaterThan(0);
  for (const each of files) expect((await readFile(each)).includes('secret of the flow')).toBe(false);
});

it.each([
  ['a page named as a PDF', { filename: 'a.pdf', type: 'application/pdf', content: Buffer.from('<html><script>alert(1)</script>') }, 415],
  ['a page', { filename: 'a.html', type: 'text/html', content: Buffer.from('<html></html>') }, 415],
  ['a drawing', { filename: 'a.svg', type: 'image/svg+xml', content: Buffer.from('<svg onload="x()"/>') }, 415],
  ['a program', { filename: 'a.txt', type: 'text/plain', content: Buffer.concat([Buffer.from('MZ'), randomBytes(200)]) }, 415],
  ['a script', { filename: 'a.txt', type: 'text/plain', content: Buffer.from('#!/bin/sh\nrm -rf /\n') }, 415],
  ['markup in text', { filename: 'a.csv', type: 'text/csv', content: Buffer.from('a,b\n1,<ScRiPt>x</script>\n') }, 415],
  ['a name and a type that differ', { filename: 'a.pdf', type: 'image/png', content: pdfOf(['x']) }, 415],
  [
    'two formats in one',
    { filename: 'a.pdf', type: 'application/pdf', content: Buffer.concat([pdfOf(['x']), Buffer.from('PK\x03\x04')]) },
    415,
  ],
  ['text that is no UTF-8', { filename: 'a.txt', type: 'text/plain', content: Buffer.from([0x68, 0xff, 0xfe, 0x68]) }, 415],
  ['nothing', { filename: 'a.txt', type: 'text/plain', content: Buffer.alloc(0) }, 422],
] as const)('refuses %s and leaves nothing', async (_what, file, status) => {
  const flow = await scenario.assigned();
  const before = (await storedFiles()).length;
  const form = { kind: 'data_retention_policy' };
  await fixture
    .as('carl')
    .upload(artifactsUrl(flow), form, { ...file })
    .expect(status);
  expect((await fixture.as('carl').get(artifactsUrl(flow))).body).toEqual([]);
  expect((await storedFiles()).length).toBe(before);
  expect(await openContents()).toEqual([]);
});

it("lets each kind be attached by those who answer for it, and by no machine of the product's kinds", async () => {
  const flow = await scenario.assigned();
  const attach = (person: Parameters<GatewayFixture['as']>[0], kind: string) =>
    fixture.as(person).upload(artifactsUrl(flow), { kind }, pdf(`${person} ${kind}`));
  await attach('olga', 'legal_destruction_approval').expect(403);
  await attach('dana', 'data_retention_policy').expect(403);
  await attach('aude', 'data_retention_policy').expect(403);
  await attach('lena', 'compliance_attestation').expect(403);
  await attach('lena', 'archive_verification_report').expect(403);
  await attach('lena', 'legal_destruction_approval').expect(200);
  await attach('olga', 'data_retention_policy').expect(200);
  expect(await openContents()).toEqual([]);
});

it('replaces and withdraws with a reason, and keeps every content', async () => {
  const flow = await scenario.assigned();
  const { body: first } = await fixture.as('carl').upload(artifactsUrl(flow), { kind: 'compliance_attestation' }, pdf('one')).expect(200);
  const url = `/artifacts/${first.artifact_id}`;
  await fixture.as('carl').upload(`${url}/replace`, {}, pdf('two')).expect(422);
  const { body: second } = await fixture.as('carl').upload(`${url}/replace`, { reason: 'A typing error' }, pdf('two')).expect(200);
  expect(second).toMatchObject({ version: 2, reason: 'A typing error', sha256: sha256(pdf('two').content) });
  expect(second.history.map((each: { sha256: string }) => each.sha256)).toEqual([first.sha256, second.sha256]);
  await fixture.as('carl').upload(`${url}/replace`, { reason: 'Again' }, pdf('two')).expect(409);
  expect((await fixture.as('olga').get(`${url}/content?version=1`).buffer(true)).body).toEqual(pdf('one').content);
  await fixture.as('carl').post(`${url}/withdraw`, { reason: '' }).expect(422);
  const { body: gone } = await fixture.as('carl').post(`${url}/withdraw`, { reason: 'Of another flow' }).expect(200);
  expect(gone).toMatchObject({ status: 'withdrawn', withdrawn: { reason: 'Of another flow', by: 'carl' } });
});

it('does once what is asked for twice under one key', async () => {
  const flow = await scenario.assigned();
  const key = { 'Idempotency-Key': 'attach-once' };
  const form = { kind: 'data_retention_policy' };
  const attach = (words: string) => fixture.as('carl').upload(artifactsUrl(flow), form, pdf(words), key);
  const first = await attach('same').expect(200);
  const again = await attach('same').expect(200);
  expect(again.body.artifact_id).toBe(first.body.artifact_id);
  await attach('other').expect(422);
  expect((await fixture.as('carl').get(artifactsUrl(flow))).body).toHaveLength(1);
  expect(await openContents()).toEqual([]);
});

it('blocks the gate by the name of what is missing, until it is there', async () => {
  const flow = await scenario.started();
  await scenario.archive(flow);
  const missing = async () =>
    (await scenario.readiness(flow)).blockers.filter(({ code }) => code === 'ARTIFACT_MISSING').map(({ message }) => message);
  const last = await until('the report of the product', async () => {
    const all = await missing();
    return all.length === 1 && all;
  });
  expect(last).toEqual([expect.stringContaining('legal_destruction_approval')]);
  const requirements = (await fixture.as('olga').get(`/decommission-flow/${flow.flow_id}/evidence-requirements`)).body;
  expect(requirements).toContainEqual(
    expect.objectContaining({ kind: 'legal_destruction_approval', required: true, before: 'transition', satisfied_by: [] }),
  );
  await scenario.approve(flow, 'lena');
  await until('readiness', async () => (await scenario.readiness(flow)).ready);
  await fixture.as('olga').post(`/decommission-flow/${flow.flow_id}/proceed-to-shutdown`).expect(200);
  const certificate = await until('the certificate', async () =>
    (await fixture.as('olga').get(artifactsUrl(flow))).body.find(
      (each: { kind: string }) => each.kind === 'migration_completion_certificate',
    ),
  );
  const { body } = await fixture.as('olga').get(`/artifacts/${certificate.artifact_id}/content`).expect(200);
  expect(body).toMatchObject({ flow_id: flow.flow_id, to_phase: 'system_shutdown', archives: [{ job_id: flow.job_id }] });
  await fixture.as('lena').upload(artifactsUrl(flow), { kind: 'legal_destruction_approval' }, pdf('late')).expect(409);
});

it('lets compliance and legal say what a flow needs, with a reason', async () => {
  const flow = await scenario.assigned();
  const url = `/decommission-flow/${flow.flow_id}/evidence-requirements`;
  const asked = { requirements: [{ kind: 'compliance_attestation', required: true, before: 'start' }], reason: 'An audit is under way' };
  await fixture.as('dana').post(url, asked).expect(403);
  await fixture.as('olga').post(url, asked).expect(403);
  await fixture
    .as('carl')
    .post(url, { ...asked, reason: '' })
    .expect(422);
  const certificate = [{ kind: 'migration_completion_certificate', required: true, before: 'transition' }];
  await fixture.as('carl').post(url, { requirements: certificate, reason: 'x' }).expect(422);
  const { body } = await fixture.as('carl').post(url, asked).expect(200);
  expect(body).toContainEqual(expect.objectContaining({ ...asked.requirements[0], set_by: 'carl' }));
  const refused = await fixture.as('olga').post(`/decommission-flow/${flow.flow_id}/archive-jobs`).expect(409);
  expect(refused.body).toMatchObject({ code: 'GATE_BLOCKED', blockers: [{ code: 'ARTIFACT_MISSING' }] });
});

const contentsHere = () => contentsOf(fixture.gateway.deps.config as GatewayConfig);

/** How many versions stand in the store under the content's own folder. */
async function versionsOf({ content_id }: ContentPlace): Promise<number> {
  const { ARTIFACT_LOCATION, S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = fixture.gateway.deps
    .config as GatewayConfig;
  const { bucket, key } = parseLocation(ARTIFACT_LOCATION);
  const credentials = { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY };
  const objects = createS3ObjectStore({ endpoint: S3_ENDPOINT!, forcePathStyle: true, region: S3_REGION, ...credentials });
  let versions = 0;
  for await (const version of objects.listVersions(bucket, key)) if (version.key.includes(`/${content_id}/`)) versions += 1;
  return versions;
}

/** Bytes in the store, and their row. */
async function stored(content_id: string, state: string, touched: string): Promise<ContentPlace> {
  const { flow_id } = await scenario.assigned();
  const place = { tenant: fixture.tenant, flow_id, artifact_id: 'orphan', content_id };
  const { store } = fixture.gateway.deps.eventing;
  await beginContent(store.within(fixture.tenant), place);
  await contentsHere().store(
    place,
    (async function* () {
      yield Buffer.from('left behind');
    })(),
    new AbortController().signal,
  );
  await store.query(`update artifact_contents set state = $2, touched_at = now() - $3::interval where content_id = $1`, [
    content_id,
    state,
    touched,
  ]);
  return place;
}
const filesOf = async ({ content_id }: ContentPlace) => {
  const { store } = fixture.gateway.deps.eventing;
  const rows = await store.query('select 1 from artifact_contents where content_id = $1', [content_id]);
  return { files: (await storedFiles()).length, rows: rows.length };
};

it.each([
  ['uploading', '1 day'],
  ['discarding', '2 minutes'],
])('removes what a crash left %s, bytes and row', async (state, touched) => {
  const place = await stored(`crashed-${state}`, state, '0');
  expect(await versionsOf(place)).toBeGreaterThan(0);
  await fixture.gateway.deps.eventing.store.query('update artifact_contents set touched_at = now() - $2::interval where content_id = $1', [
    place.content_id,
    touched,
  ]);
  await until('the removal', async () => (await filesOf(place)).rows === 0);
  expect(await versionsOf(place)).toBe(0);
});

it('attaches nothing whose bytes are being removed, and removes nothing that is attached', async () => {
  const { store } = fixture.gateway.deps.eventing;
  const own = store.within(fixture.tenant);
  const going = await stored('going', 'uploading', '0');
  const attach = () => attachContent(own, going.content_id);
  const contents: Pick<ArtifactContents, 'discard'> = {
    discard: async (place) => {
      await expect(attach()).rejects.toMatchObject({ code: 'ARTIFACT_STATE' });
      await contentsHere().discard(place);
      // What a crash leaves here is marked still.
      await expect(attach()).rejects.toMatchObject({ code: 'ARTIFACT_STATE' });
    },
  };
  await discardContent({ store, contents: contents as ArtifactContents }, going);
  expect((await filesOf(going)).rows).toBe(0);
  await expect(attach()).rejects.toMatchObject({ code: 'ARTIFACT_STATE' });
  const kept = await stored('kept', 'uploading', '0');
  await attachContent(own, kept.content_id);
  const before = await filesOf(kept);
  expect(await beginDiscard(own, kept.content_id)).toBe(false);
  await discardContent({ store, contents: contentsHere() }, kept);
  expect(await filesOf(kept)).toEqual(before);
  await store.query(`delete from artifact_contents where content_id = 'kept'`);
});

it('removes what arrived in the store after its upload had been given up', async () => {
  const { store } = fixture.gateway.deps.eventing;
  const before = (await storedFiles()).length;
  const late = await stored('late', 'uploading', '0');
  await store.query(`delete from artifact_contents where content_id = 'late'`);
  await discardContent({ store, contents: contentsHere() }, late);
  expect((await storedFiles()).length).toBeLessThanOrEqual(before);
});

it('extends the retention of a document when an archive of its flow is to be kept longer, past fifty rows that lead nowhere', async () => {
  const flow = await scenario.assigned();
  const fields = { kind: 'data_retention_policy', title: 'Policy' };
  const { body } = await fixture.as('carl').upload(artifactsUrl(flow), fields, pdf('kept too short')).expect(200);
  const { store } = fixture.gateway.deps.eventing;
  const held = async () =>
    (await store.readStream('artifact', body.artifact_id, fixture.tenant))
      .filter(({ type }) => type === 'ArtifactLocked')
      .map(({ data }) => Date.parse((data as { retain_until: string }).retain_until));
  await store.query(
    `insert into artifact_contents (content_id, artifact_id, flow_id, client_account_id, engagement_id, state, touched_at)
     select 'astray-' || n, 'astray-' || n, 'astray', $1, $2, 'attached', now() - interval '1 day' from generate_series(1, 50) n`,
    [fixture.tenant.client_account_id, fixture.tenant.engagement_id],
  );
  const assignment = { ...assignmentOf(flow.flow_id, flow.system), retention_period_days: 9_000 };
  await fixture.append('policy-service', 'policy_assignment', assignment.assignment_id, [{ type: 'PolicyAssigned', data: assignment }]);
  await until('the extension', async () => (await held()).length > 1);
  const [first, second] = await held();
  expect(second! - first!).toBeGreaterThan(365 * 86_400_000);
  await store.query(`delete from artifact_contents where flow_id = 'astray'`);
});

it('keeps the documents of a flow as long as the store was found to keep its archive', async () => {
  const flow = await scenario.started();
  await scenario.archive(flow);
  const answers = async () => (await fixture.as('olga').get(artifactsUrl(flow)).expect(200)).body as ArtifactAnswer[];
  const before = await until('all documents, protected', async () => {
    const all = await answers();
    return all.some(({ kind }) => kind === 'archive_verification_report') && all.every(({ retention_mode }) => retention_mode) && all;
  });
  const of = { tenant: fixture.tenant, flow_id: flow.flow_id, system_id: flow.system.system_id, attempt: 1 };
  const found = { ...retentionOf(of), retain_until: '2061-05-04T03:02:01.000Z' };
  expect(before.map(({ kind }) => kind)).toContain('data_retention_policy');
  expect(before.every(({ retain_until }) => retain_until < found.retain_until)).toBe(true);
  await fixture.append('integrity-service', 'verification', found.verification_id, [{ type: 'RetentionVerified', data: found }]);
  await until('the extension', async () => (await answers()).every(({ retain_until }) => retain_until >= found.retain_until));
  const unprotected = async () => (await scenario.readiness(flow)).blockers.filter(({ code }) => code === 'ARTIFACT_UNPROTECTED');
  expect(await unprotected()).toEqual([]);
});

it('alarms once about a document that the store does not protect, until it does', async () => {
  const flow = await scenario.assigned();
  fixture.storeFault = ({ operation }) => (operation === 'PutObjectRetention' ? { kind: 'error', code: 'AccessDenied' } : undefined);
  const { body } = await fixture.as('carl').upload(artifactsUrl(flow), { kind: 'compliance_attestation' }, pdf('loose')).expect(200);
  expect(body.retention_mode).toBeNull();
  const alerts = async () =>
    ((await fixture.as('olga').get(`/alerts?flow_id=${flow.flow_id}`).expect(200)).body as AlertAnswer[]).filter(
      ({ artifact_id }) => artifact_id === body.artifact_id,
    );
  const warnings = async () =>
    (await fixture.as('olga').get(`/decommission-flow/${flow.flow_id}/status`).expect(200)).body.runtime_state.warnings;
  const [alert] = await until('the alert', async () => {
    const all = await alerts();
    return all.length > 0 && all;
  });
  expect(alert).toMatchObject({ ...{ code: 'ARTIFACT_UNPROTECTED', severity: 'high', open: true }, flow_id: flow.flow_id });
  expect(alert!.message).toContain('"policy.pdf"');
  expect(await warnings()).toEqual([alert!.message]);
  let refused = 0;
  fixture.storeFault = ({ operation }) =>
    operation === 'PutObjectRetention' && ++refused <= 3 ? { kind: 'error', code: 'AccessDenied' } : undefined;
  await until('the end of the alert', async () => (await alerts()).every(({ open }) => !open));
  expect(refused).toBeGreaterThan(3);
  expect(await alerts()).toHaveLength(1);
  expect(await warnings()).toEqual([]);
  fixture.storeFault = () => undefined;
});

it('attaches no upload that was given up meanwhile', async () => {
  const { store } = fixture.gateway.deps.eventing;
  await expect(attachContent(store.within(fixture.tenant), 'given-up')).rejects.toMatchObject({ code: 'ARTIFACT_STATE' });
});
