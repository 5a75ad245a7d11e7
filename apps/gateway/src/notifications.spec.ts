import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Webhook } from 'standardwebhooks';
import { until } from '@lastcopy/testkit';
import { ensureBusCertificates } from '../../../tools/bus/certificates.mjs';
import type { Notice } from './notification/domain/notice.js';
import { keepNotice, noticeIdOf } from './notification/keep-notice.js';
import { FlowScenario } from './testing/flow-scenario.js';
import { startGatewayFixture, type GatewayFixture } from './testing/gateway-fixture.js';
import { startMailServer, type MailServer } from './testing/mail-server.js';
import { startWebhookReceiver, type WebhookReceiver } from './testing/webhook-receiver.js';

let fixture: GatewayFixture;
let scenario: FlowScenario;
let mailServer: MailServer;
let receiver: WebhookReceiver;
const quick = {
  NOTIFY_POLL_MS: '50',
  NOTIFY_RETRY_MS: '50',
  MAIL_GROUP_MS: '0',
  MAIL_DIGEST_HOUR: '0',
  PUBLIC_URL: 'https://lastcopy.example',
};
const mailSettings = (port: number) => ({
  ...quick,
  SMTP_URL: `smtp://127.0.0.1:${port}`,
  SMTP_TLS: 'none',
  MAIL_FROM: 'lastcopy@example.org',
});

beforeAll(async () => {
  fixture = await startGatewayFixture();
  mailServer = await startMailServer();
  receiver = await startWebhookReceiver();
  await fixture.restartGateway(mailSettings(mailServer.port));
  scenario = new FlowScenario(fixture);
}, 60_000);
afterAll(async () => {
  await fixture?.stop();
  await mailServer?.stop();
  await receiver?.stop();
}, 30_000);

interface Told {
  notification_id: string;
  kind: string;
  subject: string;
  link: string;
  urgency: string;
  flow_id: string | null;
  read_at: string | null;
}
type Person = Parameters<GatewayFixture['as']>[0];
const toldTo = async (person: Person, query = ''): Promise<Told[]> =>
  (await fixture.as(person).get(`/notifications${query}`).expect(200)).body;
const untilTold = (person: Person, kind: string, flowId: string) =>
  until(`${kind} told to them`, async () => (await toldTo(person)).find((told) => told.kind === kind && told.flow_id === flowId));
const untilMailed = (address: string, words: RegExp, server = mailServer) =>
  until(`a mail ${String(words)} to ${address}`, () =>
    server.to(`${address}@lastcopy.example`).find(({ subject }) => words.test(subject ?? '')),
  );

async function hook(body: object = {}) {
  const wanted = { url: receiver.url, description: 'ticket system', ...body };
  return (await fixture.as('olga').post('/webhook-endpoints', wanted).expect(200)).body as { endpoint_id: string; secret: string };
}
const deliveriesOf = async (endpointId: string) =>
  (await fixture.as('olga').get(`/webhook-endpoints/${endpointId}/deliveries`).expect(200)).body as {
    delivery_id: string;
    kind: string;
    status: string;
    attempts: number;
    log: { status: number | null; error: string | null }[];
  }[];

it('tells a requested approval on the page, by mail and by a webhook that its receiver can verify', async () => {
  const endpoint = await hook({ kinds: ['approval_requested'] });
  const flow = await scenario.assigned();
  await scenario.attachDocuments(flow, 'dana');
  const told = await untilTold('dana', 'approval_requested', flow.flow_id);
  expect(told).toMatchObject({ urgency: 'decide', read_at: null });
  expect((await toldTo('lena')).filter(({ flow_id }) => flow_id === flow.flow_id)).toEqual([]);

  const mail = await untilMailed('dana', /Approval requested: data owner/);
  expect(mail.text).toContain(`https://lastcopy.example${told.link}`);
  expect(mail.from?.value).toEqual([{ name: 'Lastcopy', address: 'lastcopy@example.org' }]);
  expect(mail.messageId).toMatch(/^<[0-9a-f-]{36}@example\.org>$/);

  const arrived = await until('the webhook', () => receiver.received[0]);
  const verified = new Webhook(endpoint.secret).verify(arrived.body, arrived.headers) as { type: string; data: { flow_id: string } };
  expect(verified).toMatchObject({ type: 'lastcopy.notification.approval_requested', data: { flow_id: flow.flow_id } });
  expect(() => new Webhook(`whsec_${Buffer.alloc(32).toString('base64')}`).verify(arrived.body, arrived.headers)).toThrow();
  await fixture.as('olga').delete(`/webhook-endpoints/${endpoint.endpoint_id}`, { 'If-Match': '*' }).expect(200);
}, 60_000);

it('mails a failed verification at once, to those who must act', async () => {
  const flow = await scenario.assigned();
  await scenario.fail(flow);
  await untilTold('olga', 'verification_failed', flow.flow_id);
  for (const address of ['olga', 'otto', 'dana', 'carl']) {
    const mail = await untilMailed(address, /Verification FAILED/);
    expect(mail.headers.get('priority')).toBe('high');
    expect(mail.text).toContain('Do not shut the source down.');
  }
}, 60_000);

it('tells which documents are missing once the archives are there, and which decision was made', async () => {
  const flow = await scenario.started();
  await scenario.archive(flow);
  const told = await untilTold('lena', 'documents_missing', flow.flow_id);
  expect(told.subject).toMatch(/^Documents missing/);
  expect((await toldTo('olga')).filter(({ kind, flow_id }) => kind === 'approval_decided' && flow_id === flow.flow_id)).toHaveLength(2);
}, 60_000);

it('tells of the same lack again when it comes from something else', async () => {
  const flow = await scenario.started();
  const lacks = async () => (await toldTo('lena')).filter(({ kind, flow_id }) => kind === 'documents_missing' && flow_id === flow.flow_id);
  const untilLacks = (count: number) => until(`${count} notices of missing documents`, async () => (await lacks()).length === count);
  await scenario.archive(flow);
  await untilLacks(1);
  await scenario.archive(flow, 2);
  await untilLacks(2);
  await scenario.attachDocuments(flow, 'lena');
  const artifacts = (await fixture.as('lena').get(`/decommission-flow/${flow.flow_id}/artifacts`).expect(200)).body as {
    artifact_id: string;
    uploaded_by: string;
  }[];
  const own = artifacts.find(({ uploaded_by }) => uploaded_by === 'lena')!;
  await fixture.as('lena').post(`/artifacts/${own.artifact_id}/withdraw`, { reason: 'Of another flow' }).expect(200);
  await untilLacks(3);
}, 60_000);

it('keeps what happened more than a day ago on the page, and mails it no more, unless it is about integrity', async () => {
  const { store } = fixture.gateway.deps.eventing;
  const query = store.within(fixture.tenant);
  const occurredAt = new Date('2026-01-01T00:00:00Z');
  const olga = { user_id: 'olga', name: 'Olga', email: 'olga@lastcopy.example', roles: ['operator'], last_seen_at: null };
  const mailedAfter = async (kind: 'job_failed' | 'integrity_alert', ageMs: number): Promise<[onPage: boolean, mailed: boolean]> => {
    const clock = { now: () => new Date(occurredAt.getTime() + ageMs) };
    const origin = { tenant: fixture.tenant, event_id: randomUUID(), flow_id: null, ids: {}, occurred_at: occurredAt.toISOString() };
    const about = { subject: 's', text: 't', whatToDo: 'w', link: '/', roles: [], people: ['olga'] };
    const parts = { query, people: { all: async () => [olga] }, mails: true, giveUpMs: 1_000, clock };
    const notice: Notice = { kind, urgency: 'act', ...about };
    await keepNotice(parts, origin, notice);
    const id = noticeIdOf(origin, notice);
    const mails = await query('select 1 from mail_items where notice_id = $1', [id]);
    return [(await toldTo('olga', '?limit=500')).some(({ notification_id }) => notification_id === id), mails.length > 0];
  };
  const dayMs = 86_400_000;
  expect(await mailedAfter('job_failed', dayMs)).toEqual([true, true]);
  expect(await mailedAfter('job_failed', dayMs + 1)).toEqual([true, false]);
  expect(await mailedAfter('integrity_alert', 30 * dayMs)).toEqual([true, true]);
});

it('counts and marks what a person has read, for that person alone', async () => {
  const flow = await scenario.assigned();
  await scenario.fail(flow);
  const told = await untilTold('olga', 'verification_failed', flow.flow_id);
  await untilTold('otto', 'verification_failed', flow.flow_id);
  const count = async (person: Person) => (await fixture.as(person).get('/notifications/count').expect(200)).body as { unread: number };
  const before = await count('olga');
  const after = (await fixture.as('olga').post(`/notifications/${told.notification_id}/read`).expect(200)).body as { unread: number };
  expect(after.unread).toBe(before.unread - 1);
  expect((await toldTo('olga', '?unread=true')).map(({ notification_id }) => notification_id)).not.toContain(told.notification_id);
  expect((await toldTo('otto', '?unread=true')).map(({ notification_id }) => notification_id)).toContain(told.notification_id);
  await fixture.as('lena').post(`/notifications/${told.notification_id}/read`).expect(404);
  await fixture.as('olga').post(`/notifications/${randomUUID()}/read`).expect(404);
  await fixture.as('otto').post('/notifications/read-all').expect(200);
  expect(await toldTo('otto', '?unread=true')).toEqual([]);
  const stranger = { client_account_id: randomUUID(), engagement_id: randomUUID() };
  expect((await fixture.as('olga', stranger).get('/notifications').expect(200)).body).toEqual([]);
}, 60_000);

it('keeps to what a person chose, and silences no operator about integrity', async () => {
  const put = (person: Person, preferences: object[]) => fixture.as(person).put('/notifications/preferences', { preferences });
  await put('olga', [{ kind: 'verification_failed', mode: 'off' }]).expect(422);
  await put('olga', [{ kind: 'verification_failed', mode: 'never' }]).expect(422);
  await put('carl', [{ kind: 'verification_failed', mode: 'off' }]).expect(200);
  await put('otto', [{ kind: 'verification_failed', mode: 'digest' }]).expect(200);
  const flow = await scenario.assigned();
  const of = ({ text }: { text?: string }) => text?.includes(flow.job_id) ?? false;
  await scenario.fail(flow);
  await until('the mail to Dana', () => mailServer.to('dana@lastcopy.example').find(of));
  await until('the mail to Olga', () => mailServer.to('olga@lastcopy.example').find(of));
  const items = await fixture.gateway.deps.eventing.store.query<{ user_id: string; mode: string }>(
    `select user_id, mode from mail_items join notices using (notice_id) where flow_id = $1 and notices.kind = 'verification_failed'`,
    [flow.flow_id],
  );
  expect(Object.fromEntries(items.map(({ user_id, mode }) => [user_id, mode]))).toEqual({
    ...{ olga: 'immediate', dana: 'immediate', dora: 'immediate', otto: 'digest' },
  });
  await put('carl', [{ kind: 'verification_failed', mode: 'immediate' }]).expect(200);
  await put('otto', [{ kind: 'verification_failed', mode: 'immediate' }]).expect(200);
}, 60_000);

it('delivers a webhook later, and once, when its receiver was down', async () => {
  const down = await startWebhookReceiver();
  await down.stop();
  const { endpoint_id } = await hook({ url: down.url, kinds: ['verification_failed'] });
  await scenario.fail(await scenario.assigned());
  const refused = await until('failed attempts', async () => (await deliveriesOf(endpoint_id)).find(({ attempts }) => attempts >= 2));
  expect(refused).toMatchObject({ status: 'pending', log: expect.arrayContaining([expect.objectContaining({ status: null })]) });
  const up = await startWebhookReceiver(down.port);
  const delivered = await until('the delivery', async () => (await deliveriesOf(endpoint_id)).find(({ status }) => status === 'delivered'));
  expect(up.received.map(({ headers }) => headers['webhook-id'])).toEqual([delivered.delivery_id]);

  // Sent again by hand it has the same id: a receiver can tell.
  await fixture.as('olga').post(`/webhook-deliveries/${delivered.delivery_id}/redeliver`).expect(200);
  await until('the second copy', () => up.received.length === 2);
  expect(up.received[1]!.headers['webhook-id']).toBe(delivered.delivery_id);
  expect(up.received[1]!.body).toBe(up.received[0]!.body);
  await up.stop();
  await fixture.as('olga').delete(`/webhook-endpoints/${endpoint_id}`, { 'If-Match': '*' }).expect(200);
}, 60_000);

it('tests an endpoint, follows no redirect, waits as long as it is asked, and signs with both secrets during a rotation', async () => {
  const { endpoint_id, secret } = await hook({ kinds: ['gate_passed'] });
  receiver.received.length = 0;
  receiver.answer = { status: 302, headers: { Location: receiver.url } };
  await fixture.as('olga').post(`/webhook-endpoints/${endpoint_id}/test`).expect(200);
  await until('a refused redirect', async () =>
    (await deliveriesOf(endpoint_id))[0]?.log.find(({ error }) => error?.includes('redirects')),
  );
  receiver.answer = { status: 503, headers: { 'Retry-After': '3000' } };
  const waiting = await until('a wait', async () => {
    const [delivery] = (await fixture.as('olga').get(`/webhook-endpoints/${endpoint_id}/deliveries`)).body as { next_attempt_at: string }[];
    return Date.parse(delivery!.next_attempt_at) > Date.now() + 2_000_000 && delivery;
  });
  expect(waiting).toMatchObject({ status: 'pending' });
  receiver.answer = { status: 204 };
  const rotate = (headers: Record<string, string>) =>
    fixture.as('olga').post(`/webhook-endpoints/${endpoint_id}/rotate-secret`, {}, headers);
  await rotate({}).expect(428);
  // What became of deliveries is no change that somebody made.
  const looked = { 'If-Match': '"1"' };
  const rotated = (await rotate(looked).expect(200)).body as { secret: string };
  await rotate(looked).expect(412);
  receiver.received.length = 0;
  await fixture.as('olga').post(`/webhook-endpoints/${endpoint_id}/test`).expect(200);
  const ping = await until('the test', () => receiver.received[0]);
  for (const each of [secret, rotated.secret]) {
    expect(new Webhook(each).verify(ping.body, ping.headers)).toMatchObject({ type: 'lastcopy.notification.ping' });
  }
  await fixture.as('olga').delete(`/webhook-endpoints/${endpoint_id}`, { 'If-Match': '*' }).expect(200);
}, 60_000);

it('gives up in the end, and disables an endpoint that is gone with a notice', async () => {
  const { endpoint_id } = await hook({ kinds: ['gate_passed'], description: 'old pager' });
  receiver.answer = { status: 503, headers: { 'Retry-After': '90000' } };
  await fixture.as('olga').post(`/webhook-endpoints/${endpoint_id}/test`).expect(200);
  await until('a dead delivery', async () => (await deliveriesOf(endpoint_id)).find(({ status }) => status === 'dead'));
  receiver.answer = { status: 410 };
  await fixture.as('olga').post(`/webhook-endpoints/${endpoint_id}/test`).expect(200);
  const told = await until('the notice', async () => (await toldTo('olga')).find(({ kind }) => kind === 'webhook_disabled'));
  expect(told.subject).toContain('old pager');
  const shown = (await fixture.as('olga').get(`/webhook-endpoints/${endpoint_id}`).expect(200)).body;
  expect(shown).toMatchObject({ enabled: false });
  receiver.answer = { status: 204 };
  await fixture.as('olga').delete(`/webhook-endpoints/${endpoint_id}`, { 'If-Match': '*' }).expect(200);
}, 60_000);

it('posts only where webhooks may lead, and keeps no secret in the clear', async () => {
  const refused = [
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/x',
    'https://hooks.example.org/x',
    'http://hooks.example.org/x',
    'https://user:secret@localhost/x',
    'ftp://localhost/x',
    'nonsense',
  ];
  for (const url of refused) await fixture.as('olga').post('/webhook-endpoints', { url, description: 'x' }).expect(422);
  await fixture.as('dana').post('/webhook-endpoints', { url: receiver.url, description: 'x' }).expect(403);
  const { endpoint_id, secret } = await hook({ kinds: ['gate_passed'] });
  // The same request again is the same endpoint, without its secret: that is kept nowhere in the clear.
  const wanted = { url: receiver.url, description: 'x' };
  const again = () => fixture.as('olga').post('/webhook-endpoints', wanted, { 'Idempotency-Key': 'k' }).expect(200);
  const first = (await again()).body as { endpoint_id: string; secret: string };
  const { secret: onlyOnce, ...rest } = first;
  expect(onlyOnce).toMatch(/^whsec_/);
  expect((await again()).body).toEqual(rest);
  expect(JSON.stringify((await fixture.as('olga').get('/webhook-endpoints').expect(200)).body)).not.toContain(secret);
  const { query } = fixture.gateway.deps.eventing.store;
  const rows = await query<{ all: string }>('select row_to_json(e)::text as all from webhook_endpoints e');
  expect(rows.some(({ all }) => all.includes(endpoint_id))).toBe(true);
  const answers = await query<{ all: string }>('select row_to_json(k)::text as all from idempotency_keys k');
  expect(answers.some(({ all }) => all.includes(first.endpoint_id))).toBe(true);
  for (const each of [secret, onlyOnce].map((text) => text.slice('whsec_'.length))) {
    expect([...rows, ...answers].some(({ all }) => all.includes(each))).toBe(false);
  }
  const stranger = { client_account_id: randomUUID(), engagement_id: randomUUID() };
  await fixture.as('olga', stranger).get(`/webhook-endpoints/${endpoint_id}`).expect(404);
  await fixture.as('olga').delete(`/webhook-endpoints/${endpoint_id}`, { 'If-Match': '*' }).expect(200);
}, 60_000);

it('lets only one of two who looked at an endpoint change it', async () => {
  const path = `/webhook-endpoints/${(await hook({ kinds: ['gate_passed'] })).endpoint_id}`;
  const change = (description: string, headers = {}) => fixture.as('olga').patch(path, { description }, headers);
  const { headers, body } = await fixture.as('olga').get(path).expect(200);
  expect([headers.etag, body.version]).toEqual(['"1"', 1]);
  await change('Lost').expect(428);
  const changed = await change('On call', { 'If-Match': headers.etag! }).expect(200);
  expect(changed.body).toMatchObject({ description: 'On call', version: 2 });
  await change('Lost', { 'If-Match': headers.etag! }).expect(412);
  await fixture.as('olga').delete(path).expect(428);
  await fixture.as('olga').delete(path, { 'If-Match': headers.etag! }).expect(412);
  await fixture.as('olga').delete(path, { 'If-Match': '"2"' }).expect(200);
  await change('Gone').expect(404);
}, 60_000);

it('mails a day in one digest, what waits for a decision first', async () => {
  const flow = await scenario.assigned();
  await scenario.attachDocuments(flow, 'carl');
  const { link } = await untilTold('carl', 'approval_requested', flow.flow_id);
  const query = (sql: string) => fixture.gateway.deps.eventing.store.query(sql);
  await query(`with gone as (delete from mails where user_id = 'carl' and kind = 'digest') delete from mail_digests`);
  await fixture.restartGateway(mailSettings(mailServer.port));
  const waiting = new RegExp(`Waiting for a decision of yours:\\n- compliance for[^]*${link}`);
  await until('the digest', () => mailServer.to('carl@lastcopy.example').find(({ text }) => waiting.test(text ?? '')));
  const done = async () => (await query(`select 1 from mail_digests where user_id = 'carl'`)).length === 1;
  await until('the day to be done', done);
  // What a crash leaves between the mail and the day: nobody is told twice.
  await query('delete from mail_digests');
  await until('the day to be done again', done);
  expect(await query(`select 1 from mails where user_id = 'carl' and kind = 'digest'`)).toHaveLength(1);
}, 60_000);

it('sends what a mail server that was down did not take, over TLS and signed in', async () => {
  const folder = (name: string) => path.join(fixture.keysDir, name);
  await ensureBusCertificates({
    ...{ authorityDir: folder('authority'), serverDir: folder('server'), publishDir: folder('published'), hosts: ['127.0.0.1'] },
  });
  const [cert, key] = [await readFile(folder('server/server.crt')), await readFile(folder('server/server.key'))];
  const down = await startMailServer();
  await down.stop();
  const secure = {
    ...{
      ...quick,
      SMTP_URL: `smtp://lastcopy:pass%20word@127.0.0.1:${down.port}`,
      SMTP_CA_FILE: folder('authority/ca.crt'),
      MAIL_FROM: 'lastcopy@example.org',
    },
  };
  await fixture.restartGateway(secure);
  const flow = await scenario.assigned();
  await scenario.fail(flow);
  const { query } = fixture.gateway.deps.eventing.store;
  await until('failed attempts', async () => (await query(`select 1 from mails where attempts > 1 and status = 'pending'`)).length > 0);
  const up = await startMailServer(
    {
      ...{ key, cert, authOptional: false },
      onAuth: ({ username, password }, _session, done) => done(password === 'pass word' ? null : new Error('wrong'), { user: username }),
    },
    down.port,
  );
  const mail = await untilMailed('olga', /Verification FAILED/, up);
  expect([mail.secure, mail.user]).toEqual([true, 'lastcopy']);
  await until('everything sent', async () => (await query(`select 1 from mails where status = 'pending'`)).length === 0);
  expect(up.to('olga@lastcopy.example')).toHaveLength(1);
  await fixture.restartGateway(mailSettings(mailServer.port));
  await up.stop();
}, 60_000);

it('groups what happens within the group time into one mail', async () => {
  await fixture.restartGateway({ ...mailSettings(mailServer.port), MAIL_GROUP_MS: '3600000' });
  const flow = await scenario.assigned();
  const sent = () => mailServer.to('otto@lastcopy.example').filter(({ text }) => text?.includes(flow.job_id));
  for (let run = 2; run < 7; run += 1) await scenario.fail(flow, run);
  const { query } = fixture.gateway.deps.eventing.store;
  const waiting = () =>
    query(`select 1 from mail_items join notices using (notice_id) where user_id = 'otto' and flow_id = $1 and mail_id is null`, [
      flow.flow_id,
    ]);
  // A mail of this kind went to Otto a moment ago: all five wait for the end of the group time.
  await until('five notices', async () => (await waiting()).length === 5);
  expect(sent()).toEqual([]);
  await fixture.restartGateway(mailSettings(mailServer.port));
  const group = await until('the grouped mail', () => sent()[0]);
  expect(group.subject).toBe('[Lastcopy] 5 × Verification FAILED');
  expect(group.text!.split('Do not shut the source down.')).toHaveLength(6);
  expect(sent()).toHaveLength(1);
}, 60_000);

it('shows mails on a page in development, and nowhere else', async () => {
  expect((await fetch(`${fixture.gateway.url}/dev/mailbox`)).status).toBe(404);
  await fixture.restartGateway(quick);
  const flow = await scenario.assigned();
  await scenario.fail(flow);
  const { query } = fixture.gateway.deps.eventing.store;
  const [mail] = await until('a mail in the box', async () => {
    const rows = await query<{ mail_id: string }>(`select mail_id from mails where status = 'sent' and text like $1`, [`%${flow.job_id}%`]);
    return rows.length > 0 && rows;
  });
  const list = await (await fetch(`${fixture.gateway.url}/dev/mailbox`)).text();
  expect(list).toContain(`/dev/mailbox/${mail!.mail_id}`);
  const page = await fetch(`${fixture.gateway.url}/dev/mailbox/${mail!.mail_id}`);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain(flow.job_id);
}, 60_000);
