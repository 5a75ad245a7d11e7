import path from 'node:path';
import { Webhook } from 'standardwebhooks';
import { flipBit, largestOf, storedContents, until } from '@lastcopy/testkit';
import { startMailServer, type MailServer } from '../../apps/gateway/src/testing/mail-server.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../apps/gateway/src/testing/webhook-receiver.js';
import { attachAll, createDatabaseSource, createFlow, startMigration, untilJobs } from './fixtures.js';
import { startStack, type Stack } from './stack.js';

let stack: Stack;
let mailServer: MailServer;
let receiver: WebhookReceiver;
beforeAll(async () => {
  mailServer = await startMailServer();
  receiver = await startWebhookReceiver();
  const mail = { SMTP_URL: `smtp://127.0.0.1:${mailServer.port}`, SMTP_TLS: 'none', MAIL_FROM: 'lastcopy@example.org' };
  stack = await startStack({ gateway: { ...mail, NOTIFY_POLL_MS: '100', PUBLIC_URL: 'https://lastcopy.example' } });
}, 60_000);
afterAll(async () => {
  await stack?.stop();
  await mailServer?.stop();
  await receiver?.stop();
}, 30_000);

interface Told {
  kind: string;
  link: string;
  flow_id: string;
}
const mailTo = (person: string, words: RegExp) =>
  until(`a mail ${String(words)} to ${person}`, () =>
    mailServer.to(`${person}@lastcopy.example`).find(({ subject }) => words.test(subject ?? '')),
  );

it('brings a requested approval to Dana, and a damaged archive to everybody who must know at once', async () => {
  const operator = stack.as('olga');
  const wanted = { url: receiver.url, description: 'on call', kinds: ['verification_failed'] };
  const { secret }: { secret: string } = await operator.post('/webhook-endpoints', wanted);
  const registration = await createDatabaseSource(stack, 'told');
  const flowId = await createFlow(stack, [registration], 'Retire "told" & more');
  await attachAll(stack, flowId, 'dana');
  const asked = await mailTo('dana', /Approval requested: data owner/);
  const told: Told[] = await stack.as('dana').get('/notifications?unread=true');
  const own = told.find(({ kind, flow_id }) => kind === 'approval_requested' && flow_id === flowId)!;
  expect(asked.text).toContain(`https://lastcopy.example${own.link}`);
  expect(asked.subject).toContain('Retire "told" & more');
  expect(String(asked.html)).toContain('Retire &quot;told&quot; &amp; more');

  await startMigration(stack, flowId);
  await untilJobs(stack, flowId, 'completed');
  await flipBit(await largestOf(await storedContents(path.join(stack.infrastructure.dataDir, 's3'))));
  await operator.post(`/decommission-flow/${flowId}/verifications`);
  for (const person of ['olga', 'dana', 'carl'])
    expect((await mailTo(person, /Verification FAILED/)).text).toContain('Do not shut the source down.');
  const arrived = await until('the webhook', () => receiver.received[0]);
  expect(new Webhook(secret).verify(arrived.body, arrived.headers)).toMatchObject({
    data: { flow_id: flowId, kind: 'verification_failed' },
  });
}, 120_000);
