import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds of processor time. */
  tdur?: number;
  args: { name?: string };
}

/**
 * Processor time of the longest task that a page's main thread ran while `act` went on, in milliseconds: what else the machine does at the time
 * is not the page's. Throws when fewer than `leastTasks` were traced: then nothing was looked at.
 */
export async function longestTaskWhile(browser: Browser, page: Page, leastTasks: number, act: () => Promise<void>): Promise<number> {
  await browser.startTracing(page, { categories: ['toplevel'] });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const isMain = ({ name, args }: TraceEvent) => name === 'thread_name' && args.name === 'CrRendererMain';
  const mains = new Set(traceEvents.filter(isMain).map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = traceEvents.filter(({ name, pid, tid }) => name === 'ThreadControllerImpl::RunTask' && mains.has(`${pid} ${tid}`));
  if (tasks.length < leastTasks) throw new Error(`Only ${tasks.length} tasks were traced; at least ${leastTasks} were to be looked at.`);
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}
