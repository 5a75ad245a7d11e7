import type { NatsConnection } from '@nats-io/transport-node';
import { replaySubject, type EventEnvelope, type ServiceName } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';

interface ReplayPage {
  head_position: number;
  events: EventEnvelope[];
}

const pageSize = 500;
const timeoutMs = 15_000;

/** A service's whole log, out of its own database, page by page. Throws SERVICE_UNAVAILABLE when the service does not answer. */
export async function* readLog(nats: NatsConnection, service: ServiceName): AsyncGenerator<EventEnvelope> {
  for (let from = 1; ;) {
    const page = await requestPage(nats, service, from);
    yield* page.events;
    const last = page.events.at(-1);
    if (!last) {
      if (page.head_position >= from)
        throw new CodedError(
          'EVENT_CHAIN_BROKEN',
          `${service} has ${page.head_position} events but cannot give the one at position ${from}`,
        );
      return;
    }
    from = last.position + 1;
  }
}

async function requestPage(nats: NatsConnection, service: ServiceName, from: number): Promise<ReplayPage> {
  try {
    const reply = await nats.request(replaySubject(service), JSON.stringify({ from, limit: pageSize }), { timeout: timeoutMs });
    return reply.json<ReplayPage>();
  } catch (cause) {
    throw new CodedError('SERVICE_UNAVAILABLE', `${service} does not answer for its log from position ${from}`, { cause });
  }
}
