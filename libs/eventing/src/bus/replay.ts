import type { NatsConnection } from '@nats-io/transport-node';
import { replaySubject, serviceNames, type EventEnvelope, type ServiceName } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import type { EventingLogger } from '../logger.js';
import type { LoggedEvent } from '../store/event-rows.js';
import type { EventStore } from '../store/event-store.js';
import { messageOf } from '../store/failures.js';
import { assertGenuine } from './bus-message.js';
import { isRequestOn } from './requests.js';

/** A piece of a service's log, and where that log ends. */
export interface ReplayPage {
  epoch: string;
  head_position: number;
  head_hash: string;
  events: EventEnvelope[];
}

const pageBytes = 512 * 1024;
const pageEvents = 500;
const answerWithinMs = 5_000;

function within(events: readonly EventEnvelope[]): EventEnvelope[] {
  let bytes = 0;
  const over = events.findIndex((event, index) => (bytes += Buffer.byteLength(JSON.stringify(event))) > pageBytes && index > 0);
  return over === -1 ? [...events] : events.slice(0, over);
}

const countOf = (value: unknown, most: number): number => (Number.isSafeInteger(value) ? Math.min(Math.max(value as number, 1), most) : 1);

const envelopeOf = (event: LoggedEvent): EventEnvelope => {
  const envelope: EventEnvelope & { log_seq?: number } = { ...event };
  delete envelope.log_seq;
  return envelope;
};

/** Own events from position `from` (inclusive), at most 512 KiB of them but at least one. */
export async function replayPage(store: EventStore, from: number, limit: number): Promise<ReplayPage> {
  const head = await store.head();
  const read = await store.readLog(from, limit);
  const events = within(read.map(envelopeOf));
  return { epoch: head.epoch, head_position: head.position, head_hash: head.hash, events };
}

/** Answers `lastcopy.replay.<service>` with `{from, limit}`; every process of the service shares the work. */
export function serveReplay(connection: NatsConnection, store: EventStore, logger: EventingLogger): void {
  connection.subscribe(replaySubject(store.service), {
    queue: store.service,
    callback: (error, message) => {
      if (error) return logger.warn({ err: messageOf(error) }, 'a replay request could not be received');
      if (!isRequestOn(message, replaySubject(store.service))) return;
      void (async () => {
        try {
          const { from, limit } = message.json<{ from?: unknown; limit?: unknown }>() ?? {};
          const page = await replayPage(store, countOf(from, Number.MAX_SAFE_INTEGER), countOf(limit, pageEvents));
          message.respond(JSON.stringify(page));
        } catch (failure) {
          logger.warn({ err: messageOf(failure) }, 'a replay request could not be answered');
        }
      })();
    },
  });
}

function assertPage(source: ServiceName, page: ReplayPage): ReplayPage {
  const shaped = typeof page?.epoch === 'string' && Number.isSafeInteger(page.head_position) && Array.isArray(page.events);
  if (!shaped) throw new CodedError('EVENT_MALFORMED', `${source} answered a replay request with something else than a page of its log`);
  for (const event of page.events) {
    assertGenuine(event);
    if (event.source !== source || event.epoch !== page.epoch) {
      throw new CodedError('EVENT_MALFORMED', `${source} answered a replay request with events of another log`);
    }
  }
  return page;
}

/** Asks a service for its log from position `from`. Rejects when it does not answer within 5 s, or with anything but genuine events. */
export async function requestReplay(connection: NatsConnection, source: ServiceName, from: number, limit: number): Promise<ReplayPage> {
  const answer = await connection.request(replaySubject(source), JSON.stringify({ from, limit }), { timeout: answerWithinMs });
  return assertPage(source, answer.json<ReplayPage>());
}

export const otherServices = (service: ServiceName): ServiceName[] => serviceNames.filter((name) => name !== service);
