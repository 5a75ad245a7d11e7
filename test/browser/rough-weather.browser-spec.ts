import type { Page } from 'playwright-core';
import { until } from '@lastcopy/testkit';
import { startMailServer, type MailServer } from '../../apps/gateway/src/testing/mail-server.js';
import { approve, attachAll, createDatabaseSource, createDirectorySource, createFlow } from '../system/fixtures.js';
import { flowPath } from './approver.js';
import { makeBusy } from './busy-flow.js';
import { look, signIn, startBrowsing, type Browsing } from './browser.js';
import { watchCrowding } from './crowding.js';
import { pressOn, typeInto } from './keyboard.js';
import { longestTaskWhile } from './longest-task.js';
import { startLine, type Line } from './line.js';
import { standStill } from './standstill.js';
import { gapsOf, noteShown, shownOn, tallyStream, type Shown } from './told.js';
import { startSecondEngagement, type TwoEngagements } from './two-engagements.js';

const systemCount = 24;
const workers = 12;
/** Of each export: none comes to its end here. */
const bytesPerSecond = 20_000;
const leastToldASecond = 45;
const togetherMs = 1_000;
const longestTaskMs = 200;
const words = 'Not a letter of this may be lost, whatever the page hears.';

const middleOf = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

let site: Browsing;
let mailServer: MailServer;
let line: Line;
let flowId: string;
let olga: Page;
let otto: Page;

beforeAll(async () => {
  mailServer = await startMailServer();
  const mail = { SMTP_URL: `smtp://127.0.0.1:${mailServer.port}`, SMTP_TLS: 'none', MAIL_FROM: 'lastcopy@example.org' };
  site = await startBrowsing({ gateway: { ...mail, NOTIFY_POLL_MS: '100' }, 'archive-service': { WORKERS: String(workers) } });
  const registration = await createDatabaseSource(site.stack, 'ledger');
  line = await startLine(registration.source.host, registration.source.port, bytesPerSecond);
  registration.source.port = line.port;
  const registrations = Array.from({ length: systemCount }, (_, index) => ({ ...registration, system_name: `Ledger ${index + 1}` }));
  flowId = await createFlow(site.stack, registrations, 'Many ledgers');
  olga = await site.open('olga');
  otto = await site.open('otto');
}, 120_000);
afterAll(async () => {
  await line?.break();
  await site?.stop();
  await mailServer?.stop();
}, 60_000);

it('leads an approver from the mail to the signature, by keyboard alone', async () => {
  await attachAll(site.stack, flowId, 'dana');
  const mail = await until('the mail that asks Dana', () =>
    mailServer.to('dana@lastcopy.example').find(({ subject }) => /Approval requested: data owner/.test(subject ?? '')),
  );
  const [link] = /https?:\/\/\S+\/approvals\/[\w-]+/.exec(mail.text ?? '') ?? [];
  const dana = await site.blank();
  await dana.goto(link!);
  await pressOn(dana, dana.getByTestId('sign-in'));
  await pressOn(dana, dana.locator('button[value="dana"]'));
  await dana.getByRole('heading', { level: 2, name: 'Decision' }).waitFor();
  expect(dana.url()).toBe(link);
  const comment = 'All of them are what the department used.';
  await typeInto(dana, dana.getByRole('region', { name: 'Decision' }).getByLabel('Comment'), comment);
  await pressOn(dana, dana.getByTestId('approve'));
  await dana.getByTestId('approval-status').filter({ hasText: 'Granted' }).waitFor();
  await dana.getByText(comment).first().waitFor();
  await dana.context().close();
});

/** Starts the migration; Olga and Otto look on, and Olga begins to say why she would pause it. */
async function startAndLookOn() {
  for (const page of [olga, otto]) {
    await page.goto(flowPath(flowId, 'jobs'));
    await page.getByText('No archive jobs yet').waitFor();
    await noteShown(page);
  }
  await olga.getByRole('button', { name: 'Start Migration' }).click();
  for (const page of [olga, otto])
    await page
      .getByTestId('archive-job-in_progress')
      .nth(workers - 1)
      .waitFor();
  await olga.getByRole('button', { name: 'Pause All' }).click();
  const reason = olga.getByRole('dialog', { name: 'Pause every job of this flow?' }).getByLabel('Reason');
  await reason.click();
  return reason;
}

const paused = (page: Page) => page.locator('[data-testid="archive-job-queued"]').filter({ hasText: 'Paused' });

it('stays usable, and two pages together, while many jobs tell of their progress', async () => {
  await approve(site.stack, flowId, 'carl');
  const lena = await site.open('lena');
  await lena.goto(flowPath(flowId, 'inputs'));
  const note = lena.getByRole('region', { name: 'Progress note' }).getByLabel('Note');
  await note.click();
  const reason = await startAndLookOn();

  const tally = await tallyStream(site.stack);
  const crowding = watchCrowding();
  const busy = await makeBusy(site.stack, flowId);
  const startedMs = Date.now();
  const longestMs = await longestTaskWhile(site.browser, olga, 100, async () => {
    await Promise.all([olga, lena].map((page) => page.keyboard.type(words, { delay: 80 })));
  });
  const toldASecond = (1000 * tally.count()) / (Date.now() - startedMs);
  await busy.stop();
  tally.stop();
  for (const page of [olga, otto])
    await paused(page)
      .nth(systemCount - workers - 1)
      .waitFor();
  const crowd = await crowding();

  expect(toldASecond).toBeGreaterThan(leastToldASecond);
  expect(await reason.inputValue()).toBe(words);
  expect(await note.inputValue()).toBe(words);
  expect(longestMs).toBeLessThanOrEqual(longestTaskMs);
  const [here, there] = (await Promise.all([olga, otto].map(shownOn))) as [Shown, Shown];
  const progress = gapsOf(here, there, /%$/);
  expect(progress.length).toBeGreaterThan(10 * workers);
  expect(progress.at(-1)).toBeLessThan(togetherMs * crowd);
  const seen = gapsOf(here, there, /paused$/);
  expect(seen).toHaveLength(systemCount - workers);
  expect(middleOf(seen)).toBeLessThan(togetherMs * crowd);
  expect(middleOf([...busy.pausedMs].map(([job, atMs]) => here[`${job} paused`]! - atMs))).toBeLessThan(togetherMs * crowd);
  await olga.keyboard.press('Escape');

  await lena.getByText(/^Draft kept/).waitFor();
  await lena.reload();
  await until('the kept note', async () => (await note.inputValue()) === words);
  await lena.getByRole('button', { name: 'Discard the draft' }).click();
  await lena.getByRole('button', { name: 'Discard the draft' }).waitFor({ state: 'hidden' });
  await lena.context().close();
});

/** The ids of all flows of this name. */
async function flowsNamed(name: string): Promise<string[]> {
  const flows: { flow_id: string; flow_name: string }[] = await site.stack.as('olga').get('/decommission-flow');
  return flows.filter(({ flow_name }) => flow_name === name).map(({ flow_id }) => flow_id);
}

/** Fills in what starts a flow over one system; answers the form. */
async function fillInFlow(page: Page, name: string, system: string) {
  await page.goto('/decommission');
  await page.getByRole('button', { name: 'Start a flow' }).first().click();
  const form = page.getByRole('dialog', { name: 'Start a flow' });
  await form.getByLabel('Name of the flow').fill(name);
  await form.getByRole('checkbox', { name: system }).check();
  return form;
}

it('begins one flow when the answer was lost and the button is pressed again', async () => {
  await site.stack.as('olga').post('/systems', await createDirectorySource(site.stack, 'Lost share'));
  const name = 'Begun once';
  const form = await fillInFlow(olga, name, 'Lost share');
  const keys: (string | undefined)[] = [];
  await olga.route('**/decommission-flow/initialize', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    expect((await route.fetch()).ok()).toBe(true);
    return route.abort('connectionreset');
  });
  const start = form.getByRole('button', { name: 'Start the flow' });
  await start.click();
  await form.getByText('No answer came: it may have been done or not.').waitFor();
  expect(await form.getByLabel('Name of the flow').inputValue()).toBe(name);
  expect(await flowsNamed(name)).toHaveLength(1);
  await start.click();
  await olga.getByRole('heading', { level: 1, name }).waitFor();
  expect(keys).toEqual([expect.stringMatching(/.{16,}/), keys[0]]);
  expect(await flowsNamed(name)).toHaveLength(1);
  await olga.unroute('**/decommission-flow/initialize');
});

it('says that a flow has begun which cannot be shown yet, and shows it when it can', async () => {
  await site.stack.as('olga').post('/systems', await createDirectorySource(site.stack, 'Late share'));
  const name = 'Shown late';
  const form = await fillInFlow(olga, name, 'Late share');
  const goOn = await standStill(site.stack);
  try {
    await form.getByRole('button', { name: 'Start the flow' }).click();
    await form.getByText('It is done, and shown in a moment').waitFor();
    expect(await look(olga, 'flow-pending')).toEqual([]);
    expect(await form.getByRole('button', { name: 'Start the flow' }).isEnabled()).toBe(false);
    expect(await olga.getByRole('heading', { level: 1, name }).count()).toBe(0);
    expect(await flowsNamed(name)).toEqual([]);
  } finally {
    await goOn();
  }
  await olga.getByRole('heading', { level: 1, name }).waitFor();
  await olga.getByText('Data migration', { exact: true }).first().waitFor();
  expect(await flowsNamed(name)).toHaveLength(1);
});

it('shows whoever is second what the other wrote, and lets them choose', async () => {
  const [shared] = await flowsNamed('Begun once');
  const writer = async (page: Page) => {
    await page.goto(flowPath(shared!, 'inputs'));
    const form = page.getByRole('region', { name: 'Progress note' });
    await form.getByText('What you type is kept as a draft.').waitFor();
    return { form, field: form.getByLabel('Note'), conflict: form.getByTestId('draft-conflict') };
  };
  const [first, second] = [await writer(otto), await writer(olga)];
  await first.field.fill('The ledgers of 2019 come first.');
  await first.form.getByText(/^Draft kept, Otto Operator/).waitFor();
  await second.field.fill('The ledgers of 2020 come first.');
  await second.conflict.getByText('Otto Operator changed this draft meanwhile').waitFor();
  await second.conflict.getByText('The ledgers of 2019 come first.').waitFor();
  expect(await second.field.inputValue()).toBe('The ledgers of 2020 come first.');
  expect(await look(olga, 'draft-conflict')).toEqual([]);
  await second.conflict.getByRole('button', { name: 'Put mine in its place' }).click();
  await second.form.getByText(/^Draft kept, Olga Operator/).waitFor();
  expect(await second.conflict.count()).toBe(0);

  await first.field.fill('The ledgers of 2018 come first.');
  await first.conflict.getByText('The ledgers of 2020 come first.').waitFor();
  await first.conflict.getByRole('button', { name: 'Take theirs' }).click();
  await first.conflict.waitFor({ state: 'hidden' });
  expect(await first.field.inputValue()).toBe('The ledgers of 2020 come first.');
});

describe('in another engagement', () => {
  let second: TwoEngagements;
  let page: Page;
  const beginThere = async (name: string) => {
    const { system_id } = await second.there.post('/systems', await createDirectorySource(site.stack, `${name} share`));
    await second.there.post('/decommission-flow/initialize', { selected_system_ids: [system_id], flow_name: name });
  };
  const streams: (string | undefined)[] = [];

  beforeAll(async () => {
    second = await startSecondEngagement(site.stack);
    await beginThere('Next door');
    page = await site.blank();
    await second.admit(page);
    page.on('request', (request) => {
      if (request.url().endsWith('/api/v1/stream')) streams.push(request.headers()['x-engagement-id']);
    });
    await page.goto('/decommission');
    await signIn(page, 'otto');
    await page.getByRole('link', { name: 'Many ledgers' }).waitFor();
  });

  it('shows its flows and nothing of the one before', async () => {
    expect(await page.getByText('Next door').count()).toBe(0);
    await page.getByRole('link', { name: 'Many ledgers' }).click();
    await page.getByRole('heading', { level: 1, name: 'Many ledgers' }).waitFor();
    await page.getByTestId('me').click();
    await page.getByRole('menuitemradio', { name: `Engagement ${second.other.slice(0, 8)}` }).click();
    await page.getByRole('link', { name: 'Next door' }).waitFor();
    expect(await page.getByText(/Many ledgers|Ledger \d|Begun once/).count()).toBe(0);
    await page.goBack();
    await page.getByText('NOT_FOUND').first().waitFor();
    expect(await page.getByText(/Many ledgers|Ledger \d/).count()).toBe(0);
  });

  it('hears what happens there, and not what happens elsewhere', async () => {
    await page.goto('/decommission');
    await page.getByTestId('live-chip').filter({ hasText: 'Live' }).waitFor();
    expect(new Set(streams)).toEqual(new Set([site.stack.profile.engagement_id, second.other]));
    expect(streams.at(-1)).toBe(second.other);
    await createFlow(site.stack, [await createDirectorySource(site.stack, 'Here share')], 'Not for there');
    await beginThere('Heard next door');
    await page.getByRole('link', { name: 'Heard next door' }).waitFor();
    expect(await page.getByText('Not for there').count()).toBe(0);
  });
});

it('complained of nothing on the way', () => expect(site.faults).toEqual([]));
