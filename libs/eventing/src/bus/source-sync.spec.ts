import { connect, type NatsConnection } from '@nats-io/transport-node';
import { replaySubject } from '@lastcopy/contracts';
import { until } from '@lastcopy/testkit';
import { appendPauses, busService, type BusService } from '../testing/bus-fixture.js';
import { silent } from '../testing/log-fixture.js';
import { PrivateNats } from '../testing/private-nats.js';
import { BusConnection } from './bus-connection.js';
import { ReceivedLog } from './received-log.js';
import { replayPage, type ReplayPage } from './replay.js';
import { SourceSync } from './source-sync.js';

const source = 'archive-service';

describe('the copy of a log, while its source answers', () => {
  let nats: PrivateNats;
  let archive: BusService;
  let gateway: BusService;
  let client: NatsConnection;
  let received: ReceivedLog;

  beforeEach(async () => {
    nats = await PrivateNats.start();
    [archive, gateway] = await Promise.all([busService(source, nats.url), busService('gateway', nats.url)]);
    client = await connect({ servers: nats.url });
    received = new ReceivedLog(gateway.dataSource, () => undefined);
    await appendPauses(archive, 3);
    await received.accept(source, await eventsFrom(1), 'replay');
  });
  afterEach(async () => {
    await client.close();
    await Promise.all([archive.close(), gateway.close()]);
    await nats.remove();
  });

  const eventsFrom = async (position: number) => (await replayPage(archive.eventing.store, position, 100)).events;

  /** Lets the gateway ask so often; what it is answered is up to the test. */
  async function whileAsked(answer: (page: ReplayPage, question: number) => Promise<ReplayPage>, questions: number): Promise<void> {
    let asked = 0;
    client.subscribe(replaySubject(source), {
      callback: (_error, message) => {
        const { from, limit } = message.json<{ from: number; limit: number }>();
        void replayPage(archive.eventing.store, from, limit)
          .then((page) => answer(page, (asked += 1)))
          .then((page) => message.respond(JSON.stringify(page)));
      },
    });
    await client.flush();
    const stopping = new AbortController();
    const bus = new BusConnection('gateway-events', { servers: nats.url }, silent, () => undefined);
    const sync = new SourceSync(source, received, bus, silent, async () => undefined);
    bus.start();
    const running = sync.run(stopping.signal);
    await until('the gateway has asked often enough', async () => {
      sync.ask();
      return asked >= questions;
    });
    stopping.abort();
    await running;
    await bus.stop();
  }

  it('is not forked by an event that the bus brings between the question and the answer', async () => {
    const stale: number[] = [];
    await whileAsked(async (page, question) => {
      if (question > 1) return page;
      await appendPauses(archive, 1);
      expect(await received.accept(source, await eventsFrom(4), 'bus')).toBe('in_step');
      stale.push(page.head_position);
      return page;
    }, 3);
    expect(stale).toEqual([3]);
    expect(await gateway.eventing.forks()).toEqual([]);
    expect(await gateway.received(source)).toHaveLength(4);
  });

  it('grows by events that each fill a page alone, though the bus brings none of them', async () => {
    for (let n = 0; n < 3; n += 1) await appendPauses(archive, 1, 'x'.repeat(390 * 1024));
    await whileAsked(async (page) => page, 5);
    expect(await gateway.received(source)).toHaveLength(6);
    expect(await gateway.eventing.forks()).toEqual([]);
  });

  it('is forked by a log that was shorter when it was asked', async () => {
    await whileAsked(async (page) => ({ ...page, head_position: 2, events: [] }), 2);
    expect(await gateway.eventing.forks()).toEqual([expect.objectContaining({ source, position: 3 })]);
  });
});
