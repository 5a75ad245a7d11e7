import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gatewayConfig } from '../config.js';
import { composeDigest, composeMail } from './compose-mail.js';
import { canBeOff, mailMode } from './domain/mail-modes.js';
import { retryInMs } from './domain/retry-times.js';
import { SecretBox } from './secret-box.js';
import { addressAllowed, webhookUrl } from './webhook-target.js';

const production = { allowList: ['hooks.example.org', '*.corp.example:8443', '10.1.0.0/16'], loopback: false };
const development = { allowList: [], loopback: true };

it.each([
  '127.0.0.1',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '::1',
  '::',
  'fe80::1',
  'fd00::1',
])('reaches no private address: %s', (address) => expect(addressAllowed(address, production)).toBe(false));

it.each(['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:a9fe:a9fe', '64:ff9b::7f00:1', '2002:7f00:1::'])(
  'sees through disguises: %s',
  (address) => expect(addressAllowed(address, production)).toBe(false),
);

it('reaches public addresses, and private ones that are listed', () => {
  for (const address of ['93.184.216.34', '2606:2800:220:1::1', '10.1.2.3', '::ffff:10.1.2.3'])
    expect(addressAllowed(address, production)).toBe(true);
  expect(addressAllowed('127.0.0.1', development)).toBe(true);
});

it.each(['https://hooks.example.org/x', 'https://a.corp.example:8443/x', 'https://10.1.9.9/x'])('admits %s', (url) =>
  expect(webhookUrl(url, production).href).toBe(url),
);

it.each([
  'https://other.example.org/x',
  'https://hooks.example.org.evil.example/x',
  'https://corp.example:8443/x',
  'https://a.corp.example/x',
  'http://hooks.example.org/x',
  'http://localhost/x',
  'https://2130706433/x',
  'https://0x7f.1/x',
  'https://[::ffff:127.0.0.1]/x',
  'https://user:pass@hooks.example.org/x',
  'file:///etc/passwd',
])('refuses %s', (url) => expect(() => webhookUrl(url, production)).toThrow('A webhook cannot lead there'));

it('waits longer each time, spread out, at least as long as it is asked, and gives up', () => {
  const terms = { firstMs: 1_000, giveUpMs: 86_400_000 };
  expect([1, 2, 3, 40].map((attempts) => retryInMs(terms, attempts, 0, 1))).toEqual([1_000, 2_000, 4_000, 3 * 3_600_000]);
  expect(retryInMs(terms, 1, 0, 0)).toBe(500);
  expect(retryInMs(terms, 1, 0, 0, 60_000)).toBe(60_000);
  expect(retryInMs(terms, 1, 86_399_999, 0)).toBeNull();
});

it('lets an operator switch off everything but what endangers data', () => {
  expect(canBeOff('verification_failed', ['operator'])).toBe(false);
  expect(canBeOff('verification_failed', ['legal'])).toBe(true);
  expect(canBeOff('gate_passed', ['operator'])).toBe(true);
  expect(mailMode('integrity_alert', ['operator'], 'off')).toBe('digest');
  expect(mailMode('approval_requested', ['legal'], undefined)).toBe('immediate');
  expect(mailMode('gate_passed', ['legal'], undefined)).toBe('digest');
});

const hostile = {
  ...{
    urgency: 'act',
    subject: 'A <script>alert(1)</script>',
    text: '"><img src=x onerror=y>',
    what_to_do: `'&`,
    link: '/api/v1/x?a=1&b="',
  },
  occurred_at: new Date('2026-01-01T00:00:00Z'),
};

it('escapes everything in a mail', () => {
  const { html, text } = composeMail([hostile], 'https://lastcopy.example');
  expect(html).not.toMatch(/<script|<img/);
  expect(html).toContain('&lt;script&gt;');
  expect(text).toContain('https://lastcopy.example/api/v1/x?a=1&b=%22');
  expect(composeMail([hostile, hostile], 'https://lastcopy.example').subject).toBe('[Lastcopy] 2 × A <script>alert(1)</script>');
});

it('leads from every mail to the page where mails are chosen', () => {
  const base = 'https://lastcopy.example';
  const page = `${base}/notifications/preferences`;
  for (const { html, text } of [composeMail([hostile], base), composeDigest([], [hostile], base, '2026-01-02')]) {
    expect(html).toContain(`<a href="${page}">${page}</a>`);
    expect(text.endsWith(`\n${page}`)).toBe(true);
  }
});

it('puts the overdue first in a digest', () => {
  const open = (approval_id: string, overdue: boolean) => ({ approval_id, role: 'legal', flow_name: '<b>', due_at: null, overdue });
  const digest = composeDigest([open('later', false), open('late', true)], [hostile], 'https://lastcopy.example', '2026-01-02');
  expect(digest.subject).toBe('[Lastcopy] Digest of 2026-01-02: 2 open approvals (1 overdue), 1 notices');
  expect(digest.text.indexOf('/late')).toBeLessThan(digest.text.indexOf('/later'));
  expect(digest.text.indexOf('/later')).toBeLessThan(digest.text.indexOf(hostile.text));
  expect(digest.html).not.toMatch(/<b>|<script/);
});

describe('secrets of webhooks', () => {
  let dir: string;
  beforeAll(async () => void (dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-box-'))));
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('are needed in production before the first, and made in development', async () => {
    await expect(new SecretBox(dir, false).seal('s', 'a')).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
    const sealed = await new SecretBox(dir, true).seal('whsec_x', 'a');
    expect(await new SecretBox(dir, false).open(sealed, 'a')).toBe('whsec_x');
  });

  it('open for their endpoint alone, and only unchanged', async () => {
    const box = new SecretBox(dir, true);
    const sealed = await box.seal('whsec_x', 'a');
    expect(sealed).not.toBe(await box.seal('whsec_x', 'a'));
    await expect(box.open(sealed, 'b')).rejects.toThrow();
    const bytes = Buffer.from(sealed, 'base64');
    bytes[bytes.length - 1]! ^= 1;
    await expect(box.open(bytes.toString('base64'), 'a')).rejects.toThrow();
  });
});

describe('settings', () => {
  const base = {
    ...{ DATABASE_URL: 'postgres://h/d', NATS_URL: 'nats://localhost', KEYS_DIR: '/k', S3_ACCESS_KEY_ID: 'k', S3_SECRET_ACCESS_KEY: 's' },
    ...{ AUTH_ISSUER: 'https://id.example.org', PUBLIC_URL: 'https://lastcopy.example.org', MAIL_FROM: 'lastcopy@example.org' },
  };
  it.each([
    [{ SMTP_HOST: 'mail.example.org', SMTP_TLS: 'none' }, 'plain text'],
    [{ SMTP_HOST: 'mail.example.org', MAIL_FROM: '' }, 'MAIL_FROM'],
    [{ SMTP_HOST: 'mail.example.org', PUBLIC_URL: '' }, 'PUBLIC_URL'],
    [{ SMTP_HOST: 'mail.example.org', SMTP_URL: 'smtp://mail.example.org' }, 'not both'],
    [{ MAIL_FROM: 'a@b.example\r\nBcc: c@d.example' }, 'MAIL_FROM'],
  ])('that must not start: %j', (settings, words) => expect(() => gatewayConfig({ ...base, ...settings })).toThrow(words));
  it('that may', () => {
    expect(gatewayConfig({ ...base, SMTP_HOST: 'mail.example.org' }).SMTP_TLS).toBe('starttls');
    expect(gatewayConfig({ ...base, SMTP_HOST: '127.0.0.1', SMTP_TLS: 'none' }).SMTP_HOST).toBe('127.0.0.1');
  });
});
