import { setTimeout as delay } from 'node:timers/promises';
import type { Subscription as BusSubscription } from '@nats-io/transport-node';
import { selfCheckSubject, serviceNames, type SelfCheck, type ServiceName } from '@lastcopy/contracts';
import { isRequestOn, requestReplay } from '@lastcopy/eventing';
import type { ServiceDeps } from './service-deps.js';

/** Events need a moment on their way; what is not there after this has a cause. */
const settleMs = 5_000;
const pollMs = 100;

/** Answers `lastcopy.queries.<service>.SelfCheck`, asked by the doctor command; each process of the service may answer. */
export function answerSelfChecks(deps: ServiceDeps): BusSubscription {
  return deps.nats.subscribe(selfCheckSubject(deps.service), {
    queue: deps.service,
    callback: (_error, message) => {
      if (!isRequestOn(message, selfCheckSubject(deps.service))) return;
      void selfCheck(deps).then(
        (answer) => message.respond(JSON.stringify(answer)),
        (error: unknown) => deps.logger.error({ err: error }, 'the self-check failed'),
      );
    },
  });
}

async function selfCheck(deps: ServiceDeps): Promise<SelfCheck> {
  const { subscriptions, store } = deps.eventing;
  const behind = await settle(deps);
  const parked = await subscriptions.parked();
  const messages = await store.query<{ subject: string; reason: string }>('select subject, reason from parked_messages order by parked_at');
  const forks = await store.query<{ source: string; position: string }>(
    'select source, position from event_forks order by source, position',
  );
  const projections: SelfCheck['projections'] = [];
  for (const { name } of subscriptions.projections) {
    const report = await subscriptions.rebuildAndCompare(name);
    const differences = report.differences.map(
      ({ table, onlyLive, onlyRebuilt }) =>
        `${table}: live ${JSON.stringify(onlyLive.slice(0, 2))}, rebuilt ${JSON.stringify(onlyRebuilt.slice(0, 2))}`,
    );
    projections.push({ name, differences });
  }
  return {
    service: deps.service,
    parked_events: parked.map((event) => `${event.subscription} set ${event.stream_id} aside: ${event.code}: ${event.message}`),
    parked_messages: messages.map((message) => `${message.subject}: ${message.reason}`),
    forks: forks.map((fork) => `the log of ${fork.source} forked at position ${fork.position}`),
    projections,
    behind,
  };
}

/** Waits until every subscription and every other service's log has caught up; answers what has not. */
async function settle(deps: ServiceDeps): Promise<string[]> {
  const deadline = performance.now() + settleMs;
  for (;;) {
    const late = [...(await lateSubscriptions(deps)), ...(await lateSources(deps))];
    if (late.length === 0 || performance.now() > deadline) return late;
    await delay(pollMs);
  }
}

async function lateSubscriptions(deps: ServiceDeps): Promise<string[]> {
  const states = await deps.eventing.subscriptions.states();
  return states.filter((state) => state.lag > 0).map((state) => `subscription ${state.name} is at ${state.log_seq}, ${state.lag} behind`);
}

async function lateSources(deps: ServiceDeps): Promise<string[]> {
  const others = serviceNames.filter((service) => service !== deps.service);
  const lines = await Promise.all(others.map((source) => lateSource(deps, source)));
  return lines.filter((line) => line !== null);
}

async function lateSource(deps: ServiceDeps, source: ServiceName): Promise<string | null> {
  const [row] = await deps.eventing.store.query<{ position: string | null }>(
    'select max(position) as position from received_events where source = $1',
    [source],
  );
  const received = Number(row?.position ?? 0);
  try {
    const { head_position } = await requestReplay(deps.nats, source, received + 1, 1);
    return received < head_position ? `the log of ${source} is received up to ${received} of ${head_position}` : null;
  } catch {
    return `${source} does not answer for the head of its log`;
  }
}
