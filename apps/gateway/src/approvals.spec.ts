import { randomUUID } from 'node:crypto';
import type { Actor, ApprovalDetailAnswer, EventType } from '@lastcopy/contracts';
import { until } from '@lastcopy/testkit';
import { decideApproval } from './approval/commands/decide-approval.js';
import { approvalIdOf } from './approval/commands/request-approval.js';
import { deadlineTermsOf } from './approval/approval-config.js';
import type { ApprovalParts } from './approval/approval-parts.js';
import type { GatewayConfig } from './config.js';
import { attestationKeysIn } from './evidence/attestation-keys.js';
import { EvidenceReader } from './evidence/evidence-reader.js';
import { defaultRequirements } from './artifact/artifact-config.js';
import { startGatewayFixture, type GatewayFixture } from './testing/gateway-fixture.js';
import { FlowScenario, type ScenarioFlow } from './testing/flow-scenario.js';

let fixture: GatewayFixture;
let scenario: FlowScenario;
beforeAll(async () => {
  fixture = await startGatewayFixture();
  scenario = new FlowScenario(fixture);
}, 60_000);
afterAll(() => fixture?.stop(), 30_000);

type Shown = ApprovalDetailAnswer;
const both = (user_id: string): Actor => ({ user_id, name: 'Bea Both', roles: ['data_owner', 'compliance'] });
const approvalsOf = async ({ flow_id }: ScenarioFlow, as: Parameters<GatewayFixture['as']>[0] = 'olga') =>
  (await fixture.as(as).get(`/decommission-flow/${flow_id}/approvals`).expect(200)).body as Shown[];
const open = (flow: ScenarioFlow, role: string) =>
  until(`a request for ${role}`, async () => (await approvalsOf(flow)).find((one) => one.role === role && one.status === 'requested'));
/** Both first approvals are requested. */
async function asked(): Promise<ScenarioFlow> {
  const flow = await scenario.assigned();
  await scenario.attachDocuments(flow, 'carl');
  await open(flow, 'compliance');
  return flow;
}
const decide = (as: Parameters<GatewayFixture['as']>[0], { approval_id, evidence_hash }: Shown, options = {}) =>
  fixture.as(as, fixture.tenant, options).post(`/approvals/${approval_id}/decision`, { decision: 'grant', evidence_hash });
const eventsOf = async (approvalId: string): Promise<string[]> =>
  (await fixture.gateway.deps.eventing.store.readStream('approval', approvalId, fixture.tenant)).map(({ type }) => type);
const minutesAgo = (minutes: number) => ({ authenticatedAt: new Date(Date.now() - minutes * 60_000) });

it('wants a sign-in of the last five minutes for a signature, and says how to get one', async () => {
  const flow = await asked();
  const request = await open(flow, 'data_owner');
  const refused = await decide('dana', request, minutesAgo(6)).expect(401);
  expect(refused.body).toMatchObject({ code: 'REAUTHENTICATION_REQUIRED', hint: expect.stringContaining('sign in again') });
  expect(refused.headers['www-authenticate']).toMatch(/^Bearer error="insufficient_user_authentication", .*max_age="300"$/);
  const delegation = { to_user_id: 'dora', reason: 'away' };
  await fixture.as('dana', fixture.tenant, minutesAgo(6)).post(`/approvals/${request.approval_id}/delegate`, delegation).expect(401);
  const looked = await fixture.as('dana', fixture.tenant, minutesAgo(6)).get(`/approvals/${request.approval_id}`).expect(200);
  expect(looked.body).toMatchObject({ can_decide: true, needs_reauthentication: true });
  const { body } = await decide('dana', request, minutesAgo(4)).expect(200);
  expect(body.signature).toMatchObject({ user_id: 'dana', role: 'data_owner', on_behalf_of: null, name: 'Dana Data-Owner' });
  const age = new Date(body.signature.signed_at).getTime() - new Date(body.signature.authenticated_at).getTime();
  expect(Math.round(age / 60_000)).toBe(4);
});

it('lets a delegate decide on behalf of another, until the delegation is taken back', async () => {
  const flow = await asked();
  const { approval_id } = await open(flow, 'data_owner');
  const post = (as: Parameters<GatewayFixture['as']>[0], path: string, body: object) =>
    fixture.as(as).post(`/approvals/${approval_id}/${path}`, body);
  const to = (to_user_id: string) => ({ to_user_id, reason: 'On leave.' });
  for (const who of ['nobody-here', 'olga', 'otto', 'dana']) {
    const { body } = await post('dana', 'delegate', to(who)).expect(403);
    expect([who, body.code]).toEqual([who, 'APPROVER_NOT_ALLOWED']);
  }
  await post('lena', 'delegate', to('dora')).expect(403);
  expect((await post('dana', 'delegate', to('lena')).expect(200)).body.delegation).toMatchObject({ to_user_id: 'lena', by: 'dana' });
  await post('lena', 'delegate', to('dora')).expect(403);
  expect((await fixture.as('lena').get(`/approvals/${approval_id}`)).body.can_decide).toBe(true);
  await post('carl', 'delegation/revoke', { reason: 'no' }).expect(403);
  await post('dana', 'delegation/revoke', { reason: 'Back again.' }).expect(200);
  const request = await open(flow, 'data_owner');
  await decide('lena', request).expect(403);
  await post('dana', 'delegate', to('lena')).expect(200);
  const { body } = await decide('lena', request).expect(200);
  expect(body.signature).toMatchObject({ user_id: 'lena', on_behalf_of: { user_id: 'dana', name: 'Dana Data-Owner' } });
  const detail = (await fixture.as('aude').get(`/approvals/${approval_id}`).expect(200)).body as Shown;
  expect(detail.history.map(({ event }) => event)).toEqual([
    ...['ApprovalRequested', 'ApprovalDelegated', 'ApprovalDelegationRevoked', 'ApprovalDelegated', 'ApprovalGranted'],
  ]);
  expect(detail.history.at(-1)!.what).toBe('Granted and signed by Lena Legal on behalf of Dana Data-Owner');
  // Who decided as data owner fills no other role; neither does who gave the right to.
  const compliance = await open(flow, 'compliance');
  const delegated = { ...both('dana'), name: 'Dana Data-Owner' };
  expect((await decide(delegated, compliance).expect(403)).body.detail).toContain('acted as data_owner');
});

it('takes comments from whoever takes part, and shows the evidence beside the decision', async () => {
  const flow = await asked();
  const { approval_id } = await open(flow, 'compliance');
  const say = (as: 'olga' | 'aude') => fixture.as(as).post(`/approvals/${approval_id}/comments`, { comment: 'Why seven years?' });
  await say('aude').expect(403);
  expect((await say('olga').expect(200)).body.comments).toMatchObject([{ by: 'olga', comment: 'Why seven years?' }]);
  const detail = (await fixture.as('carl').get(`/approvals/${approval_id}`).expect(200)).body as Shown;
  expect(detail.present_evidence_hash).toBe(detail.evidence_hash);
  const [method] = detail.evidence;
  expect(method).toMatchObject({ name: `${flow.system.system_name}: archival method`, changed: [] });
  expect(method!.present).toEqual(method!.requested);
  expect(method!.present).toMatchObject({ retention_period_days: 2555, encryption_required: true });
  const stranger = { client_account_id: randomUUID(), engagement_id: randomUUID() };
  for (const path of [`/approvals/${approval_id}`, `/decommission-flow/${flow.flow_id}/approvals`])
    await fixture.as('carl', stranger).get(path).expect(404);
  await fixture.as('carl', stranger).post(`/approvals/${approval_id}/comments`, { comment: 'x' }).expect(404);
});

it('lists what is mine to decide, by flow, role and status', async () => {
  const flow = await asked();
  const inbox = async (as: 'dana' | 'carl' | 'olga', query: string) =>
    (await fixture.as(as).get(`/approvals?flow_id=${flow.flow_id}&${query}`).expect(200)).body.map(({ role }: Shown) => role).sort();
  expect(await inbox('dana', 'mine=true')).toEqual(['data_owner']);
  expect(await inbox('carl', 'mine=true')).toEqual(['compliance']);
  expect(await inbox('olga', 'mine=true')).toEqual([]);
  expect(await inbox('olga', 'status=requested')).toEqual(['compliance', 'data_owner']);
  expect(await inbox('olga', 'role=legal')).toEqual([]);
  expect(await inbox('olga', 'overdue=true')).toEqual([]);
  await decide('dana', await open(flow, 'data_owner')).expect(200);
  expect(await inbox('dana', 'mine=true')).toEqual([]);
  expect(await inbox('dana', 'mine=true&status=granted')).toEqual([]);
  const { body } = await fixture.as('olga').get('/approvals?status=open&mine=perhaps').expect(422);
  expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/status', '/mine']);
});

describe('one person', () => {
  /** What came of all calls: the roles that were granted, and every other code. */
  const outcomes = (codes: string[]) => [...new Set(codes)].sort();

  it('fills one role, however many calls race', async () => {
    const flow = await asked();
    const requests = [await open(flow, 'data_owner'), await open(flow, 'compliance')];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        decide(both(n % 4 < 2 ? 'bea' : 'BEA'), requests[n % 2]!).then(({ status, body }) => (status === 200 ? 'granted' : body.code)),
      ),
    );
    expect(outcomes(answers).filter((code) => !['granted', 'APPROVER_NOT_ALLOWED', 'APPROVAL_STATE'].includes(code))).toEqual([]);
    expect(answers).toContain('granted');
    expect((await approvalsOf(flow)).filter(({ status }) => status === 'granted')).toHaveLength(1);
  });

  it('fills one role, however many commands race', async () => {
    const flow = await asked();
    const { deps } = fixture.gateway;
    const { store } = deps.eventing;
    const config = deps.config as GatewayConfig;
    const reader = new EvidenceReader(store, attestationKeysIn(fixture.keysDir), defaultRequirements(config));
    const findPerson: ApprovalParts['findPerson'] = async () => null;
    const parts: ApprovalParts = { store, reader, clock: deps.clock, config, terms: deadlineTermsOf(config), findPerson };
    const requests = [await open(flow, 'data_owner'), await open(flow, 'compliance')];
    const actor = { ...both('bea'), authenticated_at: new Date().toISOString() };
    const settled = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => {
        const { approval_id, evidence_hash } = requests[n % 2]!;
        const context = { command_id: randomUUID(), tenant: fixture.tenant, actor };
        return decideApproval(parts, context, approval_id, { decision: 'grant', evidence_hash });
      }),
    );
    const refused = settled.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []));
    expect(outcomes(refused)).toEqual(['APPROVER_NOT_ALLOWED']);
    expect(refused).toHaveLength(25);
    const types = await Promise.all(requests.map(({ approval_id }) => eventsOf(approval_id)));
    expect(types.flat().filter((type) => type === 'ApprovalGranted')).toHaveLength(1);
  });

  it('fills no second role after the first was rejected or voided', async () => {
    const flow = await asked();
    const request = await open(flow, 'compliance');
    const rejection = { decision: 'reject', evidence_hash: request.evidence_hash, comment: 'Too short.' };
    await fixture.as(both('bea')).post(`/approvals/${request.approval_id}/decision`, rejection).expect(200);
    const { body } = await decide(both('Bea'), await open(flow, 'data_owner')).expect(403);
    expect(body.detail).toContain('acted as compliance');
  });
});

it('voids what a data owner approved when its source is edited, and archives the source that was approved then', async () => {
  const flow = await asked();
  await decide('dana', await open(flow, 'data_owner')).expect(200);
  await decide('carl', await open(flow, 'compliance')).expect(200);
  const { system_id, system_name } = flow.system;
  const source = { kind: 'postgresql', host: 'db2', port: 5432, database: 'billing', user: 'reader', secret_ref: 'billing' };
  const about = { data_classification: ['PII'], compliance_requirements: ['SOX'], version: 2, reason: 'It moved.', changed: ['source'] };
  await fixture.append('archive-service', 'system', system_id, [
    { type: 'SystemRevised', data: { system_id, system_name, source, ...about } },
  ]);
  const voided = await until('the void', async () => (await approvalsOf(flow)).find(({ status }) => status === 'voided'));
  expect([voided.role, voided.changed]).toEqual(['data_owner', [`${system_name}: source: host db → db2`]]);
  const early = await fixture.as('olga').post(`/decommission-flow/${flow.flow_id}/archive-jobs`).expect(409);
  expect(early.body).toMatchObject({ code: 'APPROVALS_MISSING', detail: expect.stringContaining('host db → db2') });
  await decide('dana', await open(flow, 'data_owner')).expect(200);
  await fixture.as('olga').post(`/decommission-flow/${flow.flow_id}/archive-jobs`).expect(200);
  const [queued] = await fixture.services['archive-service'].deps.eventing.store.readStream('archive_job', flow.job_id);
  expect((queued!.data as { source: { host: string } }).source.host).toBe('db2');
  expect(
    (await approvalsOf(flow))
      .filter(({ status }) => status === 'granted')
      .map(({ role }) => role)
      .sort(),
  ).toEqual(['compliance', 'data_owner']);
});

it('gives an open request another due date', async () => {
  const flow = await asked();
  const request = await open(flow, 'compliance');
  const due_at = new Date(Date.now() + 20 * 86_400_000).toISOString();
  const ask = (due: string) => fixture.as('olga').post(`/decommission-flow/${flow.flow_id}/approvals`, { role: 'compliance', due_at: due });
  expect((await ask(due_at).expect(200)).body).toMatchObject({ approval_id: request.approval_id, due_at, requested_by: 'olga' });
  await ask(new Date(Date.now() - 1000).toISOString()).expect(422);
  expect(await eventsOf(request.approval_id)).toEqual(['ApprovalRequested', 'ApprovalRescheduled']);
});

it('looks at every open flow at a start: what a scope consists of may have changed with the settings', async () => {
  const flow = await scenario.assigned();
  await open(flow, 'data_owner');
  expect((await approvalsOf(flow)).map(({ role }) => role)).toEqual(['data_owner']);
  await fixture.restartGateway({ EVIDENCE_REQUIRED_KINDS: 'archive_verification_report' });
  await open(flow, 'compliance');
  await fixture.restartGateway();
  const voided = await until('the void', async () => (await approvalsOf(flow)).find(({ status }) => status === 'voided'));
  expect([voided.role, voided.changed]).toEqual(['compliance', expect.arrayContaining([expect.stringContaining('attestation')])]);
});

describe('time', () => {
  const second = 1 / 86_400;
  const hasty = {
    ...{ APPROVAL_DUE_DAYS: `${2 * second}`, APPROVAL_REMIND_DAYS: `${second}`, APPROVAL_ESCALATE_AGAIN_DAYS: `${second}` },
    ...{ APPROVAL_EXPIRES_DAYS: `${5 * second}`, APPROVAL_POLL_MS: '100' },
  };
  const wholeLife: EventType[] = ['ApprovalRequested', 'ApprovalReminded', 'ApprovalEscalated', 'ApprovalEscalated', 'ApprovalExpired'];

  it('reminds, escalates twice, lets it expire and asks anew; it never decides, and a restart loses nothing', async () => {
    await fixture.restartGateway(hasty);
    const flow = await scenario.assigned();
    const first = approvalIdOf(flow.flow_id, 'data_owner', 1);
    await until('the first escalation', async () => (await eventsOf(first)).includes('ApprovalEscalated'));
    await fixture.restartGateway(hasty);
    await until('the expiry', async () => (await eventsOf(first)).includes('ApprovalExpired'));
    expect(await eventsOf(first)).toEqual(wholeLife);
    const events = await fixture.gateway.deps.eventing.store.readStream('approval', first, fixture.tenant);
    expect(events.slice(2, 4).map(({ data }) => data)).toMatchObject([
      { level: 1, escalated_to: ['person:olga', 'role:data_owner'] },
      { level: 2, escalated_to: ['person:olga', 'role:data_owner', 'role:operator'] },
    ]);
    const second = approvalIdOf(flow.flow_id, 'data_owner', 2);
    await until('the next request', async () => (await eventsOf(second)).includes('ApprovalRequested'));
    const shown = await until('both', async () => {
      const both = (await approvalsOf(flow)).filter(({ role }) => role === 'data_owner');
      return both.length > 1 && both;
    });
    expect(shown[0]).toMatchObject({ status: 'expired', escalation_level: 2, overdue: false });
    expect(shown[1]).toMatchObject({ replaces: first, evidence_hash: shown[0]!.evidence_hash });
    await fixture.restartGateway();
  }, 60_000);

  it('leaves what was decided alone', async () => {
    await fixture.restartGateway(hasty);
    const flow = await scenario.assigned();
    // One that expired before it could be decided is requested anew.
    const { request, answer } = await until('the decision', async () => {
      const request = await open(flow, 'data_owner');
      const answer = await decide('dana', request);
      return answer.body.code !== 'APPROVAL_STATE' && { request, answer };
    });
    expect(answer.status).toBe(200);
    const rows = await fixture.gateway.deps.eventing.store.query('select 1 from approval_deadlines where approval_id = $1', [
      request.approval_id,
    ]);
    expect(rows).toEqual([]);
    await fixture.restartGateway();
  }, 60_000);
});
