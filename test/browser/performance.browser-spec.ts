import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { createDirectorySource, createFlow, jobsOf, startMigration, untilJobs } from '../system/fixtures.js';
import { flowPath } from './approver.js';
import { look, signIn, startBrowsing, type Browsing } from './browser.js';
import { longestTaskWhile } from './longest-task.js';
import { eventCount, jobCount, jobEventCount, pretendMany } from './many.js';

const openedWithinMs = 2_000;
const longestTaskMs = 50;
const mostScript = 350_000;
/** Two or three notches of a wheel in every frame. */
const scrollPx = 300;
const scrolls = 60;

let site: Browsing;
let flowId: string;
let page: Page;

beforeAll(async () => {
  site = await startBrowsing();
  flowId = await createFlow(site.stack, [await createDirectorySource(site.stack, 'share')]);
  await startMigration(site.stack, flowId);
  await untilJobs(site.stack, flowId, 'completed');
}, 120_000);
afterAll(() => site?.stop());

it('fetches less than 350 kB of scripts for the first page', async () => {
  page = await site.blank();
  const scripts: Promise<Buffer>[] = [];
  page.on('response', (response) => response.request().resourceType() === 'script' && scripts.push(response.body()));
  await page.goto('/decommission');
  await signIn(page, 'olga');
  await page.getByRole('table', { name: 'Flows' }).getByRole('link').first().waitFor();
  const bodies = new Set((await Promise.all(scripts)).map(String));
  const total = [...bodies].reduce((sum, body) => sum + gzipSync(body).length, 0);
  expect(total).toBeGreaterThan(50_000);
  expect(total).toBeLessThan(mostScript);
});

/** Goes there; answers how long after the last answer for `resource` the element was drawn, in milliseconds. */
async function drawnAfter(resource: string, path: string, selector: string): Promise<number> {
  await page.addInitScript(`(() => {
    const look = () => (document.querySelector('${selector}') ? (globalThis.drawnMs = performance.now()) : requestAnimationFrame(look));
    look();
  })()`);
  await page.goto(path);
  await page.locator(selector).first().waitFor();
  return (await page.evaluate(`(() => {
    const ends = performance.getEntriesByType('resource').filter(({ name }) => name.includes('${resource}')).map(({ responseEnd }) => responseEnd);
    return drawnMs - Math.max(...ends.filter((end) => end < drawnMs));
  })()`)) as number;
}

async function longestTaskWhileScrolling(region: string): Promise<number> {
  const viewport = page.getByRole('region', { name: region });
  await viewport.hover();
  const longestMs = await longestTaskWhile(site.browser, page, scrolls, async () => {
    for (let scrolled = 0; scrolled < scrolls; scrolled++) {
      await page.mouse.wheel(0, scrollPx);
      await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => resolve(0)))');
    }
  });
  expect(await viewport.evaluate((element: { scrollTop: number }) => element.scrollTop)).toBeGreaterThan(scrolls * 100);
  return longestMs;
}

it(`opens and scrolls a flow of ${jobCount} jobs`, async () => {
  await pretendMany(page, site.stack, flowId);
  expect(
    await drawnAfter('archive-jobs', flowPath(flowId, 'jobs'), `table[aria-rowcount="${jobCount + 1}"] tbody tr[data-index]`),
  ).toBeLessThan(openedWithinMs);
  expect(await longestTaskWhileScrolling('Archive jobs')).toBeLessThanOrEqual(longestTaskMs);
  await page.locator('tr[data-index]').first().waitFor();
  expect(await page.locator('tbody tr').count()).toBeLessThan(100);
});

it(`opens and scrolls the verification of ${jobCount} archives`, async () => {
  const archives = '[role="region"][aria-label="Archives"]';
  expect(
    await drawnAfter('archive-jobs', flowPath(flowId, 'verification'), `${archives} [role="listitem"][aria-setsize="${jobCount}"]`),
  ).toBeLessThan(openedWithinMs);
  expect(await longestTaskWhileScrolling('Archives')).toBeLessThanOrEqual(longestTaskMs);
  const drawn = page.locator(`${archives} [role="listitem"]`);
  expect(await drawn.count()).toBeLessThan(100);
  await drawn.first().getByText('Checksum Match').waitFor();
});

it('leads through all archives by keys, and keeps the open one', async () => {
  const control = (name: string) => page.getByRole('region', { name: 'Archives' }).getByRole('button', { name });
  const focused = (name: string) => control(name).and(page.locator(':focus')).waitFor();
  await page.goto(flowPath(flowId, 'verification'));
  await control('System 0000').focus();
  await page.keyboard.press('End');
  await focused('System 4999');
  await page.keyboard.press('ArrowUp');
  await focused('System 4998');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'System 4998', expanded: true }).waitFor();
  await page.keyboard.press('Home');
  await focused('System 0000');
  await page.reload();
  await page.getByRole('button', { name: 'System 4998', expanded: true }).waitFor();
  await page.waitForFunction(`(() => {
    const box = document.querySelector('[role="region"][aria-label="Archives"]').getBoundingClientRect();
    const { top } = document.querySelector('[role="listitem"] [aria-expanded="true"]').getBoundingClientRect();
    return top >= box.top && top < box.bottom;
  })()`);
  expect(await look(page, 'verification-of-many')).toEqual([]);
});

it(`opens and scrolls ${jobCount} policy assignments`, async () => {
  const rows = `table[aria-rowcount="${jobCount + 1}"] tbody tr[data-index]`;
  expect(await drawnAfter('policy-assignments', flowPath(flowId, 'policies'), rows)).toBeLessThan(openedWithinMs);
  expect(await longestTaskWhileScrolling('Retention policies of the systems')).toBeLessThanOrEqual(longestTaskMs);
  expect(await page.locator('tbody tr').count()).toBeLessThan(100);
});

it(`takes inputs for ${jobCount} systems`, async () => {
  await page.goto(flowPath(flowId, 'inputs'));
  const destinations = page.getByRole('region', { name: 'Destinations of the systems' });
  const place = (system: string) => destinations.getByRole('textbox', { name: `${system}: place` });
  await place('System 0000').fill('s3://elsewhere/first');
  await destinations.evaluate((element: { scrollTop: number; scrollHeight: number }) => (element.scrollTop = element.scrollHeight));
  await place('System 4999').fill('s3://elsewhere/last');
  expect(await page.getByRole('listitem').count()).toBeLessThan(100);
  await destinations.evaluate((element: { scrollTop: number }) => (element.scrollTop = 0));
  expect(await place('System 0000').inputValue()).toBe('s3://elsewhere/first');
  expect(await look(page, 'inputs-of-many')).toEqual([]);
});

it(`shows each of a job's ${jobEventCount} events`, async () => {
  const [job] = await jobsOf(site.stack.as('aude'), flowId);
  await page.goto(`/decommission/jobs/${job!.job_id}`);
  const events = page.getByRole('region', { name: 'Events of the job' });
  const last = events.locator(`[role="listitem"][aria-posinset="${jobEventCount}"]`);
  await events.getByRole('button').first().focus();
  await page.keyboard.press('End');
  await last.locator(':focus').waitFor();
  await page.waitForFunction(`document.activeElement.getBoundingClientRect().bottom <= innerHeight`);
  await page.keyboard.press('Enter');
  await last.locator('pre').waitFor();
  expect(await look(page, 'events-of-many')).toEqual([]);
});

it(`opens and scrolls a timeline of ${eventCount} events`, async () => {
  expect(
    await drawnAfter('timeline?', flowPath(flowId, 'timeline'), '[role="region"][aria-label="Timeline"] [role="listitem"]'),
  ).toBeLessThan(openedWithinMs);
  await page.getByText(`${eventCount.toLocaleString('en')} events`).waitFor();
  expect(await longestTaskWhileScrolling('Timeline')).toBeLessThanOrEqual(longestTaskMs);
  expect(await page.getByRole('region', { name: 'Timeline' }).getByRole('listitem').count()).toBeLessThan(100);
});

it('opens the event that the address names, far from what is loaded', async () => {
  const event = (seq: number) => page.goto(`${flowPath(flowId, 'timeline')}&event=${seq}`);
  const dialog = page.getByRole('dialog');
  await event(17);
  await dialog.getByText(/"job_id"|"flow_id"/).waitFor();
  await event(eventCount + 1);
  await dialog.getByRole('heading', { name: 'Not in this flow' }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(new URL(page.url()).searchParams.has('event')).toBe(false);
});

it('sorts by what the address says, and says in the address by what it is sorted', async () => {
  const systems = page.getByRole('table', { name: 'Archive jobs' });
  const header = systems.getByRole('columnheader', { name: 'System' });
  const first = systems.locator('tbody tr[data-index="0"]');
  await page.goto(`${flowPath(flowId, 'jobs')}&status=queued`);
  await header.getByRole('button').click();
  await first.getByText('System 0003').waitFor();
  await header.getByRole('button').click();
  await first.getByText('System 4999').waitFor();
  expect(await header.getAttribute('aria-sort')).toBe('descending');
  const { searchParams } = new URL(page.url());
  expect(Object.fromEntries(searchParams)).toEqual({ tab: 'jobs', status: 'queued', sort: '-system_name' });
  await page.reload();
  await first.getByText('System 4999').waitFor();
  await header.getByRole('button').click();
  await first.getByText('System 0003').waitFor();
  expect(new URL(page.url()).searchParams.has('sort')).toBe(false);
});

it('complained of nothing on the way', () => expect(site.faults).toEqual([]));
