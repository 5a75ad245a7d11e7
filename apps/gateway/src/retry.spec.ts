import { startGatewayFixture, type GatewayFixture } from './testing/gateway-fixture.js';
import { assignmentOf } from './testing/archived-flow.js';
import { FlowScenario, type ScenarioFlow } from './testing/flow-scenario.js';
import { until } from '@lastcopy/testkit';

let fixture: GatewayFixture;
let scenario: FlowScenario;
beforeAll(async () => {
  fixture = await startGatewayFixture();
  scenario = new FlowScenario(fixture);
}, 60_000);
afterAll(() => fixture?.stop(), 30_000);

const olga = () => fixture.as('olga');

/** A flow whose job has failed and waits for a person. */
async function failedJob(): Promise<ScenarioFlow> {
  const flow = await scenario.started();
  const ids = { job_id: flow.job_id, flow_id: flow.flow_id, attempt: 1 };
  const error = { code: 'STORE_DENIED', error_class: 'permanent', message: 'access denied', hint: 'Check the credentials.' };
  await fixture.append('archive-service', 'archive_job', flow.job_id, [
    { type: 'ArchiveJobStarted', data: { ...ids, worker_id: 'worker-1' } },
    { type: 'ArchiveJobFailed', data: { ...ids, ...error } },
  ]);
  await until('the failed job', async () => (await olga().get(`/archive-jobs/${flow.job_id}`)).body.status === 'failed');
  return flow;
}

/** The codes that every way to archive again answers, `dry_run` included; undefined where it was let through. */
async function refusals({ flow_id, job_id }: ScenarioFlow): Promise<(string | undefined)[]> {
  const bulk = (action: string, dry_run: boolean) =>
    olga().post(`/decommission-flow/${flow_id}/archive-jobs/bulk`, { action, job_ids: [job_id], dry_run });
  const single = [
    await olga().post(`/decommission-flow/archive-jobs/${job_id}/retry`),
    await olga().post(`/archive-jobs/${job_id}/retry`),
    await olga().post(`/archive-jobs/${job_id}/resume`),
  ];
  const many = [await bulk('retry', false), await bulk('retry', true), await bulk('resume', false)];
  return [...single.map(({ body }) => body.code), ...many.map(({ body }) => body.results[0].code)] as (string | undefined)[];
}

const eventsOfJob = async ({ job_id }: ScenarioFlow) =>
  (await fixture.services['archive-service'].deps.eventing.store.readStream('archive_job', job_id)).map(({ type }) => type);

it('does not archive again while the flow is paused, nor after it was cancelled', async () => {
  const flow = await failedJob();
  await olga().post(`/decommission-flow/${flow.flow_id}/pause`).expect(200);
  expect(await refusals(flow)).toEqual(Array(6).fill('FLOW_STATE'));
  await olga().post(`/decommission-flow/${flow.flow_id}/cancel`).expect(200);
  expect(await refusals(flow)).toEqual(Array(6).fill('FLOW_STATE'));
  expect((await eventsOfJob(flow)).at(-1)).toBe('ArchiveJobFailed');
}, 30_000);

it('does not archive again under a policy that nobody approved, and does once it is approved', async () => {
  const flow = await failedJob();
  const changed = { ...assignmentOf(flow.flow_id, flow.system), policy_version: 2 };
  await fixture.append('policy-service', 'policy_assignment', changed.assignment_id, [{ type: 'PolicyAssigned', data: changed }]);
  await until('the approval to be outdated', async () =>
    (await scenario.readiness(flow)).blockers.some(({ code }) => code === 'APPROVAL_OUTDATED'),
  );
  expect(await refusals(flow)).toEqual(Array(6).fill('APPROVALS_MISSING'));
  expect((await eventsOfJob(flow)).at(-1)).toBe('ArchiveJobFailed');
  await scenario.approve(flow, 'dana');
  await scenario.approve(flow, 'carl');
  await olga().post(`/archive-jobs/${flow.job_id}/retry`).expect(200);
  expect((await eventsOfJob(flow)).at(-1)).toBe('ArchiveRetryScheduled');
}, 30_000);

it('does not archive again once the flow has gone on', async () => {
  const flow = await scenario.ready();
  await olga().post(`/decommission-flow/${flow.flow_id}/proceed-to-shutdown`).expect(200);
  const { body } = await olga().post(`/archive-jobs/${flow.job_id}/retry`).expect(409);
  expect(body.code).toBe('FLOW_STATE');
}, 30_000);
