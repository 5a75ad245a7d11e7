import type { EventData, EventEnvelope, EventType, ServiceName } from '@lastcopy/contracts';
import { checkLogs } from '@lastcopy/invariants';
import type { Stack } from './stack.js';

const pageSize = 500;

/** One service's whole log, out of its own store. */
export async function* logOf(stack: Stack, service: ServiceName): AsyncGenerator<EventEnvelope> {
  const { store } = stack.services[service].deps.eventing;
  for (let from = 1; ;) {
    const page = await store.readLog(from, pageSize);
    yield* page;
    if (page.length < pageSize) return;
    from = page.at(-1)!.position + 1;
  }
}

export async function eventsOf<T extends EventType>(stack: Stack, service: ServiceName, type: T): Promise<EventData<T>[]> {
  const found: EventData<T>[] = [];
  for await (const event of logOf(stack, service)) if (event.type === type) found.push(event.data as EventData<T>);
  return found;
}

/** What the invariants say about the whole system: nothing, when all is well. */
export async function violationsOf(stack: Stack): Promise<string[]> {
  const results = await checkLogs((service) => logOf(stack, service));
  return results.flatMap(({ violations }) => violations.map(({ invariant, message }) => `${invariant}: ${message}`));
}

/** Rows in which a read model differs from one that is rebuilt from the first event. */
export async function rebuildDifferences(stack: Stack): Promise<string[]> {
  const found: string[] = [];
  for (const { service, deps } of Object.values(stack.services)) {
    for (const { name } of deps.eventing.subscriptions.projections) {
      const report = await deps.eventing.subscriptions.rebuildAndCompare(name);
      if (!report.equal) found.push(`${service} ${name}: ${JSON.stringify(report.differences)}`);
    }
  }
  return found;
}
