import { randomUUID } from 'node:crypto';
import type { Page, Route } from 'playwright-core';
import type { Stack } from '../system/stack.js';

export const jobCount = 5_000;
export const eventCount = 200_000;

const statuses = ['completed', 'in_progress', 'failed', 'queued'];

function answer(route: Route, items: readonly object[], total: number): Promise<void> {
  return route.fulfill({ json: items, headers: { 'X-Total-Count': String(total) } });
}

/** As many jobs and events as a flow of a large estate has: each as the gateway tells it of the flow's own, under other names and states. */
export async function pretendMany(page: Page, stack: Stack, flowId: string): Promise<void> {
  const flow = `/decommission-flow/${flowId}`;
  const [job] = await stack.as('aude').get(`${flow}/archive-jobs`);
  const entries = await stack.as('aude').get(`${flow}/timeline`);
  const jobs = Array.from({ length: jobCount }, (_, index) => ({
    ...job,
    ...{ job_id: randomUUID(), system_name: `System ${String(index).padStart(4, '0')}`, status: statuses[index % statuses.length] },
  }));
  await page.route(`**/api/v1${flow}/archive-jobs?*`, (route) => {
    const { searchParams } = new URL(route.request().url());
    const [from, length] = [Number(searchParams.get('offset')), Number(searchParams.get('limit'))];
    return answer(route, jobs.slice(from, from + length), jobCount);
  });
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
