import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { createDirectorySource, createFlow, startMigration, untilJobs } from '../system/fixtures.js';
import { flowPath } from './approver.js';
import { signIn, startBrowsing, type Browsing } from './browser.js';
import { eventCount, jobCount, pretendMany } from './many.js';

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

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds of processor time. */
  tdur?: number;
  args: { name?: string };
}

/** Processor time of the page's longest task, in milliseconds: what else the machine does at the time is not the page's. */
function longestTaskOf({ traceEvents }: { traceEvents: TraceEvent[] }): number {
  const isMain = ({ name, args }: TraceEvent) => name === 'thread_name' && args.name === 'CrRendererMain';
  const mains = new Set(traceEvents.filter(isMain).map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = traceEvents.filter(({ name, pid, tid }) => name === 'ThreadControllerImpl::RunTask' && mains.has(`${pid} ${tid}`));
  if (tasks.length < scrolls) throw new Error(`Only ${tasks.length} tasks were traced while ${scrolls} steps were scrolled.`);
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}

async function longestTaskWhileScrolling(region: string): Promise<number> {
  const viewport = page.getByRole('region', { name: region });
  await viewport.hover();
  await site.browser.startTracing(page, { categories: ['toplevel'] });
  for (let scrolled = 0; scrolled < scrolls; scrolled++) {
    await page.mouse.wheel(0, scrollPx);
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => resolve(0)))');
  }
  const trace = await site.browser.stopTracing();
  expect(await viewport.evaluate((element: { scrollTop: number }) => element.scrollTop)).toBeGreaterThan(scrolls * 100);
  return longestTaskOf(JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] });
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

it(`opens and scrolls a timeline of ${eventCount} events`, async () => {
  expect(
    await drawnAfter('timeline?', flowPath(flowId, 'timeline'), '[role="region"][aria-label="Timeline"] [role="listitem"]'),
  ).toBeLessThan(openedWithinMs);
  await page.getByText(`${eventCount.toLocaleString('en')} events`).waitFor();
  expect(await longestTaskWhileScrolling('Timeline')).toBeLessThanOrEqual(longestTaskMs);
  expect(await page.getByRole('region', { name: 'Timeline' }).getByRole('listitem').count()).toBeLessThan(100);
});

it('complained of nothing on the way', () => expect(site.faults).toEqual([]));
