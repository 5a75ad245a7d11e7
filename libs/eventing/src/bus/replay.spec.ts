import { randomUUID } from 'node:crypto';
import { busService, type BusService } from '../testing/bus-fixture.js';
import { contextOf, paused } from '../testing/log-fixture.js';
import { PrivateNats } from '../testing/private-nats.js';
import { replayPage } from './replay.js';
import { until } from '@lastcopy/testkit';

const kib = 1024;
const pageBytes = 512 * kib;
const messageBytes = 1024 * kib;

describe('a piece of a log that is asked for', () => {
  let nats: PrivateNats;
  let archive: BusService;
  beforeAll(async () => {
    nats = await PrivateNats.start();
    archive = await busService('archive-service', nats.url);
  });
  afterAll(async () => {
    await archive.close();
    await nats.remove();
  });

  /** In text that JSON writes longer than it is. */
  const append = (bytes: number) => {
    const job = randomUUID();
    const reason = 'é"'.repeat(bytes / 4);
    return archive.eventing.store.transact(contextOf(), (tx) => tx.append('archive_job', job, 0, [paused(job, randomUUID(), reason)]));
  };

  it('holds at most 512 KiB, but always an event, and fits into one message of the bus', async () => {
    const { store } = archive.eventing;
    for (const size of [150, 150, 150, 150, 390, 390, 1]) await append(size * kib);
    const positions: number[][] = [];
    for (let from = 1; from <= 7;) {
      const page = await replayPage(store, from, 500);
      const bytes = Buffer.byteLength(JSON.stringify(page.events));
      expect(bytes).toBeLessThanOrEqual(pageBytes + kib);
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(messageBytes);
      expect(page.head_position).toBe(7);
      positions.push(page.events.map(({ position }) => position));
      from = page.events.at(-1)!.position + 1;
    }
    expect(positions).toEqual([[1, 2, 3], [4], [5], [6, 7]]);
    expect((await replayPage(store, 1, 2)).events).toHaveLength(2);
    expect((await replayPage(store, 8, 500)).events).toEqual([]);
  });

  it('brings a service that begins from nothing all of a log that is far larger than a page', async () => {
    const gateway = await busService('gateway', nats.url);
    try {
      await Promise.all([archive.eventing.start(), gateway.eventing.start()]);
      const { hash, position } = await archive.eventing.store.head();
      await until('every event to arrive', async () => (await gateway.received('archive-service')).at(-1)?.hash === hash);
      expect(await gateway.eventing.verifyChain('archive-service')).toEqual({ ok: true, checked: position });
      expect(await gateway.alerts()).toEqual([]);
    } finally {
      await gateway.close();
    }
  });
});
