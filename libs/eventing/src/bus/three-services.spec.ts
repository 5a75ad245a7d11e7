import { randomUUID } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { eventsStreamName, type ServiceName } from '@lastcopy/contracts';
import type { Projection } from '../subscriptions/subscription.js';
import { appendPauses, busService, type BusService } from '../testing/bus-fixture.js';
import { tenant } from '../testing/log-fixture.js';
import { PrivateNats } from '../testing/private-nats.js';
import { until } from '@lastcopy/testkit';

/** Every event of every service, as often as it was given. */
const seenEvents: Projection = {
  kind: 'projection',
  name: 'seen',
  version: 1,
  tables: (schema) => `create table "${schema}".events (source text not null, position bigint not null)`,
  async apply({ query }, events, schema) {
    for (const { source, position } of events) await query(`insert into "${schema}".events values ($1, $2)`, [source, position]);
  },
};

describe('three services on one bus', () => {
  let nats: PrivateNats;
  let client: NatsConnection;
  let services: Record<'archive' | 'integrity' | 'gateway', BusService>;

  beforeEach(async () => {
    nats = await PrivateNats.start();
    client = await connect({ servers: nats.url });
    const [archive, integrity, gateway] = await Promise.all([
      busService('archive-service', nats.url),
      busService('integrity-service', nats.url),
      busService('gateway', nats.url, { subscriptions: [seenEvents] }),
    ]);
    services = { archive, integrity, gateway };
    await Promise.all(Object.values(services).map(({ eventing }) => eventing.start()));
  });
  afterEach(async () => {
    await Promise.all(Object.values(services).map((service) => service.close()));
    await client.close();
    await nats.remove();
  });

  const alert = ({ eventing }: BusService) =>
    eventing.raiseAlert(tenant, { severity: 'low', code: 'INTERNAL', message: 'trial', what_to_do: 'Nothing.', key: randomUUID() });

  /** `to` holds all of the log of `from`. */
  const inStep = (to: BusService, source: ServiceName, from: BusService) =>
    until(`the whole log of ${source} arrives`, async () => {
      const { position, hash } = await from.eventing.store.head();
      const received = await to.received(source);
      return received.length === position && received.at(-1)?.hash === hash;
    });

  const seenBySource = async () => {
    const rows = await services.gateway.dataSource.query('select source, count(*)::int as n from seen_v1.events group by source');
    return Object.fromEntries(rows.map(({ source, n }: { source: string; n: number }) => [source, n])) as Record<string, number>;
  };

  it('go on without one that is down, and are whole when it is back', async () => {
    const { archive, integrity, gateway } = services;
    await appendPauses(archive, 20);
    await Promise.all([inStep(gateway, 'archive-service', archive), inStep(integrity, 'archive-service', archive)]);
    await archive.eventing.stop();
    await appendPauses(archive, 10);
    for (let n = 0; n < 20; n += 1) await Promise.all([alert(integrity), alert(gateway)]);
    await Promise.all([inStep(gateway, 'integrity-service', integrity), inStep(integrity, 'gateway', gateway)]);
    await until('what goes on is folded', async () => (await seenBySource())['integrity-service'] === 20);
    expect(await gateway.received('archive-service')).toHaveLength(20);
    await archive.eventing.start();
    await Promise.all([
      inStep(gateway, 'archive-service', archive),
      inStep(integrity, 'archive-service', archive),
      inStep(archive, 'integrity-service', integrity),
      inStep(archive, 'gateway', gateway),
    ]);
    await until('all is folded', async () => Object.values(await seenBySource()).reduce((sum, n) => sum + n, 0) === 70);
    expect(await seenBySource()).toEqual({ 'archive-service': 30, 'integrity-service': 20, gateway: 20 });
    for (const { eventing } of Object.values(services)) expect(await eventing.forks()).toEqual([]);
  });

  it('wait for the one that alone can fill a hole, and for nothing else', async () => {
    const { archive, integrity, gateway } = services;
    await appendPauses(archive, 5);
    await Promise.all([inStep(gateway, 'archive-service', archive), inStep(integrity, 'archive-service', archive)]);
    await gateway.eventing.stop();
    await appendPauses(archive, 5);
    const manager = await jetstreamManager(client);
    await until('the bus holds them', async () => (await manager.streams.info(eventsStreamName)).state.messages === 10);
    await archive.eventing.stop();
    const lost = await manager.streams.getMessage(eventsStreamName, { seq: 7 });
    expect(lost!.header.get('ce-source')).toContain('archive-service');
    await manager.streams.deleteMessage(eventsStreamName, 7);
    await gateway.eventing.start();
    await alert(integrity);
    await inStep(gateway, 'integrity-service', integrity);
    const known = (await gateway.received('archive-service')).length;
    expect([5, 6]).toContain(known);
    await archive.eventing.start();
    await inStep(gateway, 'archive-service', archive);
    expect(await gateway.eventing.verifyChain('archive-service')).toEqual({ ok: true, checked: 10 });
  });
});
