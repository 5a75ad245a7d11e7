import { randomUUID } from 'node:crypto';
import type { Page, Route } from 'playwright-core';
import type { Stack } from '../system/stack.js';

export const jobCount = 5_000;
export const eventCount = 200_000;
export const jobEventCount = 1_200;

const statuses = ['completed', 'in_progress', 'failed', 'queued'];

function answer(route: Route, items: readonly object[], total: number): Promise<void> {
  return route.fulfill({ json: items, headers: { 'X-Total-Count': String(total) } });
}

function answerPage(route: Route, all: readonly object[]): Promise<void> {
  const { searchParams } = new URL(route.request().url());
  const [from, length] = [Number(searchParams.get('offset')), Number(searchParams.get('limit'))];
  return answer(route, all.slice(from, from + length), all.length);
}

/** As many jobs, assignments, events and attempts as a flow of a large estate has: each as the gateway tells it of the flow's own, under other names and states. */
export async function pretendMany(page: Page, stack: Stack, flowId: string): Promise<void> {
  const flow = `/decommission-flow/${flowId}`;
  const [job] = await stack.as('aude').get(`${flow}/archive-jobs`);
  const entries = await stack.as('aude').get(`${flow}/timeline`);
  const ofJob = Array.from({ length: jobEventCount }, (_, index) => ({ ...entries[index % entries.length], seq: index + 1 }));
  const jobs = Array.from({ length: jobCount }, (_, index) => ({
    ...job,
    ...{ job_id: randomUUID(), system_name: `System ${String(index).padStart(4, '0')}`, status: statuses[index % statuses.length] },
  }));
  const [assignment] = await stack.as('aude').get(`${flow}/policy-assignments`);
  const assignments = jobs.map(({ system_name }) => ({ ...assignment, system_name, system_id: randomUUID(), assignment_id: randomUUID() }));
  await page.route(`**/api/v1${flow}/archive-jobs?*`, (route) => answerPage(route, jobs));
  await page.route(`**/api/v1/archive-jobs/${job.job_id}/events?*`, (route) => answerPage(route, ofJob));
  await page.route(`**/api/v1${flow}/policy-assignments?*`, (route) => answerPage(route, assignments));
  await page.route(`**/api/v1${flow}/timeline?*`, (route) => {
    const { searchParams } = new URL(route.request().url());
    const before = Math.min(Number(searchParams.get('before_seq')), eventCount + 1);
    const length = Math.min(Number(searchParams.get('limit')), before - 1);
    const found = Array.from({ length }, (_, index) => ({
      ...entries[index % entries.length],
      seq: before - 1 - index,
      event_id: randomUUID(),
    }));
    return answer(route, found, eventCount);
  });
}
