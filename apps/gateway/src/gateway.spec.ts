import { startGatewayFixture, type GatewayFixture } from './testing/gateway-fixture.js';
import { FlowScenario } from './testing/flow-scenario.js';

let fixture: GatewayFixture;
let scenario: FlowScenario;
beforeAll(async () => {
  fixture = await startGatewayFixture();
  scenario = new FlowScenario(fixture);
}, 60_000);
afterAll(() => fixture?.stop(), 30_000);

it('takes a flow from its beginning through the gate', async () => {
  const flow = await scenario.ready();
  const { body } = await fixture.as('olga').post(`/decommission-flow/${flow.flow_id}/proceed-to-shutdown`).expect(200);
  expect(body).toMatchObject({
    flow_id: flow.flow_id,
    status: 'system_shutdown',
    current_phase: 'system_shutdown',
    gate_no: 1,
    evidence_root: expect.stringMatching(/^[0-9a-f]{64}$/),
    summary: { archive_jobs_completed: 1, data_integrity_verified: true, total_data_archived_gb: 4 },
  });
});
