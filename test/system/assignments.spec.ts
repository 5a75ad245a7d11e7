import { until } from '@lastcopy/testkit';
import type { AssignmentAnswer, AssignmentHistoryEntry, DryRunAnswer } from '@lastcopy/contracts';
import { approve, createDatabaseSource, createDirectorySource, createFlow, readinessOf, startMigration, untilJobs } from './fixtures.js';
import { eventsOf } from './logs.js';
import { startStack, type GatewayClient, type Stack } from './stack.js';

let stack: Stack;
let [olga, lena, dana]: GatewayClient[] = [];
beforeAll(async () => {
  stack = await startStack();
  [olga, lena, dana] = [stack.as('olga'), stack.as('lena'), stack.as('dana')];
}, 60_000);
afterAll(() => stack?.stop());

const of = (flowId: string) => `/decommission-flow/${flowId}/policy-assignments`;
const tag = ({ version }: { version: number }) => ({ 'if-match': `"${version}"` });
const assignments = (flowId: string): Promise<AssignmentAnswer[]> => olga!.get(of(flowId));
const history = (flowId: string, systemId: string): Promise<AssignmentHistoryEntry[]> => olga!.get(`${of(flowId)}/${systemId}/history`);
const dryRun = async (body: object) => ((await olga!.post('/policy-assignments/dry-run', body)) as DryRunAnswer).assignments;
const policyNamed = async (name: string) => {
  const policies: { policy_id: string; policy_name: string; revision: number }[] = await olga!.get('/retention-policies');
  return policies.find(({ policy_name }) => policy_name === name)!;
};
const approvalsOf = (flowId: string): Promise<{ role: string; status: string; changed: string[] }[]> =>
  olga!.get(`/decommission-flow/${flowId}/approvals`);
const untilAssigned = (what: string, flowId: string, holds: (assignment: AssignmentAnswer) => boolean) =>
  until(what, async () => (await assignments(flowId)).find(holds));

it('tells what would be assigned, to a described system, a registered one and a flow, without writing anything', async () => {
  const share = await createDirectorySource(stack, 'asked');
  const described = await dryRun({ system: { ...share, data_classification: ['PHI'], compliance_requirements: ['GDPR', 'HIPAA'] } });
  expect(described).toMatchObject([
    {
      outcome: 'assigned',
      assignment: {
        ...{ policy_name: 'Business Critical Data', rule: 'sensitivity', retention_period_days: 2555 },
        conflicts: [{ requirement: 'GDPR', against: 'HIPAA' }],
      },
    },
  ]);
  expect(described[0]!.assignment!.considered).toHaveLength(3);
  const { system_id } = await olga!.post('/systems', share);
  expect(await dryRun({ system_id })).toMatchObject([{ system_id, outcome: 'assigned', assignment: { policy_name: 'System Logs' } }]);
  expect(await eventsOf(stack, 'policy-service', 'PolicyAssigned')).toEqual([]);
  expect(await eventsOf(stack, 'policy-service', 'RetentionPolicyDefined')).toEqual([]);
  await expect(olga!.post('/policy-assignments/dry-run', {})).rejects.toMatchObject({ status: 422 });
  const flowId = await createFlow(stack, [await createDirectorySource(stack, 'asked-in-a-flow')]);
  expect(await dryRun({ flow_id: flowId })).toMatchObject([{ outcome: 'unchanged', assignment: { policy_name: 'System Logs' } }]);
}, 60_000);

it('lets a person choose otherwise, with a reason, on what was looked at, for one system or for several', async () => {
  const flowId = await createFlow(stack, [await createDirectorySource(stack, 'one'), await createDirectorySource(stack, 'other')]);
  const [first, second] = (await assignments(flowId)) as [AssignmentAnswer, AssignmentAnswer];
  const { policy_id } = await policyNamed('Application Data');
  const path = `${of(flowId)}/${first.system_id}`;
  const reason = 'Holds the letters of customers';
  await expect(olga!.patch(path, { policy_id })).rejects.toMatchObject({ status: 422 });
  await expect(olga!.patch(path, { policy_id, reason })).rejects.toMatchObject({ status: 428 });
  await expect(dana!.patch(path, { policy_id, reason }, tag(first))).rejects.toMatchObject({ status: 403 });
  const chosen = await olga!.patch(path, { policy_id, reason }, tag(first));
  expect(chosen).toMatchObject({
    policy_id,
    rule: 'override',
    assigned_by: 'olga',
    override: { suggested_policy_name: 'System Logs', reason },
  });
  await expect(olga!.patch(path, { policy_id, reason: 'Late' }, tag(first))).rejects.toMatchObject({
    status: 412,
    code: 'PRECONDITION_FAILED',
  });

  const bulk = { system_ids: [first.system_id, second.system_id], policy_id, reason };
  const asked = await olga!.post(`${of(flowId)}/bulk`, { ...bulk, dry_run: true });
  expect(asked.results).toMatchObject([{ outcome: 'unchanged' }, { outcome: 'possible', preview: { assignment: { policy_id } } }]);
  expect((await olga!.get(`${of(flowId)}/${second.system_id}`)).rule).toBe('compliance');
  expect((await olga!.post(`${of(flowId)}/bulk`, bulk)).results).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }]);
  await untilAssigned('the second choice', flowId, ({ system_id, rule }) => system_id === second.system_id && rule === 'override');

  const back = await olga!.post(`${path}/reset`, { reason: 'They are copies' }, tag(chosen));
  expect(back).toMatchObject({ rule: 'compliance', policy_name: 'System Logs' });
  expect((await history(flowId, first.system_id)).map(({ actor, reason }) => [actor, reason])).toEqual([
    ['service:policy-service', null],
    ['olga', reason],
    ['olga', expect.stringContaining('They are copies')],
  ]);
}, 60_000);

it('holds everything back while one law says "no longer" and another "no less", until legal or compliance says what holds', async () => {
  const share = {
    ...(await createDirectorySource(stack, 'contracts')),
    data_classification: ['PII'],
    compliance_requirements: ['GDPR', 'SOX'],
  };
  const flowId = await createFlow(stack, [share]);
  const [assignment] = (await assignments(flowId)) as [AssignmentAnswer];
  expect(assignment).toMatchObject({ conflicts_open: true, conflicts: [{ requirement: 'GDPR', against: 'SOX' }] });
  expect((await readinessOf(olga!, flowId)).blockers.map(({ code }) => code)).toContain('CONFLICT_UNRESOLVED');
  await expect(olga!.post(`/decommission-flow/${flowId}/archive-jobs`)).rejects.toMatchObject({ status: 409, code: 'CONFLICT_UNRESOLVED' });

  const path = `${of(flowId)}/${assignment.system_id}/resolve-conflict`;
  const resolution = { resolution: 'keep_minimum', reason: 'The audit of 2026 rests on them' };
  await expect(olga!.post(path, resolution, tag(assignment))).rejects.toMatchObject({ status: 403 });
  await expect(dana!.post(path, resolution, tag(assignment))).rejects.toMatchObject({ status: 403, code: 'APPROVER_NOT_ALLOWED' });
  await expect(lena!.post(path, { resolution: 'keep_minimum', reason: ' ' }, tag(assignment))).rejects.toMatchObject({ status: 422 });
  const resolved = await lena!.post(path, resolution, tag(assignment));
  expect(resolved).toMatchObject({ conflicts_open: false, resolution: { resolved_by: 'lena', reason: resolution.reason } });
  expect((await readinessOf(olga!, flowId)).blockers.map(({ code }) => code)).not.toContain('CONFLICT_UNRESOLVED');

  // Other conflicts ask again; what changes nothing says nothing.
  const changes = { annual_cost: 5, reason: 'A new invoice' };
  const system = `/systems/${assignment.system_id}`;
  await expect(olga!.patch(system, changes)).rejects.toMatchObject({ status: 428 });
  const revised = await olga!.patch(system, changes, tag(await olga!.get(system)));
  await olga!.patch(system, { compliance_requirements: ['GDPR', 'SOX', 'HIPAA'], reason: 'Staff health records' }, tag(revised));
  const anew = await untilAssigned('an assignment with both conflicts', flowId, ({ conflicts }) => (conflicts ?? []).length === 2);
  expect(anew).toMatchObject({ conflicts_open: true, resolution: null, version: 3 });
  expect(anew.reason).toContain('Staff health records');
}, 60_000);

it('voids the approval whose scope a revision changed, says what changed, and archives again under what is approved then', async () => {
  const flowId = await createFlow(stack, [await createDatabaseSource(stack, 'accounts')]);
  const [before] = (await assignments(flowId)) as [AssignmentAnswer];
  await startMigration(stack, flowId);
  const [job] = await untilJobs(stack, flowId, 'completed');

  const policy = await policyNamed('Business Critical Data');
  const revision = { retention_period_days: 3650, reason: 'Ten years, as the board decided' };
  await olga!.post(`/retention-policies/${policy.policy_id}/revise`, revision, { 'if-match': '*' });
  const anew = await untilAssigned('the new version', flowId, ({ policy_version }) => policy_version === before.policy_version + 1);
  expect(anew).toMatchObject({ retention_period_days: 3650, reason: expect.stringContaining('Ten years, as the board decided') });
  const voided = await until('the voided approvals', async () => {
    const found = (await approvalsOf(flowId)).filter(({ status, role }) => status === 'voided' && role !== 'legal');
    return found.length === 2 && found;
  });
  for (const { changed } of voided) expect(changed.join()).toMatch(/accounts/);
  expect((await readinessOf(olga!, flowId)).blockers.map(({ code }) => code)).toContain('POLICY_CHANGED');

  const again = `/archive-jobs/${job!.job_id}/rearchive`;
  const reason = 'The policy was revised';
  await expect(olga!.post(again, { reason })).rejects.toMatchObject({ status: 409, code: 'APPROVALS_MISSING' });
  await approve(stack, flowId, 'dana');
  await approve(stack, flowId, 'carl');
  await expect(olga!.post(again, {})).rejects.toMatchObject({ status: 422 });
  const answer = await olga!.post(again, { reason });
  expect(answer.superseded).toMatchObject({ attempt: 1, statement: expect.stringContaining('cannot be deleted') });
  await until('the second archive', async () => {
    const found = await olga!.get(`/archive-jobs/${job!.job_id}`);
    return found.status === 'completed' && found.archive_location !== job!.archive_location;
  });
  expect((await readinessOf(olga!, flowId)).blockers.map(({ code }) => code)).not.toContain('POLICY_CHANGED');
}, 120_000);

it('leaves the assignments of a cancelled flow as they are', async () => {
  const flowId = await createFlow(stack, [await createDirectorySource(stack, 'left')]);
  const [assignment] = (await assignments(flowId)) as [AssignmentAnswer];
  await olga!.post(`/decommission-flow/${flowId}/cancel`, { reason: 'Not now' });
  const { policy_id } = await policyNamed('Application Data');
  const late = () => olga!.patch(`${of(flowId)}/${assignment.system_id}`, { policy_id, reason: 'Too late' }, tag(assignment));
  await until('the refusal', () =>
    late().then(
      () => false,
      (error: { code: string }) => error.code === 'FLOW_STATE',
    ),
  );
}, 60_000);
