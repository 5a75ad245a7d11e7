import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { eventsStreamName } from '@lastcopy/contracts';
import { appendPauses, busService, type BusService } from '../testing/bus-fixture.js';
import { PrivateNats } from '../testing/private-nats.js';
import { fromBusMessage, toBusMessage } from './bus-message.js';
import { until } from '@lastcopy/testkit';

describe('events between services', () => {
  let nats: PrivateNats;
  let archive: BusService;
  let gateway: BusService;
  let client: NatsConnection;

  beforeEach(async () => {
    nats = await PrivateNats.start();
    [archive, gateway] = await Promise.all([busService('archive-service', nats.url), busService('gateway', nats.url)]);
    client = await connect({ servers: nats.url, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
  });
  afterEach(async () => {
    await client.close();
    await Promise.all([archive.close(), gateway.close()]);
    await nats.remove();
  });

  const inStep = (what: string, withinMs?: number) =>
    until(
      what,
      async () => {
        const head = await archive.eventing.store.head();
        const received = await gateway.received('archive-service');
        return received.length === head.position && received.at(-1)?.hash === head.hash;
      },
      withinMs,
    );

  const bothStarted = () => Promise.all([archive.eventing.start(), gateway.eventing.start()]);

  it('carries every event once and in order, and the bus holds them as CloudEvents that prove themselves', async () => {
    await bothStarted();
    await appendPauses(archive, 250);
    await inStep('250 events arrive');
    expect((await gateway.received('archive-service')).map(({ position }) => position)).toEqual(
      Array.from({ length: 250 }, (_, n) => n + 1),
    );
    expect(await gateway.eventing.verifyChain('archive-service')).toEqual({ ok: true, checked: 250 });
    const manager = await jetstreamManager(client);
    await until('the bus holds all', async () => (await manager.streams.info(eventsStreamName)).state.messages === 250);
    const third = await manager.streams.getMessage(eventsStreamName, { seq: 3 });
    const [own] = await archive.eventing.store.readLog(3, 1);
    expect(fromBusMessage({ subject: third!.subject, headers: third!.header, data: third!.data })).toMatchObject({
      position: 3,
      hash: own!.hash,
    });
    expect(third!.header.get('ce-type')).toBe('lastcopy.archive_job.archive_job_paused.v1');
  });

  it('converges when the store of the bus is deleted under load, with nothing lost and nothing twice', async () => {
    await bothStarted();
    await appendPauses(archive, 40);
    await inStep('the first events arrive');
    await nats.down();
    nats.wipe();
    await appendPauses(archive, 40);
    await nats.up();
    await appendPauses(archive, 40);
    await inStep('all events arrive');
    const manager = await jetstreamManager(client);
    const messages = async () => (await manager.streams.info(eventsStreamName).catch(() => undefined))?.state.messages ?? 0;
    await until('the bus is filled again from the first event', async () => (await messages()) >= 120);
    expect(await gateway.eventing.verifyChain('archive-service')).toEqual({ ok: true, checked: 120 });
    await manager.streams.delete(eventsStreamName);
    await appendPauses(archive, 5);
    await inStep('events after the stream was deleted arrive');
    await until('and the stream is filled again', async () => (await messages()) >= 125);
    expect(await gateway.eventing.forks()).toEqual([]);
  });

  it('skips duplicates and fills what the bus left out from the source', async () => {
    await archive.eventing.start();
    await appendPauses(archive, 10);
    const manager = await jetstreamManager(client);
    await until('published', async () => {
      const info = await manager.streams.info(eventsStreamName).catch(() => undefined);
      return info?.state.messages === 10;
    });
    await manager.streams.deleteMessage(eventsStreamName, 4);
    const [second] = await archive.eventing.store.readLog(2, 1);
    const again = toBusMessage(second!);
    await jetstream(client).publish(again.subject, again.body, { headers: again.headers, msgID: 'another-id' });
    await gateway.eventing.start();
    await inStep('the hole is filled');
    expect(await gateway.eventing.verifyChain('archive-service')).toEqual({ ok: true, checked: 10 });
  });

  it('sets malformed and forged messages aside, alarms each once, and goes on', async () => {
    await bothStarted();
    await appendPauses(archive, 3);
    await inStep('the first events arrive');
    const [event] = await archive.eventing.store.readLog(3, 1);
    const forged = toBusMessage({ ...event!, position: 4, prev_hash: event!.hash, event_id: '01890000-0000-7000-8000-000000000001' });
    const stream = jetstream(client);
    await stream.publish(forged.subject, forged.body, { headers: forged.headers, msgID: 'forged' });
    const noise = headers();
    noise.set('lastcopy-position', '-1');
    for (let times = 0; times < 2; times += 1) {
      await stream.publish('lastcopy.events.client-1.engagement-1.archive_job.x.Nonsense', 'not json', { headers: noise });
    }
    await appendPauses(archive, 3);
    await inStep('later events arrive');
    await until('two alerts', async () => (await gateway.alerts()).length === 2);
    const kept = await gateway.eventing.store.query<{ n: string }>('select count(*) as n from parked_messages where alerted');
    expect(Number(kept[0]!.n)).toBe(2);
    expect((await gateway.alerts()).map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      'EVENT_MALFORMED high',
      'EVENT_MALFORMED high',
    ]);
  });

  it('finds a log that was restored to an older state, alarms, and takes no more of it', async () => {
    await bothStarted();
    await appendPauses(archive, 10);
    await inStep('the first events arrive');
    await archive.eventing.stop();
    await archive.database.asSuperuser('alter table events disable trigger events_are_facts');
    await archive.database.asSuperuser('delete from events where position > 6');
    await archive.database.asSuperuser('alter table events enable always trigger events_are_facts');
    await archive.eventing.start();
    await appendPauses(archive, 2);
    await until('the gateway alarms', async () => (await gateway.alerts()).some(({ code }) => code === 'EVENT_FORK'));
    expect(await gateway.eventing.forks()).toEqual([expect.objectContaining({ source: 'archive-service' })]);
    await until('the service itself alarms', async () => (await archive.alerts()).some(({ code }) => code === 'EVENT_FORK'));
    await appendPauses(archive, 20);
    const manager = await jetstreamManager(client);
    await until('the gateway has seen what came after', async () => {
      const { num_pending, num_ack_pending, delivered } = await manager.consumers.info(eventsStreamName, 'inbox-gateway');
      return num_pending === 0 && num_ack_pending === 0 && delivered.stream_seq >= 30;
    });
    expect(await gateway.received('archive-service')).toHaveLength(10);
    expect((await gateway.alerts()).filter(({ code }) => code === 'EVENT_FORK')).toHaveLength(1);
  });

  it('starts and takes commands while the bus is away', async () => {
    await nats.down();
    await bothStarted();
    await appendPauses(archive, 3);
    expect(await gateway.received('archive-service')).toEqual([]);
    await nats.up();
    await inStep('events arrive once the bus is there');
  });
});
