import { randomUUID } from 'node:crypto';
import { until } from '@lastcopy/testkit';
import { replayPage } from '../bus/replay.js';
import { ReceivedLog } from '../bus/received-log.js';
import { appendPauses, busService, type BusService } from '../testing/bus-fixture.js';
import { contextOf, otherTenant, paused, silent } from '../testing/log-fixture.js';
import { PrivateNats } from '../testing/private-nats.js';
import { ChainWatch } from './chain-watch.js';

describe('the watch over the chains of a service', () => {
  let nats: PrivateNats;
  let archive: BusService;
  let gateway: BusService;
  beforeEach(async () => {
    nats = await PrivateNats.start();
    [archive, gateway] = await Promise.all([busService('archive-service', nats.url), busService('gateway', nats.url)]);
    await appendPauses(archive, 230);
  });
  afterEach(async () => {
    await Promise.all([archive.close(), gateway.close()]);
    await nats.remove();
  });

  const change = async ({ database }: BusService, table: string, position: number): Promise<void> => {
    await database.asSuperuser(`alter table ${table} disable trigger ${table}_are_facts`);
    await database.asSuperuser(`update ${table} set data = jsonb_set(data, '{reason}', '"other"') where position = $1`, [position]);
    await database.asSuperuser(`alter table ${table} enable always trigger ${table}_are_facts`);
  };
  const broken = async (service: BusService) => (await service.alerts()).filter(({ code }) => code === 'EVENT_CHAIN_BROKEN');
  const alerted = (service: BusService, count: number) => until('the alerts', async () => (await broken(service)).length >= count);

  interface Said {
    errors: string[];
    whole: object[];
  }

  /** Watches, a round at once after the other, until `work` is done. */
  const watching = async ({ eventing, dataSource }: BusService, work: (said: Said) => Promise<unknown>): Promise<Said> => {
    const said: Said = { errors: [], whole: [] };
    const logger = {
      ...silent,
      error: (_fields: object, message: string) => void said.errors.push(message),
      debug: (fields: object) => void said.whole.push(fields),
    };
    const stopping = new AbortController();
    const running = new ChainWatch(eventing.store, dataSource, logger, 20).run(stopping.signal);
    try {
      await work(said);
    } finally {
      stopping.abort();
      await running;
    }
    return said;
  };

  it('alarms each tenant of its own log at the start, and once only', async () => {
    const context = contextOf({ tenant: otherTenant });
    const job = randomUUID();
    await archive.eventing.store.transact(context, (tx) => tx.append('archive_job', job, 0, [paused(job, randomUUID())]));
    await change(archive, 'events', 120);
    await archive.eventing.start();
    await alerted(archive, 2);
    await archive.eventing.stop();
    const { errors } = await watching(archive, (said) => until('it is found again', async () => said.errors.length >= 3));
    expect(new Set(errors)).toEqual(new Set(['EVENT_CHAIN_BROKEN: rows of a log were changed, removed or damaged']));
    const alerts = await broken(archive);
    expect(alerts).toHaveLength(2);
    expect(alerts[0]).toMatchObject({
      severity: 'critical',
      message: expect.stringMatching(/archive-service .* position 120: its columns are not what was hashed/),
    });
    expect(
      await archive.eventing.store.query('select distinct client_account_id from events where type = $1', ['AlertRaised']),
    ).toHaveLength(2);
  });

  it('finds a received row that was changed between two rounds, and calls no sound log broken', async () => {
    const received = new ReceivedLog(gateway.dataSource, () => undefined);
    await received.accept('archive-service', (await replayPage(archive.eventing.store, 1, 500)).events, 'replay');
    const { errors } = await watching(gateway, async (said) => {
      await until('every log is read twice', async () => said.whole.length >= 8);
      expect(said.whole).toContainEqual({ source: 'archive-service', checked: 230 });
      expect(said.errors).toEqual([]);
      await change(gateway, 'received_events', 7);
      await alerted(gateway, 1);
    });
    expect(errors[0]).toMatch(/^EVENT_CHAIN_BROKEN/);
    expect(await broken(gateway)).toEqual([
      expect.objectContaining({
        severity: 'critical',
        message: expect.stringContaining('The log of archive-service in the database of gateway'),
      }),
    ]);
  });

  it('goes on when a log cannot be read for a while', async () => {
    await change(archive, 'events', 3);
    await archive.database.asSuperuser('alter table events rename to events_away');
    await watching(archive, async (said) => {
      await until('it could not be read', async () => said.errors.length > 0);
      await archive.database.asSuperuser('alter table events_away rename to events');
      await alerted(archive, 1);
    });
    expect(await broken(archive)).toHaveLength(1);
  });
});
