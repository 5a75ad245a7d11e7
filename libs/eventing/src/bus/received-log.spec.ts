import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { eventsStreamName, type EventEnvelope } from '@lastcopy/contracts';
import { until } from '@lastcopy/testkit';
import { envelopeHash } from '../store/envelope-hash.js';
import { logHeads } from '../store/log-heads.js';
import { contextOf, otherTenant } from '../testing/log-fixture.js';
import { appendPauses, busService, type BusService } from '../testing/bus-fixture.js';
import { PrivateNats } from '../testing/private-nats.js';
import { ReceivedLog } from './received-log.js';
import { replayPage } from './replay.js';

const source = 'archive-service';

describe('received events that cannot be stored', () => {
  let nats: PrivateNats;
  let archive: BusService;
  let gateway: BusService;
  let received: ReceivedLog;

  beforeEach(async () => {
    nats = await PrivateNats.start();
    [archive, gateway] = await Promise.all([busService(source, nats.url), busService('gateway', nats.url)]);
    received = new ReceivedLog(gateway.dataSource, () => undefined);
    await appendPauses(archive, 3);
  });
  afterEach(async () => {
    await Promise.all([archive.close(), gateway.close()]);
    await nats.remove();
  });

  const eventsFrom = async (position: number): Promise<EventEnvelope[]> => (await replayPage(archive.eventing.store, position, 100)).events;

  /** Every event that is stored fails as PostgreSQL says it of a broken disk and the like. */
  const failWith = async (sqlState: string): Promise<void> => {
    await gateway.database.asSuperuser(`create or replace function fail_to_store() returns trigger language plpgsql as $$
      begin raise exception 'cannot store' using errcode = '${sqlState}'; end $$`);
    await gateway.database.asSuperuser(
      'create or replace trigger fail_to_store before insert on received_events execute function fail_to_store()',
    );
  };
  const mend = () => gateway.database.asSuperuser('drop trigger fail_to_store on received_events');

  it.each(['58030', 'XX000', '42883'])('are no fork when the database fails with %s, and are stored once it works', async (sqlState) => {
    await failWith(sqlState);
    await expect(received.accept(source, await eventsFrom(1), 'replay')).rejects.toThrow('cannot store');
    expect(await gateway.eventing.forks()).toEqual([]);
    await mend();
    expect(await received.accept(source, await eventsFrom(1), 'replay')).toBe('in_step');
    expect(await gateway.received(source)).toHaveLength(3);
  });

  it('are where the heads of all logs end that a service holds, for any tenant that asks', async () => {
    const { store } = gateway.eventing;
    expect(await logHeads(store)).toEqual([]);
    await received.accept(source, await eventsFrom(1), 'replay');
    const own = await archive.eventing.store.head();
    const known = [{ source, epoch: own.epoch, position: 3, hash: own.hash }];
    expect(await logHeads(store)).toEqual(known);
    expect(await logHeads(archive.eventing.store)).toEqual(known);
    expect(await store.transact(contextOf({ tenant: otherTenant }), (tx) => logHeads(store, tx.query.bind(tx)))).toEqual(known);
  });

  it('are a fork when they say again what another event says', async () => {
    await received.accept(source, await eventsFrom(1), 'replay');
    await appendPauses(archive, 1);
    const [first] = await eventsFrom(1);
    const [fourth] = await eventsFrom(4);
    const again = { ...fourth!, event_id: first!.event_id };
    again.hash = envelopeHash(again);
    expect(await received.accept(source, [again], 'bus')).toBe('forked');
    expect(await gateway.eventing.forks()).toEqual([expect.objectContaining({ source, position: 4 })]);
  });

  it('are no fork when it is only the order of this database that is broken', async () => {
    await received.accept(source, await eventsFrom(1), 'replay');
    await appendPauses(archive, 1);
    await gateway.database.asSuperuser(`select setval('log_seq', 1, false)`);
    await expect(received.accept(source, await eventsFrom(4), 'bus')).rejects.toThrow('received_events_log_seq_key');
    expect(await gateway.eventing.forks()).toEqual([]);
  });

  it('are tried again until they are stored, without holding up the bus', async () => {
    const client = await connect({ servers: nats.url });
    try {
      await failWith('58030');
      await Promise.all([archive.eventing.start(), gateway.eventing.start()]);
      const manager = await jetstreamManager(client);
      await until('the gateway has taken every message', async () => {
        const info = await manager.consumers.info(eventsStreamName, 'inbox-gateway').catch(() => undefined);
        return info?.delivered.stream_seq === 3 && info.num_ack_pending === 0;
      });
      expect(await gateway.received(source)).toEqual([]);
      await mend();
      await until('all events are stored', async () => (await gateway.received(source)).length === 3);
      expect(await gateway.eventing.forks()).toEqual([]);
    } finally {
      await client.close();
    }
  });
});
