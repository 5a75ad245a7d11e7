import { randomUUID } from 'node:crypto';
import { until } from '@lastcopy/testkit';
import { approve, createDirectorySource, createFlow, readinessOf, startMigration, untilJobs } from './fixtures.js';
import { startStack, type Stack } from './stack.js';

interface Answer<T> {
  status: number;
  body: T;
  headers: Headers;
  text: string;
}
interface Policy {
  policy_id: string;
  policy_name: string;
  version: number;
  revision: number;
  status: string;
  retention_period_days: number;
  minima: { requirement: string; lengthens: boolean }[];
  retain_until_if_archived_now: string;
  code: string;
}
interface Impact {
  refused_code: string | null;
  systems: {
    flow_id: string;
    system_name: string;
    outcome: string;
    policy_after: string | null;
    retain_until_after: string | null;
    archive_again_job_id?: string;
    job_status?: string;
  }[];
  voided_approvals: Approval[];
}
interface Approval {
  approval_id: string;
  role: string;
  status: string;
  evidence_hash: string;
  changed: string[];
}
interface Assignment {
  policy_id: string;
  policy_name: string;
  policy_version: number;
  retain_until_if_archived_now: string;
}

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 60_000);
afterAll(() => stack?.stop(), 30_000);

async function call<T = Policy>(
  method: string,
  url: string,
  body?: object | string,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const { profile } = stack;
  const type = typeof body === 'string' ? 'application/yaml' : 'application/json';
  const response = await fetch(`${profile.api_url}/api/v1${url}`, {
    method,
    headers: {
      authorization: `Bearer ${profile.tokens.olga}`,
      'x-client-account-id': profile.client_account_id,
      'x-engagement-id': profile.engagement_id,
      ...(body === undefined ? {} : { 'content-type': type, 'idempotency-key': randomUUID() }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed = /^[{[]/.test(text) ? JSON.parse(text) : null;
  return { status: response.status, body: parsed as T, headers: response.headers, text };
}

const terms = (policy_name: string, more: object = {}) => ({
  ...{ policy_name, retention_period_days: 400, storage_location: 's3://archive-bucket/policies/', reason: 'the accountants ask for it' },
  ...more,
});
const create = async (policy_name: string, more: object = {}): Promise<Policy> => {
  const { status, body } = await call('POST', '/retention-policies', terms(policy_name, more));
  if (status !== 202) {
    expect([status, body.code]).toEqual([200, undefined]);
    return body;
  }
  return until('the policy', async () =>
    (await call<Policy[]>('GET', '/retention-policies')).body.find((one) => one.policy_name === policy_name),
  );
};
const revise = ({ policy_id }: Policy, changes: object, revision: number) =>
  call('POST', `/retention-policies/${policy_id}/revise`, { reason: 'a new rule', ...changes }, { 'if-match': `"${revision}"` });
const approvalsOf = (flowId: string) => stack.as('olga').get(`/decommission-flow/${flowId}/approvals`) as Promise<Approval[]>;
const assignmentsOf = (flowId: string) => stack.as('olga').get(`/decommission-flow/${flowId}/policy-assignments`) as Promise<Assignment[]>;

it('keeps every version, and lets only one of two editors win', async () => {
  const made = await create('Payroll', { compliance_requirements: ['SOX'] });
  expect(made).toMatchObject({ version: 1, revision: 1, status: 'active', minima: [{ requirement: 'SOX', lengthens: true }] });
  const { headers } = await call('GET', `/retention-policies/${made.policy_id}`);
  expect(headers.get('etag')).toBe('"1"');
  expect((await call('POST', `/retention-policies/${made.policy_id}/revise`, { reason: 'r', description: 'x' })).status).toBe(428);
  const answers = await Promise.all([revise(made, { description: 'one' }, 1), revise(made, { description: 'two' }, 1)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  const versions = await call<Policy[]>('GET', `/retention-policies/${made.policy_id}/versions`);
  expect(versions.body.map(({ version }) => version)).toEqual([2, 1]);
  const diff = await call<{ changes: { field: string }[] }>('GET', `/retention-policies/${made.policy_id}/versions/2/diff`);
  expect(diff.body.changes.map(({ field }) => field)).toEqual(['description']);
});

it.each([
  [{ storage_location: 's3://somewhere-else/x/' }, 422],
  [{ retention_period_days: 30 }, 422],
  [{ required_approvals: ['legal'] }, 422],
  [{ encryption_required: false }, 422],
  [{ policy_name: 'business critical data' }, 409],
])('does not take %j', async (more, status) => {
  const answer = await call('POST', '/retention-policies', terms(`Refused ${randomUUID()}`, more));
  expect([answer.status, answer.text.includes(Object.keys(more)[0]!) || answer.body.code === 'POLICY_EXISTS']).toEqual([status, true]);
});

it('tells the impact of a revision, and that is what then happens', async () => {
  const policy = await create('Short lived');
  const source = { ...(await createDirectorySource(stack, 'short-lived')), retention_policy_id: policy.policy_id };
  const flowId = await createFlow(stack, [source]);
  await until('the assignment', async () => (await assignmentsOf(flowId))[0]?.policy_id === policy.policy_id);
  await approve(stack, flowId, 'dana');
  const changes = { retention_period_days: 3650 };
  const { body: impact } = await call<Impact>('POST', `/retention-policies/${policy.policy_id}/impact`, { action: 'revise', changes });
  expect(impact.systems).toMatchObject([{ flow_id: flowId, outcome: 'reassigned', policy_after: 'Short lived, version 2' }]);
  expect(impact.voided_approvals.map(({ role, status }) => `${role} ${status}`)).toContain('data_owner granted');
  // Weighing it changed nothing.
  expect((await call('GET', `/retention-policies/${policy.policy_id}`)).body.revision).toBe(1);

  expect((await revise(policy, changes, 1)).status).toBe(200);
  const [after] = await until('the new assignment', async () => {
    const found = await assignmentsOf(flowId);
    return found[0]?.policy_version === 2 && found;
  });
  expect(after!.retain_until_if_archived_now.slice(0, 10)).toBe(impact.systems[0]!.retain_until_after!.slice(0, 10));
  const foreseen = impact.voided_approvals.map(({ approval_id }) => approval_id).sort();
  await until('the voided approvals', async () => {
    const voided = (await approvalsOf(flowId)).filter(({ status }) => status === 'voided').map(({ approval_id }) => approval_id);
    return JSON.stringify(voided.sort()) === JSON.stringify(foreseen);
  });

  const weighed = await call<Impact>('GET', `/retention-policies/${policy.policy_id}/impact`);
  expect(weighed.body).toMatchObject({ refused_code: 'POLICY_IN_USE', systems: [{ outcome: 'unchanged' }] });
  const retire = (headers = {}) => call('POST', `/retention-policies/${policy.policy_id}/retire`, { reason: 'no longer' }, headers);
  expect((await retire()).status).toBe(428);
  expect((await retire({ 'if-match': '"1"' })).status).toBe(412);
  const refused = await retire({ 'if-match': '"2"' });
  expect([refused.status, refused.body.code]).toEqual([409, 'POLICY_IN_USE']);
  await stack.as('olga').post(`/decommission-flow/${flowId}/cancel`, { reason: 'over' });
  await until('the retirement', async () => {
    const { status } = await retire({ 'if-match': '"2"' });
    return status === 200;
  });
  expect((await call('GET', `/retention-policies/${policy.policy_id}`)).body.status).toBe('inactive');
}, 60_000);

const impactOf = async ({ policy_id }: Policy, changes: object): Promise<Impact> =>
  (await call<Impact>('POST', `/retention-policies/${policy_id}/impact`, { action: 'revise', changes })).body;
const grantAnew = async (flowId: string, person: 'dana' | 'carl', role: string) => {
  const request = await until(`the request for ${role}`, async () =>
    (await approvalsOf(flowId)).find((approval) => approval.role === role && approval.status === 'requested'),
  );
  const { approval_id, evidence_hash } = request;
  await stack.as(person).post(`/approvals/${approval_id}/decision`, { decision: 'grant', evidence_hash });
};
/** Waits until they are voided, for the reasons that were foreseen. */
const untilVoided = async (flowId: string, { voided_approvals: foreseen }: Impact) => {
  const found = await until('the voided approvals', async () => {
    const approvals = await approvalsOf(flowId);
    const voided = foreseen.flatMap(({ approval_id }) => approvals.filter((one) => one.approval_id === approval_id));
    return voided.every(({ status }) => status === 'voided') && voided;
  });
  expect(found.map(({ role, changed }) => [role, changed])).toEqual(foreseen.map(({ role, changed }) => [role, changed]));
};

it('leaves a finished archive, and what legal said of it, as they are unless the terms of archives are revised', async () => {
  const policy = await create('Worded');
  const source = { ...(await createDirectorySource(stack, 'worded')), retention_policy_id: policy.policy_id };
  const flowId = await createFlow(stack, [source]);
  await startMigration(stack, flowId);
  const [job] = await untilJobs(stack, flowId, 'completed');
  await approve(stack, flowId, 'lena');
  await until('readiness', async () => (await readinessOf(stack.as('olga'), flowId)).ready);
  const blockers = async () =>
    (await readinessOf(stack.as('olga'), flowId)).blockers.map(({ code, role }) => `${code} ${role ?? ''}`.trim());

  const words = { description: 'better said' };
  const inWords = await impactOf(policy, words);
  expect(inWords.systems).toMatchObject([{ flow_id: flowId, outcome: 'reassigned', policy_after: 'Worded, version 2' }]);
  expect(inWords.systems[0]).not.toHaveProperty('archive_again_job_id');
  expect(inWords.voided_approvals.map(({ role, status }) => `${role} ${status}`)).toEqual(['data_owner granted', 'compliance granted']);
  expect([200, 202]).toContain((await revise(policy, words, 1)).status);
  await untilVoided(flowId, inWords);
  expect((await approvalsOf(flowId)).filter(({ role }) => role === 'legal').map(({ status }) => status)).toEqual(['granted']);
  expect(await blockers()).toEqual(['APPROVAL_MISSING data_owner', 'APPROVAL_MISSING compliance']);
  await grantAnew(flowId, 'dana', 'data_owner');
  await grantAnew(flowId, 'carl', 'compliance');
  await until('readiness', async () => (await readinessOf(stack.as('olga'), flowId)).ready);

  const terms = { retention_period_days: 3650 };
  const inTerms = await impactOf(policy, terms);
  expect(inTerms.systems).toMatchObject([{ archive_again_job_id: job!.job_id, job_status: 'completed' }]);
  expect(inTerms.voided_approvals.map(({ role, status }) => `${role} ${status}`)).toEqual([
    ...['data_owner granted', 'compliance granted', 'legal granted'],
  ]);
  expect(inTerms.voided_approvals[2]!.changed[0]).toMatch(/, which differs in: retention period days\.$/);
  expect([200, 202]).toContain((await revise(policy, terms, 2)).status);
  await untilVoided(flowId, inTerms);
  expect(await blockers()).toEqual(expect.arrayContaining(['POLICY_CHANGED', 'APPROVAL_MISSING legal']));
}, 120_000);

it('gives a policy under review to no system', async () => {
  const policy = await create('Weighed', { compliance_requirements: ['GDPR', 'SOX', 'PCI-DSS'] });
  const review = (step: string, revision: number) =>
    call('POST', `/retention-policies/${policy.policy_id}/${step}`, { reason: 'yearly' }, { 'if-match': `"${revision}"` });
  expect((await review('start-review', 1)).body).toMatchObject({ status: 'under_review', version: 1, revision: 2 });
  const source = { ...(await createDirectorySource(stack, 'weighed')), retention_policy_id: policy.policy_id };
  const { system_id } = await stack.as('olga').post('/systems', source);
  const begun = await stack.as('olga').post('/decommission-flow/initialize', { selected_system_ids: [system_id] });
  const flowId: string = begun.flow_id;
  const alerts = () => stack.as('olga').get(`/alerts?flow_id=${flowId}`) as Promise<{ code: string }[]>;
  await until('the alert', async () => (await alerts()).some(({ code }) => code === 'POLICY_UNKNOWN'));
  expect(await assignmentsOf(flowId)).toEqual([]);
  expect((await review('end-review', 2)).body.status).toBe('active');
  await until('the assignment', async () => (await assignmentsOf(flowId))[0]?.policy_id === policy.policy_id);
});

it('exports what imports again without a change, and imports all or nothing', async () => {
  const file = (await call('GET', '/retention-policies/export')).text;
  const changesOf = async (text: string, query = '') => {
    const answer = await call<{ changes: { policy_name: string; outcome: string }[] }>('POST', `/retention-policies/import${query}`, text);
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    return answer.body.changes
      .filter(({ outcome }) => outcome !== 'unchanged')
      .map(({ policy_name, outcome }) => `${policy_name} ${outcome}`);
  };
  expect(file).toContain('policy_name: Business Critical Data');
  expect(await changesOf(file)).toEqual([]);
  const added = [
    '  - policy_name: From a file',
    '    retention_period_days: 730',
    '    storage_location: s3://archive-bucket/file/',
    '',
  ].join('\n');
  const changed = file.replace('retention_period_days: 1095', 'retention_period_days: 1100') + added;
  const expected = ['Application Data revised', 'From a file created'];
  expect(await changesOf(changed, '?dry_run=true')).toEqual(expected);
  expect(await changesOf(changed, '?dry_run=true')).toEqual(expected);
  const bad = changed.replace('s3://archive-bucket/file/', 's3://elsewhere/file/');
  const refused = await call<{ errors: { pointer: string; detail: string }[] }>('POST', '/retention-policies/import', bad);
  expect([refused.status, refused.body.errors[0]!.detail]).toEqual([422, expect.stringMatching(/^line \d+: .*elsewhere/)]);
  expect(await changesOf(changed)).toEqual(expected);
  expect(await changesOf(changed)).toEqual([]);
});

it('cites the regulations and gives advice', async () => {
  const { body } = await call<{ rules: { requirement: string; kind: string; duration: string | null }[] }>('GET', '/regulations');
  expect(body.rules).toContainEqual(expect.objectContaining({ requirement: 'GDPR', kind: 'maximum', duration: null }));
  const question = { compliance_requirements: ['GDPR', 'SOX'], data_types: ['PII'] };
  const advice = await call<{ conflicts: object[]; minima: { duration: string }[] }>('POST', '/regulations/advice', question);
  expect(advice.body).toMatchObject({ minima: [{ duration: 'P7Y' }], conflicts: [{ requirement: 'GDPR', against: 'SOX' }] });
});
