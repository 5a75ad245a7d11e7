import { decodeJwt, SignJWT } from 'jose';
import { gatewayClient } from '../../tools/embedded/gateway-client.mjs';
import { until } from '@lastcopy/testkit';
import { approve, attachAll, createDirectorySource, createFlow, readinessOf, startMigration, untilJobs } from './fixtures.js';
import { violationsOf } from './logs.js';
import { startStack, type GatewayClient, type Stack } from './stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 60_000);
afterAll(() => stack?.stop());

interface Approval {
  approval_id: string;
  role: string;
  status: string;
  evidence_hash: string;
  changed: string[];
}
type Refusal = { code: string; problem: { detail: string } };

const approvalsOf = (flowId: string): Promise<Approval[]> => stack.as('olga').get(`/decommission-flow/${flowId}/approvals`);
const openRequest = (flowId: string, role: string) =>
  until(`a request for ${role}`, async () => (await approvalsOf(flowId)).find((one) => one.role === role && one.status === 'requested'));
const grant = (api: GatewayClient, { approval_id, evidence_hash }: Approval): Promise<Approval> =>
  api.post(`/approvals/${approval_id}/decision`, { decision: 'grant', evidence_hash });

/** Somebody whom the provider of identities gives several roles; `userId` as that provider happens to write it. */
async function withRoles(userId: string, roles: string[]): Promise<GatewayClient> {
  const { dev_token_secret } = stack.profile;
  const claims = { ...decodeJwt(stack.profile.tokens.dana), sub: userId, name: 'Bea Both', roles };
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(dev_token_secret));
  return gatewayClient({ ...stack.profile, tokens: { ...stack.profile.tokens, bea: token } }, 'bea');
}

it('lets nobody fill two roles, in fifty calls at once', async () => {
  const flowId = await createFlow(stack, [await createDirectorySource(stack, 'raced')]);
  await attachAll(stack, flowId, 'carl');
  const requests = [await openRequest(flowId, 'data_owner'), await openRequest(flowId, 'compliance')];
  const both = ['data_owner', 'compliance'];
  const names = [await withRoles('bea', both), await withRoles('Bea', both)];
  const answers = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => grant(names[n % 3 === 0 ? 1 : 0]!, requests[n % 2]!)));
  const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [(answer.reason as Refusal).code] : []));
  expect(refusals.filter((code) => !['APPROVER_NOT_ALLOWED', 'APPROVAL_STATE'].includes(code))).toEqual([]);
  expect((await approvalsOf(flowId)).filter(({ status }) => status === 'granted')).toHaveLength(1);
}, 60_000);

it('lets nobody approve the terms that they wrote, or the source that they entered', async () => {
  const author = await withRoles('ben', ['operator', 'data_owner', 'compliance']);
  const terms = { policy_name: 'Revised by Ben', retention_period_days: 400, storage_location: 's3://archive-bucket/ben/', reason: 'new' };
  await stack.as('olga').post('/retention-policies', terms);
  const { policy_id } = await until('the policy', async () => {
    const policies: { policy_id: string; policy_name: string }[] = await stack.as('olga').get('/retention-policies');
    return policies.find(({ policy_name }) => policy_name === terms.policy_name);
  });
  const revision = { retention_period_days: 500, reason: 'too short' };
  await author.post(`/retention-policies/${policy_id}/revise`, revision, { 'if-match': '"1"' });
  const flowId = await createFlow(stack, [{ ...(await createDirectorySource(stack, 'own-work')), retention_policy_id: policy_id }]);
  await attachAll(stack, flowId, 'carl');
  const refused = (words: string) => ({ code: 'APPROVER_NOT_ALLOWED', message: expect.stringContaining(words) });
  const [owner, method] = [await openRequest(flowId, 'data_owner'), await openRequest(flowId, 'compliance')];
  for (const request of [owner, method])
    await expect(grant(author, request)).rejects.toMatchObject(refused('wrote terms of the policy "Revised by Ben"'));

  const mover = await withRoles('moe', ['operator', 'data_owner']);
  const [assignment] = await stack.as('olga').get(`/decommission-flow/${flowId}/policy-assignments`);
  const { source } = await createDirectorySource(stack, 'own-work-moved');
  await mover.patch(`/systems/${assignment.system_id}`, { source, reason: 'The share has moved.' }, { 'if-match': '*' });
  await until(
    'the void',
    async () => (await approvalsOf(flowId)).find((one) => one.approval_id === owner.approval_id)?.status === 'voided',
  );
  const anew = await openRequest(flowId, 'data_owner');
  await expect(grant(mover, anew)).rejects.toMatchObject(refused('entered the present source of "own-work"'));
  expect((await grant(stack.as('dana'), anew)).status).toBe('granted');
}, 60_000);

it('voids what was approved when its own scope changes, names the change, and archives again from the present source', async () => {
  const registration = await createDirectorySource(stack, 'voided');
  const flowId = await createFlow(stack, [registration]);
  await startMigration(stack, flowId);
  const [job] = await untilJobs(stack, flowId, 'completed');
  await approve(stack, flowId, 'lena');
  await until('readiness', async () => (await readinessOf(stack.as('olga'), flowId)).ready);

  // Another look with the same result changes nothing that was signed.
  await stack.as('olga').post(`/decommission-flow/${flowId}/verifications`);
  const verdicts = async () =>
    (await stack.services['integrity-service'].deps.eventing.store.readLog(1, 500)).filter(({ type }) => type === 'IntegrityVerified');
  const second = await until('the second verdict', async () => (await verdicts()).filter(({ flow_id }) => flow_id === flowId)[1]);
  await until('the verdict to arrive', () => arrived(second.event_id));
  expect((await approvalsOf(flowId)).map(({ status }) => status)).toEqual(['granted', 'granted', 'granted']);

  const moved = await createDirectorySource(stack, 'moved');
  await stack.as('olga').patch(`/systems/${job!.system_id}`, { source: moved.source, reason: 'The share has moved.' }, { 'if-match': '*' });
  const voided = await until('the void', async () => {
    const found = (await approvalsOf(flowId)).filter(({ status }) => status === 'voided');
    return found.length > 0 && found;
  });
  expect(voided.map(({ role }) => role)).toEqual(['data_owner']);
  expect(voided[0]!.changed).toEqual([expect.stringMatching(/^voided: source: path .*\/voided → .*\/moved$/)]);
  const { ready, blockers } = await readinessOf(stack.as('olga'), flowId);
  expect([ready, blockers.map(({ code }) => code)]).toEqual([false, ['SOURCE_CHANGED', 'APPROVAL_MISSING']]);
  expect(blockers[1]!.message).toContain('/voided → ');
  await expect(stack.as('olga').post(`/decommission-flow/${flowId}/proceed-to-shutdown`)).rejects.toMatchObject({ code: 'GATE_BLOCKED' });

  await grant(stack.as('dana'), await openRequest(flowId, 'data_owner'));
  await stack.as('olga').post(`/archive-jobs/${job!.job_id}/rearchive`, { reason: 'Of the present source.' });
  await until('legal to be voided', async () =>
    (await approvalsOf(flowId)).some(({ role, status }) => role === 'legal' && status === 'voided'),
  );
  await untilAgain(flowId);
  await approve(stack, flowId, 'lena');
  await until('readiness', async () => (await readinessOf(stack.as('olga'), flowId)).ready);
  await stack.as('olga').post(`/decommission-flow/${flowId}/proceed-to-shutdown`);
  expect(await violationsOf(stack)).toEqual([]);
}, 180_000);

/** The gateway has it, and what keeps the approvals has looked at it. */
async function arrived(eventId: string): Promise<boolean> {
  const { store, subscriptions } = stack.services.gateway.deps.eventing;
  const [row] = await store.query<{ log_seq: string }>('select log_seq from received_events where event_id = $1', [eventId]);
  const keeping = (await subscriptions.states()).find(({ name }) => name === 'keep_approvals');
  return row !== undefined && (keeping?.log_seq ?? 0) >= Number(row.log_seq);
}

const untilAgain = (flowId: string) =>
  until('the job to be archived again', async () => {
    const jobs = await stack.as('olga').get(`/decommission-flow/${flowId}/archive-jobs`);
    return jobs.every(({ status }: { status: string }) => status === 'completed');
  });
