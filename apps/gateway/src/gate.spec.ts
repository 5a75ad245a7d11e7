import { createHash, randomUUID } from 'node:crypto';
import { shutdownObjectionsSubject, type ShutdownObjections } from '@lastcopy/contracts';
import { canonicalJson } from '@lastcopy/eventing';
import { startGatewayFixture, type GatewayFixture } from './testing/gateway-fixture.js';
import { FlowScenario, type ScenarioFlow } from './testing/flow-scenario.js';
import { until } from '@lastcopy/testkit';

let fixture: GatewayFixture;
let scenario: FlowScenario;
beforeAll(async () => {
  fixture = await startGatewayFixture();
  scenario = new FlowScenario(fixture);
}, 60_000);
afterAll(() => fixture?.stop(), 30_000);

/** The body as it came, byte by byte. */
const bytesOf = (response: NodeJS.EventEmitter, done: (error: Error | null, body: Buffer) => void) => {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer | string) => chunks.push(Buffer.from(chunk as string, 'binary')));
  response.on('end', () => done(null, Buffer.concat(chunks)));
};

const proceed = ({ flow_id }: ScenarioFlow) => fixture.as('olga').post(`/decommission-flow/${flow_id}/proceed-to-shutdown`);
const transitionsOf = async (flow: ScenarioFlow) =>
  (await scenario.eventsOf(flow, 'PhaseTransitioned')).filter(({ data }) => (data as { to_phase: string }).to_phase === 'system_shutdown');

/** As many races as a short run affords; the long form is RACES=200. */
const repetitions = Number(process.env.RACES ?? 3);
const readyFlows = (count: number) => Promise.all(Array.from({ length: count }, () => scenario.ready()));

let went: Promise<ScenarioFlow> | undefined;
const goOn = async () => {
  const flow = await scenario.ready();
  await proceed(flow).expect(200);
  return flow;
};
/** One flow after its gate, for tests that leave it as it is. */
const gone = () => (went ??= goOn());

async function objectionsTo({ flow_id }: ScenarioFlow, tenant = fixture.tenant): Promise<ShutdownObjections> {
  const { nats } = fixture.services['policy-service'].deps;
  const answer = await nats.request(shutdownObjectionsSubject(tenant), JSON.stringify({ flow_id }), { timeout: 10_000 });
  return answer.json<ShutdownObjections>();
}

it('lets a hundred callers through together, and the flow only once', async () => {
  const flow = await scenario.ready();
  const answers = await Promise.all(Array.from({ length: 100 }, () => proceed(flow)));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  expect(new Set(answers.map(({ body }) => (body as { evidence_root: string }).evidence_root)).size).toBe(1);
  expect(await transitionsOf(flow)).toHaveLength(1);
  expect(await scenario.eventsOf(flow, 'TransitionProposed')).toHaveLength(1);
  expect(await objectionsTo(flow)).toMatchObject({ clear: true, transitioned: true, objections: [] });
}, 60_000);

it('keeps the document whose SHA-256 is the evidence_root, for anybody to hash', async () => {
  const flow = await scenario.ready();
  const evidence = `/decommission-flow/${flow.flow_id}/evidence`;
  await fixture.as('lena').get(evidence).expect(404);
  const { body } = await proceed(flow).expect(200);
  const answer = await fixture
    .as('lena')
    .get(evidence)
    .buffer(true)
    .parse(bytesOf)
    .expect(200)
    .expect('content-type', /application\/json/);
  const bytes = answer.body as Buffer;
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(body.evidence_root);
  const document = JSON.parse(bytes.toString('utf8'));
  expect([document.flow_id, document.gate_no, document.jobs[0].job_id]).toEqual([flow.flow_id, body.gate_no, flow.job_id]);
  await fixture.as('lena', { client_account_id: randomUUID(), engagement_id: randomUUID() }).get(evidence).expect(404);
});

it('does not go on with a failed check that is published and not yet seen here', async () => {
  for (const flow of await readyFlows(repetitions)) {
    const [, answer] = await Promise.all([scenario.fail(flow), proceed(flow)]);
    // Whatever wins the race: no flow goes on silently over a check that failed.
    await until('the failed check to be judged', async () => {
      const objected = await scenario.eventsOf(flow, 'ShutdownObjectionRaised');
      const { blockers } = await scenario.readiness(flow);
      return objected.length > 0 || blockers.some(({ code }) => code === 'NOT_VERIFIED');
    });
    const transitions = await transitionsOf(flow);
    expect([answer.status, transitions.length]).toEqual(transitions.length > 0 ? [200, 1] : [409, 0]);
    expect((await objectionsTo(flow)).clear).toBe(false);
  }
}, 120_000);

it('finds in the seal what the integrity-service had written before, though it has not arrived', async () => {
  for (const flow of await readyFlows(repetitions)) {
    // Committed there before anyone asks here: the gate must wait for it, however late it arrives.
    await scenario.fail(flow);
    const { status, body } = await proceed(flow);
    expect([status, body.code]).toEqual([409, 'GATE_BLOCKED']);
    expect(await transitionsOf(flow)).toEqual([]);
  }
}, 120_000);

it('says what blocks, and abandons nothing that it did not begin', async () => {
  const flow = await scenario.started();
  const { body } = await proceed(flow)
    .expect(409)
    .expect('content-type', /application\/problem\+json/);
  expect(body).toMatchObject({ code: 'GATE_BLOCKED', status: 409, trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) });
  const codes = ['JOB_UNFINISHED', 'ARTIFACT_MISSING', 'ARTIFACT_MISSING', 'APPROVAL_MISSING'];
  expect(body.blockers.map(({ code }: { code: string }) => code)).toEqual(codes);
  expect(body.errors).toHaveLength(codes.length);
  expect(await scenario.eventsOf(flow, 'TransitionProposed')).toEqual([]);
  const viaPhase = await fixture
    .as('olga')
    .post(`/decommission-flow/${flow.flow_id}/phases/data_migration`, { phase_status: 'completed' })
    .expect(409);
  expect(viaPhase.body.code).toBe('GATE_BLOCKED');
});

it('gives the gate up when a service does not seal, unseals the others, and can go on later', async () => {
  const flow = await scenario.ready();
  await fixture.stopService('archive-service');
  const { body } = await proceed(flow).expect(409);
  expect(body.blockers).toEqual([expect.objectContaining({ code: 'SEAL_MISSING', message: expect.stringContaining('archive-service') })]);
  await fixture.startService('archive-service');
  const { store } = fixture.services['policy-service'].deps.eventing;
  await until(
    'the other services to be unsealed',
    async () => (await store.readStream('policy_seal', flow.flow_id)).at(-1)?.type === 'FlowUnsealed',
  );
  await until('nothing to be left open', async () => (await openTransitions(flow)).length === 0);
  const again = await proceed(flow).expect(200);
  expect(again.body).toMatchObject({ gate_no: 2, current_phase: 'system_shutdown' });
}, 60_000);

const openTransitions = ({ flow_id }: ScenarioFlow) =>
  fixture.gateway.deps.eventing.store.query<{ state: string }>('select state from open_transitions where flow_id = $1', [flow_id]);

/** What a crash leaves: the proposal is in the log, one service has not sealed, and nobody is at work on it. */
async function stopBetweenProposingAndDeciding(flow: ScenarioFlow): Promise<void> {
  await fixture.stopService('integrity-service');
  const answer = proceed(flow).then(
    ({ status }) => status,
    () => null,
  );
  await until('the proposal', async () => (await scenario.eventsOf(flow, 'TransitionProposed')).length === 1);
  await fixture.gateway.close();
  expect(await answer).not.toBe(200);
}

it('carries on at the next start what a crash left between proposing and deciding', async () => {
  const flow = await scenario.ready();
  await stopBetweenProposingAndDeciding(flow);
  await fixture.startService('integrity-service');
  await fixture.restartGateway({ TRANSITION_TIMEOUT_MS: '60000' });
  await until('the transition', async () => (await transitionsOf(flow)).length === 1);
  expect((await scenario.readiness(flow)).blockers.map(({ code }) => code)).toEqual(['FLOW_PHASE']);
  await fixture.restartGateway();
}, 90_000);

it('abandons at the next start a gate whose time is over', async () => {
  const flow = await scenario.ready();
  await stopBetweenProposingAndDeciding(flow);
  await fixture.restartGateway({ TRANSITION_TIMEOUT_MS: '100' });
  await until('the gate to be abandoned', async () => (await scenario.eventsOf(flow, 'TransitionAbandoned')).length === 1);
  expect(await transitionsOf(flow)).toEqual([]);
  await fixture.startService('integrity-service');
  await until('every service to be unsealed', async () => (await openTransitions(flow)).length === 0);
  await fixture.restartGateway();
  await proceed(flow).expect(200);
}, 90_000);

it('gives a gate up in time although the evidence cannot be read, and unseals', async () => {
  const flow = await scenario.ready();
  await fixture.stopService('integrity-service');
  const answer = proceed(flow).then(({ body }) => body);
  await until('the proposal', async () => (await scenario.eventsOf(flow, 'TransitionProposed')).length === 1);
  await fixture.asSuperuser('alter table event_forks rename to event_forks_away');
  await until('the gate to be abandoned', async () => (await scenario.eventsOf(flow, 'TransitionAbandoned')).length === 1);
  await fixture.asSuperuser('alter table event_forks_away rename to event_forks');
  expect((await answer).blockers).toEqual([
    expect.objectContaining({ code: 'GATE_UNDECIDED', message: expect.stringContaining('event_forks') }),
  ]);
  await fixture.startService('integrity-service');
  await until('every service to be unsealed', async () => (await openTransitions(flow)).length === 0);
  await proceed(flow).expect(200);
}, 90_000);

it('is blocked by an event that this software is too old for, and judges all others', async () => {
  const flow = await scenario.ready();
  const version = (from: number, to: number) =>
    fixture.asSuperuser('update received_events set schema_version = $3 where flow_id = $1 and type = $4 and schema_version = $2', [
      ...[flow.flow_id, from, to, 'RetentionVerified'],
    ]);
  await fixture.asSuperuser('alter table received_events disable trigger user');
  await version(1, 99);
  const { body } = await proceed(flow).expect(409);
  const codes = body.blockers.map(({ code }: { code: string }) => code);
  expect(body.code).toBe('GATE_BLOCKED');
  expect(codes).toEqual(expect.arrayContaining(['EVENTS_PARKED', 'RETENTION_NOT_VERIFIED']));
  await version(99, 1);
  await fixture.asSuperuser('alter table received_events enable trigger user');
  await proceed(flow).expect(200);
}, 30_000);

it('objects to a shutdown when an archive turns out damaged after the transition', async () => {
  const flow = await goOn();
  await scenario.fail(flow);
  await until('the objection', async () => (await scenario.eventsOf(flow, 'ShutdownObjectionRaised')).length === 1);
  const answer = await objectionsTo(flow);
  expect(answer).toMatchObject({ clear: false, transitioned: true });
  expect(answer.objections.map(({ code }) => code)).toEqual(['ARCHIVE_OBJECT_DAMAGED', 'NOT_VERIFIED', 'RETENTION_NOT_VERIFIED']);
  expect(await transitionsOf(flow)).toHaveLength(1);
});

it('clears no shutdown over an alert to which nobody objected', async () => {
  const flow = await goOn();
  expect((await objectionsTo(flow)).clear).toBe(true);
  const alert_id = randomUUID();
  const words = { severity: 'critical', code: 'ARCHIVE_OBJECT_MISSING', message: 'an object is gone', what_to_do: 'Keep the source.' };
  const data = { alert_id, ...words, flow_id: flow.flow_id, job_id: flow.job_id };
  await fixture.append('archive-service', 'archive_alert', alert_id, [{ type: 'AlertRaised', data }]);
  // Asked at once: what a service has written counts, arrived or not.
  const answer = await objectionsTo(flow);
  expect([answer.clear, answer.objections.map(({ code }) => code)]).toEqual([false, ['INTEGRITY_ALERT']]);
  expect(await scenario.eventsOf(flow, 'ShutdownObjectionRaised')).toEqual([]);
});

it('clears no shutdown while a service does not say what it knows', async () => {
  const flow = await gone();
  expect((await objectionsTo(flow)).clear).toBe(true);
  await fixture.stopService('archive-service');
  const answer = await objectionsTo(flow);
  expect(answer).toMatchObject({ clear: false, objections: [{ code: 'LOG_UNKNOWN', reason: expect.stringContaining('archive-service') }] });
  await fixture.startService('archive-service');
  await until('the service to answer again', async () => (await objectionsTo(flow)).clear);
}, 30_000);

it('knows nothing good of a flow that it does not know', async () => {
  const nobody = { flow_id: '00000000-0000-7000-8000-000000000000' } as ScenarioFlow;
  expect(await objectionsTo(nobody)).toMatchObject({ clear: false, transitioned: false });
});

it('says nothing of a flow to another tenant', async () => {
  const flow = await gone();
  const others = { ...fixture.tenant, engagement_id: randomUUID() };
  const answer = await objectionsTo(flow, others);
  expect(answer).toMatchObject({ clear: false, transitioned: false, objections: [{ code: 'NOT_FOUND' }] });
}, 30_000);

it('voids an approval whose evidence changed, says what changed, and asks again', async () => {
  const flow = await scenario.ready();
  const { assignmentOf } = await import('./testing/archived-flow.js');
  const changed = { ...assignmentOf(flow.flow_id, flow.system), policy_version: 2 };
  await fixture.append('policy-service', 'policy_assignment', changed.assignment_id, [{ type: 'PolicyAssigned', data: changed }]);
  const approvals = await until('the voids', async () => {
    const { body } = await fixture.as('carl').get(`/decommission-flow/${flow.flow_id}/approvals`);
    const voided = (body as { status: string; changed: string[]; role: string }[]).filter(({ status }) => status === 'voided');
    return voided.length === 3 && (body as { status: string; role: string; changed: string[] }[]);
  });
  const shown = approvals.map(({ role, status, changed: what }) => ({ role, status, changed: what }));
  expect(canonicalJson(shown.filter(({ status }) => status === 'voided').map(({ role }) => role))).toBe(
    '["data_owner","compliance","legal"]',
  );
  expect(shown.find(({ role, status }) => role === 'data_owner' && status === 'voided')!.changed).toEqual([
    `${flow.system.system_name}: policy: policy version 1 → 2`,
  ]);
  // The archive was made under the version before, so legal is not asked until it is made again.
  expect(shown.find(({ role, status }) => role === 'legal' && status === 'voided')!.changed).toEqual([
    expect.stringContaining('was made under version 1 of its policy, and version 2 is assigned now'),
  ]);
  expect(
    shown
      .filter(({ status }) => status === 'requested')
      .map(({ role }) => role)
      .sort(),
  ).toEqual(['compliance', 'data_owner']);
  await proceed(flow).expect(409);
});

it('folds the read model again to what it is', async () => {
  const report = await fixture.gateway.deps.eventing.subscriptions.rebuildAndCompare('read_model');
  expect(report).toMatchObject({ differences: [] });
});
