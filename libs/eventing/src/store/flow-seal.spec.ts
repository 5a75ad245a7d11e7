import { randomUUID } from 'node:crypto';
import type { FlowSealed } from '@lastcopy/contracts';
import { contextOf, openLog, otherTenant, paused, tenant, type LogFixture } from '../testing/log-fixture.js';
import { sealFlow, unsealFlow } from './flow-seal.js';
import { raiseAlert } from './raise-alert.js';

describe('sealing a flow', () => {
  let log: LogFixture;
  let flow: string;
  const [first, second] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
  beforeEach(async () => {
    log = await openLog('flow_seal');
    flow = randomUUID();
    await log.append('archive_job', second, [paused(second, flow), paused(second, flow)]);
    await log.append('archive_job', first, [paused(first, flow)]);
    await log.append('archive_job', randomUUID(), [paused(randomUUID(), randomUUID())]);
  });
  afterEach(() => log.database.drop());
  const seal = (gate_no: number, context = contextOf()) => sealFlow(log.store, context, { flow_id: flow, gate_no });
  const unseal = (gate_no: number) => unsealFlow(log.store, contextOf(), { flow_id: flow, gate_no });

  it('names the heads of the streams of the flow, in order, and answers the same when repeated', async () => {
    const alert = { severity: 'high' as const, code: 'X', message: 'm', what_to_do: 'w', flow_id: flow };
    await raiseAlert(log.store, tenant, alert);
    const token = await seal(1);
    expect(await seal(1)).toEqual(token);
    const [sealed, ...more] = await log.store.readStream('archive_seal', flow);
    expect(more).toEqual([]);
    const heads = await Promise.all([first, second].map(async (id) => (await log.store.readStream('archive_job', id)).at(-1)!));
    expect((sealed!.data as FlowSealed).streams).toEqual(heads.map(({ stream_id, version, hash }) => ({ stream_id, version, hash })));
  });

  it('refuses changes of the flow until it is unsealed, but never an alert, and leaves other flows alone', async () => {
    await seal(1);
    await expect(log.append('archive_job', first, [paused(first, flow)])).rejects.toMatchObject({ code: 'FLOW_SEALED' });
    await expect(log.append('archive_job', randomUUID(), [paused(randomUUID(), flow)])).rejects.toMatchObject({ code: 'FLOW_SEALED' });
    await log.append('archive_job', randomUUID(), [paused(randomUUID(), randomUUID())]);
    const alert = { severity: 'high' as const, code: 'X', message: 'm', what_to_do: 'w', flow_id: flow };
    expect(await raiseAlert(log.store, tenant, alert)).toEqual(await raiseAlert(log.store, tenant, alert));
    await unseal(1);
    await log.append('archive_job', first, [paused(first, flow)]);
  });

  it('refuses a gate that is over: a lower one, and one whose seal comes after its unseal', async () => {
    await seal(3);
    await expect(seal(2)).rejects.toMatchObject({ code: 'GATE_SUPERSEDED' });
    await expect(unseal(2)).rejects.toMatchObject({ code: 'GATE_SUPERSEDED' });
    const token = await unseal(3);
    expect(await unseal(3)).toEqual(token);
    await expect(seal(3)).rejects.toMatchObject({ code: 'GATE_SUPERSEDED' });
    await unseal(4);
    await expect(seal(4)).rejects.toMatchObject({ code: 'GATE_SUPERSEDED' });
    await seal(5);
  });

  it('does not know the flow of another tenant', async () => {
    await expect(seal(1, contextOf({ tenant: otherTenant }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await log.append('archive_job', first, [paused(first, flow)]);
  });
});
