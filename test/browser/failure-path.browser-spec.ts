import type { Page } from 'playwright-core';
import { createDatabaseSource, createDirectorySource, createFlow, startMigration } from '../system/fixtures.js';
import { flowPath } from './approver.js';
import { look, startBrowsing, type Browsing } from './browser.js';
import { watchCrowding } from './crowding.js';
import { startLine, type Line } from './line.js';

/** How soon a second browser shows what the first one does. */
const togetherMs = 1_000;

let site: Browsing;
let olga: Page;
let otto: Page;
let line: Line;
let flowId: string;

beforeAll(async () => {
  site = await startBrowsing();
  const registration = await createDatabaseSource(site.stack, 'ledger');
  line = await startLine(registration.source.host, registration.source.port);
  registration.source.port = line.port;
  flowId = await createFlow(site.stack, [registration], 'A source that cannot be read');
  olga = await site.open('olga');
  otto = await site.open('otto');
  for (const page of [olga, otto]) await page.goto(flowPath(flowId, 'jobs'));
  await line.break();
  await startMigration(site.stack, flowId);
}, 120_000);
afterAll(async () => {
  await site?.stop();
  await line?.break();
});

const chip = (page: Page, says: string | RegExp) => page.getByTestId('live-chip').filter({ hasText: says }).waitFor();

it('says what went wrong, what to do, and when it is tried again', async () => {
  const failed = olga.getByTestId('archive-job-failed');
  await failed.getByText('SOURCE_UNREACHABLE').waitFor();
  await failed.getByText('Check host, port, firewall and that the server runs.').waitFor();
  const countdown = failed.getByText(/^Tried again by itself in \d+ s/);
  const first = await countdown.innerText();
  await failed
    .getByText(/^Tried again by itself in/)
    .filter({ hasNotText: first })
    .waitFor();
  expect(await failed.getByRole('alert').count()).toBe(0);
  expect(await look(olga, 'flow-jobs-failed')).toEqual([]);
});

/** The texts of what is read aloud beside the mark of freshness, from now on. */
const readAloud = (page: Page) =>
  page
    .getByTestId('live-chip')
    .getByRole('status')
    .evaluateHandle((region) => {
      const texts: string[] = [];
      new MutationObserver(() => texts.push(region.textContent ?? '')).observe(region, {
        ...{ childList: true, characterData: true, subtree: true },
      });
      return texts;
    });

it('keeps what was seen while the network is gone, and hears all that happened when it is back', async () => {
  await chip(olga, 'Live');
  const heard = await readAloud(olga);
  await olga.context().setOffline(true);
  const seconds = olga.getByTestId('live-chip').getByText(/\(\d+ s\)$/);
  const first = await seconds.innerText();
  await seconds.filter({ hasNotText: first }).waitFor();
  const texts = await heard.jsonValue();
  expect(texts.at(-1)).toBe('Connection: Stale');
  expect(texts).toEqual([...new Set(texts)]);
  await olga.getByTestId('archive-job-failed').waitFor();
  const reason = 'Noted while the browser was away';
  await site.stack.as('otto').post(`/decommission-flow/${flowId}/pause`, { reason });
  await otto.getByText('Paused', { exact: true }).first().waitFor();
  expect(await olga.getByText('Paused', { exact: true }).count()).toBe(0);

  // The line to the stream stays broken for now: the page asks by itself.
  await olga.route('**/api/v1/stream', (route) => route.abort());
  await olga.context().setOffline(false);
  await chip(olga, 'Polling');
  await olga.getByText('Paused', { exact: true }).first().waitFor();
  await olga.unroute('**/api/v1/stream');
  await chip(olga, 'Live');
});

it('shows two people the same within a second', async () => {
  await line.mend();
  const crowding = watchCrowding();
  await olga.getByRole('button', { name: 'Resume All' }).click();
  const goneMs = async (page: Page) => {
    await page.getByText('Paused', { exact: true }).first().waitFor({ state: 'hidden' });
    return performance.now();
  };
  const [here, there] = await Promise.all([goneMs(olga), goneMs(otto)]);
  expect(Math.abs(here - there)).toBeLessThan(togetherMs * (await crowding()));
});

it('takes the copy once the source can be read, at the press of Retry Archive', async () => {
  const card = olga.getByRole('listitem', { name: /^ledger:/ });
  const retry = card.getByRole('button', { name: 'Retry Archive' });
  const completed = olga.getByTestId('archive-job-completed');
  await retry.or(completed).waitFor();
  if (await retry.isVisible()) await retry.click();
  await completed.waitFor({ timeout: 60_000 });
  await otto.getByTestId('archive-job-completed').waitFor();
}, 90_000);

describe('single keys', () => {
  const visited: string[] = [];
  const keys = async (...pressed: string[]) => {
    for (const key of pressed) await olga.keyboard.press(key);
  };
  const dialog = () => olga.getByRole('dialog', { name: 'Keys' });
  const closed = () => dialog().waitFor({ state: 'hidden' });

  beforeAll(() => void olga.on('framenavigated', (frame) => visited.push(new URL(frame.url()).pathname)));
  beforeEach(async () => {
    await olga.goto(flowPath(flowId, 'jobs'));
    await olga.getByRole('textbox', { name: 'Find a system' }).waitFor();
    visited.length = 0;
  });

  it('do nothing while something is typed, or open over the page', async () => {
    const { pathname } = new URL(olga.url());
    await keys('/', 'g', 's', '?', '/');
    expect(await olga.getByRole('textbox', { name: 'Find a system' }).inputValue()).toBe('gs?/');
    await olga.waitForURL((url) => url.searchParams.get('text') === 'gs?/');
    await olga.getByTestId('me').press('Enter');
    await olga.getByRole('menu').waitFor();
    await keys('g', 's');
    await olga.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
    await dialog().waitFor();
    await keys('g', 's', 'Escape');
    await closed();
    expect(new Set(visited)).toEqual(new Set([pathname]));
    await keys('g', 'a');
    await olga.getByRole('heading', { level: 1, name: 'Approvals' }).waitFor();
  });

  it('can be turned off for good, and on again', async () => {
    const use = dialog().getByRole('switch', { name: 'Use single keys' });
    await keys('?');
    await use.press('Space');
    expect(await use.isChecked()).toBe(false);
    await keys('Escape');
    await closed();
    await olga.reload();
    await olga.getByTestId('archive-job-completed').waitFor();
    visited.length = 0;
    await keys('g', 's', '?');
    await olga.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    expect(await look(olga, 'keys')).toEqual([]);
    await use.press('Space');
    await keys('Escape');
    await closed();
    await keys('g', 's');
    await olga.getByRole('heading', { level: 1, name: 'Systems' }).waitFor();
    expect(visited).toEqual(['/decommission/systems']);
  });
});

it('lays no draft of a system over what somebody else changed meanwhile, unless it is chosen', async () => {
  const { system_id } = await site.stack.as('olga').post('/systems', await createDirectorySource(site.stack, 'Share'));
  for (const page of [olga, otto]) await page.goto(`/decommission/systems?system=${system_id}`);
  const name = (page: Page) => page.getByRole('textbox', { name: 'Name', exact: true });
  await olga.getByLabel('Why it retires').fill('Out of support');
  await name(otto).fill('Renamed share');
  await otto.getByLabel('Reason of the change').fill('It has another name');
  await otto.getByRole('button', { name: 'Save the change' }).click();
  const asked = olga.getByTestId('system-conflict');
  await asked.getByRole('row', { name: 'Name Renamed share Share somebody else' }).waitFor();
  expect(await look(olga, 'system-conflict')).toEqual([]);
  await asked.getByRole('button', { name: 'Bring back only what I changed' }).click();
  expect(await name(olga).inputValue()).toBe('Renamed share');
  expect(await olga.getByLabel('Why it retires').inputValue()).toBe('Out of support');
  // What was saved is no draft any more, whichever came first: the answer, or the page with the newer version.
  await otto.getByRole('dialog', { name: 'Renamed share' }).waitFor();
  expect(await otto.getByTestId('system-conflict').count()).toBe(0);
});

it('sends a link without a flow to the overview, and says so', async () => {
  await olga.goto('/decommission/data-migration');
  await olga.getByText('No flow selected').waitFor();
  await olga.getByRole('heading', { level: 1, name: 'Decommission Flow Overview' }).waitFor();
  expect(new URL(olga.url()).pathname).toBe('/decommission');
  await olga.goto(`/decommission/data-migration?flow_id=${flowId}`);
  await olga.waitForURL(`**/decommission/flow/${flowId}/data-migration`);
});

it('complained of nothing on the way', () => expect(site.faults).toEqual([]));
