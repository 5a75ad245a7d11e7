import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { until } from '@lastcopy/testkit';
import { FlowScenario, type ScenarioFlow } from '../testing/flow-scenario.js';
import { startGatewayFixture, type GatewayFixture } from '../testing/gateway-fixture.js';
import { attestationKeysIn } from './attestation-keys.js';
import { EvidenceReader } from './evidence-reader.js';

let fixture: GatewayFixture;
let flow: ScenarioFlow;
let reader: EvidenceReader;
const store = () => fixture.gateway.deps.eventing.store;

beforeAll(async () => {
  fixture = await startGatewayFixture();
  flow = await new FlowScenario(fixture).started();
  reader = new EvidenceReader(store(), attestationKeysIn(fixture.keysDir), []);
}, 60_000);
afterAll(() => fixture?.stop(), 30_000);

const read = async () => (await reader.read(fixture.tenant, flow.flow_id))!;
const readAnew = async () => (await reader.readAnew(store().within(fixture.tenant), fixture.tenant, flow.flow_id))!;

/** Both looks while nothing is added between them: what the other services tell still arrives. */
const agreed = () =>
  until('a look to know what a look from the first event knows', async () => {
    const [before, anew, after] = [await read(), await readAnew(), await read()];
    return before === after && isDeepStrictEqual(before.facts, anew.facts) && before;
  });

it('goes on where the last look ended, and knows what a look from the first event knows', async () => {
  await agreed();
  await new FlowScenario(fixture).archive(flow);
  expect((await agreed()).facts.jobs).toEqual([expect.objectContaining({ status: 'completed' })]);
});

it('sees what belongs to no flow: a hold, and a system that is described anew', async () => {
  const { system } = flow;
  expect((await read()).facts.holds).toEqual([]);
  const hold_id = randomUUID();
  const hold = { hold_id, matter: 'Doe ./. Acme', reason: 'Litigation', scope: { kind: 'system', system_id: system.system_id } };
  await fixture.append('policy-service', 'legal_hold', hold_id, [{ type: 'LegalHoldPlaced', data: { ...hold, placed_by: 'lena' } }]);
  await until('the hold', async () => (await read()).facts.holds.length === 1);
  const source = { kind: 'postgresql', host: 'db-2', port: 5432, database: 'billing', user: 'reader', secret_ref: 'billing' };
  const about = { data_classification: ['PII'], compliance_requirements: ['SOX'], version: 2, reason: 'It moved', changed: ['source'] };
  await fixture.append('archive-service', 'system', system.system_id, [{ type: 'SystemRevised', data: { ...system, source, ...about } }]);
  await until('the new host', async () => JSON.stringify((await read()).facts.systems.get(system.system_id)).includes('db-2'));
  await agreed();
});

it('keeps nothing of what a transaction wrote that was undone', async () => {
  await agreed();
  await expect(
    store().transact(
      { command_id: randomUUID(), tenant: fixture.tenant, actor: { user_id: 'olga', name: 'Olga', roles: [] } },
      async (tx) => {
        const { version } = await tx.load('decommission_flow', flow.flow_id);
        await tx.append('decommission_flow', flow.flow_id, version, [
          { type: 'FlowPaused', data: { flow_id: flow.flow_id, reason: 'Undone' } },
        ]);
        expect((await reader.readIn(tx.query.bind(tx), fixture.tenant, flow.flow_id))!.facts.flow.paused).toBe(true);
        throw new Error('undone');
      },
    ),
  ).rejects.toThrow('undone');
  expect((await agreed()).facts.flow.paused).toBe(false);
});

it('shows a flow to its own tenant alone, however often it was looked at', async () => {
  const stranger = { ...fixture.tenant, engagement_id: randomUUID() };
  await read();
  expect(await reader.read(stranger, flow.flow_id)).toBeNull();
  expect(await reader.readAll(stranger, [flow.flow_id, randomUUID()])).toEqual(new Map());
});
