import { FlowScenario, type ScenarioFlow } from './testing/flow-scenario.js';
import { startGatewayFixture, type GatewayFixture, type Person } from './testing/gateway-fixture.js';

let fixture: GatewayFixture;
let scenario: FlowScenario;
beforeAll(async () => {
  fixture = await startGatewayFixture();
  scenario = new FlowScenario(fixture);
}, 60_000);
afterAll(() => fixture.stop());

const inputsOf = ({ flow_id }: ScenarioFlow) => `/decommission-flow/${flow_id}/inputs`;
const save = (person: Person, flow: ScenarioFlow, kind: string, content: object, version?: number) =>
  fixture.as(person).put(`${inputsOf(flow)}/${kind}/draft`, { content }, version ? { 'If-Match': `"${version}"` } : {});
const submit = (person: Person, flow: ScenarioFlow, kind: string, ifMatch = '*') =>
  fixture.as(person).post(`${inputsOf(flow)}/${kind}/submit`, {}, { 'If-Match': ifMatch });

it('keeps an incomplete draft, and loses no edit of two people', async () => {
  const flow = await scenario.assigned();
  const first = await save('olga', flow, 'progress_note', { text: 'Half' }).expect(200);
  expect(first.headers.etag).toBe('"1"');
  await save('dana', flow, 'progress_note', { text: 'Mine' }).expect(428);
  const second = await save('dana', flow, 'progress_note', { text: 'Half done', percent: 50 }, 1).expect(200);
  expect(second.body).toMatchObject({ version: 2, edited_by: 'dana' });
  const refused = await save('olga', flow, 'progress_note', { text: 'Lost' }, 1).expect(412);
  expect(refused.body.detail).toContain('dana');
  expect((await fixture.as('carl').get(`${inputsOf(flow)}/progress_note/draft`)).body.content).toEqual({ text: 'Half done', percent: 50 });
  await submit('olga', flow, 'progress_note', '"1"').expect(412);
  await fixture
    .as('olga')
    .post(`${inputsOf(flow)}/progress_note/submit`)
    .expect(428);
  await fixture
    .as('olga')
    .delete(`${inputsOf(flow)}/progress_note/draft`)
    .expect(428);
  await fixture
    .as('olga')
    .delete(`${inputsOf(flow)}/progress_note/draft`, { 'If-Match': '"1"' })
    .expect(412);
  await fixture
    .as('olga')
    .delete(`${inputsOf(flow)}/progress_note/draft`, { 'If-Match': '"2"' })
    .expect(200);
  await fixture
    .as('olga')
    .get(`${inputsOf(flow)}/progress_note/draft`)
    .expect(404);
});

it('checks an input in full when it is submitted, records it and removes the draft', async () => {
  const flow = await scenario.assigned();
  await save('carl', flow, 'compliance_confirmation', { requirements: [] }).expect(200);
  await submit('carl', flow, 'compliance_confirmation').expect(422);
  await save('carl', flow, 'compliance_confirmation', { requirements: [{ requirement: 'SOX', confirmed: false }] }, 1).expect(200);
  const refused = await submit('carl', flow, 'compliance_confirmation').expect(422);
  expect(refused.body.errors).toEqual([expect.objectContaining({ pointer: '/requirements/0/comment' })]);
  const content = { requirements: [{ requirement: 'SOX', confirmed: true, comment: 'As archived' }] };
  await save('carl', flow, 'compliance_confirmation', content, 2).expect(200);
  const { body } = await submit('carl', flow, 'compliance_confirmation').expect(200);
  expect(body).toMatchObject({ kind: 'compliance_confirmation', content, submitted_by: 'carl' });
  expect((await fixture.as('olga').get(inputsOf(flow))).body).toEqual([body]);
  await submit('carl', flow, 'compliance_confirmation').expect(404);
  expect(await scenario.eventsOf(flow, 'FlowInputSubmitted')).toHaveLength(1);
  // The flow goes on with what was recorded on its stream.
  await fixture.as('olga').post(`/decommission-flow/${flow.flow_id}/pause`, { reason: 'lunch' }).expect(200);
});

it('lets each kind be filled in by those who answer for it', async () => {
  const flow = await scenario.assigned();
  await save('olga', flow, 'compliance_confirmation', {}).expect(403);
  await save('carl', flow, 'archive_destination', {}).expect(403);
  await save('aude', flow, 'progress_note', {}).expect(403);
  await save('lena', flow, 'progress_note', {}).expect(200);
  await save('olga', flow, 'nothing_known', {}).expect(404);
});

it('keeps the draft when the service that it concerns is down, and submits it once it is back', async () => {
  const flow = await scenario.assigned();
  const { system_id } = flow.system;
  await save('olga', flow, 'classification', { systems: [{ system_id, data_classification: ['PHI'] }] }).expect(200);
  await fixture.stopService('archive-service');
  await submit('olga', flow, 'classification').expect(503);
  expect(
    (
      await fixture
        .as('olga')
        .get(`${inputsOf(flow)}/classification/draft`)
        .expect(200)
    ).body.version,
  ).toBe(1);
  expect(await scenario.eventsOf(flow, 'FlowInputSubmitted')).toEqual([]);
  await fixture.startService('archive-service');
  const foreign = { systems: [{ system_id: flow.flow_id, data_classification: ['PHI'] }] };
  await save('olga', flow, 'classification', foreign, 1).expect(200);
  await submit('olga', flow, 'classification').expect(422);
});
