import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { streamId } from '@lastcopy/contracts';
import { deterministicId } from '@lastcopy/eventing';
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

const read = async (flowId = flow.flow_id) => (await reader.read(fixture.tenant, flowId))!;
const readAnew = async (flowId: string) => (await reader.readAnew(store().within(fixture.tenant), fixture.tenant, flowId))!;

/** Both looks while nothing is added between them: what the other services tell still arrives. */
const agreed = (flowId = flow.flow_id) =>
  until('a look to know what a look from the first event knows', async () => {
    const [before, anew, after] = [await read(flowId), await readAnew(flowId), await read(flowId)];
    return isDeepStrictEqual(before.facts, after.facts) && isDeepStrictEqual(before.facts, anew.facts) && before;
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

it('counts no signature of a key that was withdrawn', async () => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-withdrawn-'));
  const file = 'integrity-signing.jwks.json';
  await copyFile(path.join(fixture.keysDir, file), path.join(dir, file));
  const own = new EvidenceReader(store(), attestationKeysIn(dir, 0), []);
  const looks = {
    goingOn: () => own.read(fixture.tenant, flow.flow_id),
    anew: () => own.readAnew(store().within(fixture.tenant), fixture.tenant, flow.flow_id),
  };
  const valid = async (look: keyof typeof looks) => [...(await looks[look]())!.facts.attestations.values()].map((each) => each.valid);
  expect([await valid('goingOn'), await valid('anew')]).toEqual([[true], [true]]);
  await writeFile(path.join(dir, file), JSON.stringify({ keys: [] }));
  expect([await valid('goingOn'), await valid('anew')]).toEqual([[false], [false]]);
  await rm(dir, { recursive: true });
});

it('shows a flow to its own tenant alone, however often it was looked at', async () => {
  const stranger = { ...fixture.tenant, engagement_id: randomUUID() };
  await read();
  expect(await reader.read(stranger, flow.flow_id)).toBeNull();
  expect(await reader.readAll(stranger, [flow.flow_id, randomUUID()])).toEqual(new Map());
});

/** Things that happen to a flow, to what is around it, and to the logs, each told by whose it is. */
const happenings: Record<string, (flow: ScenarioFlow, round: number) => Promise<unknown>> = {
  paused: (at) => fixture.append('gateway', 'decommission_flow', at.flow_id, [{ type: 'FlowPaused', data: of(at) }]),
  resumed: (at) => fixture.append('gateway', 'decommission_flow', at.flow_id, [{ type: 'FlowResumed', data: of(at) }]),
  held: ({ system }, round) => {
    const scope = { kind: 'system', system_id: system.system_id } as const;
    const data = { hold_id: holdIdOf(round), matter: 'Doe ./. Acme', reason: 'Litigation', scope, placed_by: 'lena' };
    return fixture.append('policy-service', 'legal_hold', data.hold_id, [{ type: 'LegalHoldPlaced', data }]);
  },
  described: ({ system }, round) => {
    const source = { kind: 'postgresql', host: `db-${round}`, port: 5432, database: 'billing', user: 'reader', secret_ref: 'billing' };
    const about = {
      data_classification: ['PII'],
      compliance_requirements: ['SOX'],
      version: round + 2,
      reason: 'Moved',
      changed: ['source'],
    };
    return fixture.append('archive-service', 'system', system.system_id, [
      { type: 'SystemRevised', data: { ...system, source, ...about } },
    ]);
  },
  failed: (at, round) => new FlowScenario(fixture).fail(at, round + 2),
  'documented by a person': (at) => new FlowScenario(fixture).attachDocuments(at, 'carl'),
  'not digested': ({ flow_id }, round) => park(flow_id, round),
  digested: () => unpark(),
  alarming: (at, round) => {
    const alert_id = deterministicId('course', String(round));
    const data = {
      alert_id,
      severity: 'critical',
      code: 'CHAIN_BROKEN',
      message: 'Another log',
      what_to_do: 'Compare',
      flow_id: at.flow_id,
    } as const;
    return fixture.append('integrity-service', 'integrity_alert', alert_id, [{ type: 'AlertRaised', data }]);
  },
};
const of = ({ flow_id }: ScenarioFlow) => ({ flow_id, reason: 'The test' });
let rounds = 0;
const holdIdOf = (round: number) => deterministicId('course hold', String(round));
const park = (flowId: string, logSeq: number) =>
  fixture.asSuperuser(
    `insert into parked_events (subscription, version, stream_id, log_seq, code, message)
     values ('the_test', 1, $1, $2, 'EVENT_MALFORMED', '') on conflict do nothing`,
    [streamId('decommission_flow', flowId), logSeq],
  );

const unpark = () => fixture.asSuperuser(`delete from parked_events where subscription = 'the_test'`);

it('sees that another event is the one that cannot be digested, though there are as many', async () => {
  const other = await new FlowScenario(fixture).assigned();
  await park(flow.flow_id, 400);
  await park(other.flow_id, 600);
  expect((await agreed()).facts.parked).toHaveLength(1);
  await unpark();
  await park(other.flow_id, 300);
  await park(other.flow_id, 700);
  expect((await agreed()).facts.parked).toEqual([]);
  await unpark();
});

it('knows what a look from the first event knows after whatever happened, in any order', async () => {
  const others = [await new FlowScenario(fixture).started(), await new FlowScenario(fixture).assigned()];
  const happening = fc.tuple(fc.constantFrom(...Object.keys(happenings)), fc.constantFrom(flow, ...others), fc.boolean());
  const course = async (steps: [string, ScenarioFlow, boolean][]) => {
    for (const [what, whose, looks] of steps) {
      await happenings[what]!(whose, (rounds += 1));
      // Looks that come at any moment leave what the next ones go on from.
      if (looks) await reader.readAll(fixture.tenant, [flow.flow_id, whose.flow_id]);
    }
    for (const { flow_id } of [flow, ...others]) await agreed(flow_id);
  };
  await fc.assert(fc.asyncProperty(fc.array(happening, { minLength: 12, maxLength: 12 }), course), { numRuns: 3, endOnFailure: true });
}, 120_000);
