import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Tenant } from '@lastcopy/contracts';
import { MatrixCallers, tokenFaults } from '../../apps/gateway/src/testing/matrix-callers.js';
import { callerKinds, routePermissions, type CallerKind, type RouteRow } from '../../apps/gateway/src/testing/route-permissions.js';
import { createDirectorySource, createFlow, startMigration, untilJobs } from './fixtures.js';
import { startStack, type Stack } from './stack.js';

const atOnce = 8;
const unlimited = { RATE_LIMIT_PER_MINUTE: '1000000', RATE_LIMIT_PER_ADDRESS: '1000000', FAILED_SIGN_INS_PER_MINUTE: '1000000' };

let dir: string;
let stack: Stack;
let callers: MatrixCallers;
/** Something of another tenant for every parameter that names one. */
let foreign: Record<string, string>;
let foreignTenant: Tenant;
const own: Tenant = { client_account_id: randomUUID(), engagement_id: randomUUID() };

async function foreignIds(): Promise<Record<string, string>> {
  const flow_id = await createFlow(stack, [await createDirectorySource(stack, 'theirs')]);
  await startMigration(stack, flow_id);
  const { job_id, system_id } = (await untilJobs(stack, flow_id, 'completed'))[0]!;
  const hold = await stack.as('lena').post('/legal-holds', { matter: 'Smith', reason: 'A claim was announced', system_id });
  const [[approval], [artifact], [policy]] = await Promise.all(
    [`/decommission-flow/${flow_id}/approvals`, `/decommission-flow/${flow_id}/artifacts`, '/retention-policies'].map((url) =>
      stack.as('lena').get(url),
    ),
  );
  const { approval_id } = approval as { approval_id: string };
  const { artifact_id } = artifact as { artifact_id: string };
  const { policy_id } = policy as { policy_id: string };
  return { flow_id, job_id, system_id, hold_id: (hold as { hold_id: string }).hold_id, approval_id, artifact_id, policy_id };
}

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-matrix-'));
  callers = await MatrixCallers.make(dir);
  stack = await startStack({ gateway: { ...callers.settings, ...unlimited } });
  const { client_account_id, engagement_id } = stack.profile;
  foreignTenant = { client_account_id, engagement_id };
  foreign = await foreignIds();
}, 120_000);
afterAll(async () => {
  await stack?.stop();
  await rm(dir, { recursive: true, force: true });
}, 30_000);

interface Answer {
  status: number;
  code?: string;
  detail?: string;
}

interface Asked {
  row: RouteRow;
  ids?: Record<string, string>;
  token: string | null;
  headers?: Tenant;
}

const words: Record<string, string> = { action: 'pause', phase_name: 'data_migration', version: '1', seq: '999999999' };

function pathOf(row: RouteRow, ids: Record<string, string>): string {
  return row.path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? words[name] ?? randomUUID());
}

async function ask({ row, ids = {}, token, headers = own }: Asked): Promise<Answer> {
  const leave = new AbortController();
  const response = await fetch(`${stack.profile.api_url}${pathOf(row, ids)}`, {
    method: row.method,
    headers: {
      ...{ 'X-Client-Account-ID': headers.client_account_id, 'X-Engagement-ID': headers.engagement_id },
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(row.body ? { 'Content-Type': 'application/json', 'If-Match': '"1"' } : {}),
    },
    ...(row.body ? { body: JSON.stringify(row.body) } : {}),
    signal: AbortSignal.any([AbortSignal.timeout(30_000), leave.signal]),
  });
  // A stream has no end: who gets in is seen at its head.
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    leave.abort();
    return { status: response.status };
  }
  const text = await response.text();
  const problem = response.headers.get('content-type')?.includes('problem') ? (JSON.parse(text) as Answer) : {};
  return { ...problem, status: response.status };
}

interface Wrong {
  route: string;
  caller: CallerKind;
  expected: string;
  got: string;
}

/** Asks every route as every caller; answers what was not as the table says. */
async function wrongAnswers(
  rows: readonly RouteRow[],
  look: (row: RouteRow, caller: CallerKind) => Promise<[string, string]>,
): Promise<Wrong[]> {
  const open = rows.flatMap((row) => callerKinds.map((caller) => ({ row, caller })));
  const asked = open.length;
  const wrong: Wrong[] = [];
  let done = 0;
  const worker = async () => {
    for (let next = open.pop(); next; next = open.pop()) {
      const [expected, got] = await look(next.row, next.caller);
      done += 1;
      if (expected !== got) wrong.push({ route: `${next.row.method} ${next.row.path}`, caller: next.caller, expected, got });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  expect(done).toBe(asked);
  return wrong;
}

const guarded = routePermissions.filter(({ needs }) => needs !== 'public');
const withIds = guarded.filter(({ path }) => /:\w*_id/.test(path));
const isAllowed = (row: RouteRow, caller: CallerKind) => row.allowed.includes(caller);
const described = ({ status, code = '' }: Answer) => `${status} ${code}`.trim();

/** Let in: whatever the answer is then about, it is not about who asks. */
const entry = (answer: Answer) => (answer.status === 401 || answer.status === 403 ? described(answer) : 'let in');

it('lets in whom the table names, and nobody else', async () => {
  const wrong = await wrongAnswers(routePermissions, async (row, caller) => {
    const answer = await ask({ row, token: await callers.token(caller, own) });
    return [isAllowed(row, caller) ? 'let in' : '403 FORBIDDEN', entry(answer)];
  });
  expect(wrong).toEqual([]);
}, 300_000);

it('refuses a token under the headers of another tenant', async () => {
  const wrong = await wrongAnswers(guarded, async (row, caller) => {
    const token = await callers.token(caller, own);
    return ['403 FORBIDDEN', described(await ask({ row, token, headers: foreignTenant, ids: foreign }))];
  });
  expect(wrong).toEqual([]);
}, 300_000);

it.each(tokenFaults)(
  'refuses every call whose token is wrong: %s',
  async (fault) => {
    const wrong = await wrongAnswers(guarded, async (row, caller) => {
      const token = fault === 'none' ? null : await callers.token(caller, own, fault);
      return ['401 UNAUTHENTICATED', described(await ask({ row, token }))];
    });
    expect(wrong).toEqual([]);
  },
  300_000,
);

const withoutIds = (answer: Answer) =>
  `${described(answer)} ${answer.detail ?? ''}`.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '…');

it('says of what belongs to another tenant exactly what it says of what does not exist', async () => {
  const wrong = await wrongAnswers(withIds, async (row, caller) => {
    const token = await callers.token(caller, own);
    const unknown = Object.fromEntries(Object.keys(foreign).map((name) => [name, randomUUID()]));
    const [ofForeign, ofUnknown] = [await ask({ row, token, ids: foreign }), await ask({ row, token, ids: unknown })];
    if (!isAllowed(row, caller)) return ['403 FORBIDDEN', described(ofForeign)];
    const bodyMatters = ofUnknown.status === 422 && ofForeign.status === 422;
    if (ofForeign.status !== 404 && !bodyMatters) return ['404', described(ofForeign)];
    return [withoutIds(ofUnknown), withoutIds(ofForeign)];
  });
  expect(wrong).toEqual([]);
}, 300_000);

it('left what belongs to the other tenant as it was', async () => {
  const flow = await stack.as('olga').get(`/decommission-flow/${foreign.flow_id}/status`);
  const [job] = await stack.as('olga').get(`/decommission-flow/${foreign.flow_id}/archive-jobs`);
  const hold = await stack.as('olga').get(`/legal-holds/${foreign.hold_id}`);
  expect([flow.status, job.status, job.paused, hold.status]).toEqual(['data_migration', 'completed', false, 'standing']);
});
