import { spawn } from 'node:child_process';
import path from 'node:path';
import { until } from '@lastcopy/testkit';
import { attachAll, createDatabaseSource } from './fixtures.js';
import { lastcopyFor, lastcopyWithinFor } from './lastcopy.js';
import { startStack, type Stack } from './stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 60_000);
afterAll(() => stack?.stop());

/** Refusals, approvals and the end by a signal are seen from a process of its own; what else succeeds, within this one. */
const lastcopy = lastcopyFor(() => stack);
const lastcopyWithin = lastcopyWithinFor(() => stack);
const succeeds = async (...args: string[]): Promise<string> => {
  const { code, out } = await lastcopyWithin(...args);
  expect({ args, code, out }).toMatchObject({ code: 0 });
  return out;
};
const idIn = (text: string): string => /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(text)![0];

it('walks a system from its registration through the gate', async () => {
  const { source } = await createDatabaseSource(stack, 'ledger');
  const place = [
    '--host',
    source.host,
    '--port',
    String(source.port),
    '--database',
    source.database,
    '--user',
    source.user,
    '--secret-ref',
    source.secret_ref,
  ];
  const systemId = idIn(
    await succeeds(
      'systems',
      'add',
      'Ledger',
      '--kind',
      'postgresql',
      ...place,
      '--classification',
      'PII,Financial',
      '--compliance',
      'SOX',
    ),
  );
  expect(await succeeds('systems', 'test', systemId)).toContain('Connected');
  expect(await succeeds('systems', 'list')).toMatch(new RegExp(`${systemId}\\s+Ledger\\s+postgresql`));

  const flowId = idIn(await succeeds('flows', 'create', systemId, '--name', 'Retire the ledger'));
  expect(await succeeds('flows', 'list')).toContain('Retire the ledger');
  const early = await lastcopy('flows', 'start', flowId);
  expect(early).toMatchObject({ code: 1, out: expect.stringContaining('APPROVALS_MISSING') });

  const approve = (person: string, role: string, ...more: string[]) => lastcopy('--as', person, 'approve', flowId, '--role', role, ...more);
  await attachAll(stack, flowId, 'carl');
  await until('the approval of the data owner', async () => (await approve('dana', 'data_owner')).code === 0);
  expect(await approve('carl', 'compliance', '--reject')).toMatchObject({ code: 1, out: expect.stringContaining('VALIDATION_FAILED') });
  expect(await approve('dana', 'compliance')).toMatchObject({ code: 1, out: expect.stringContaining('APPROVER_NOT_ALLOWED') });
  expect((await approve('carl', 'compliance')).code).toBe(0);

  await succeeds('flows', 'start', flowId);
  expect(await succeeds('flows', 'watch', flowId)).toContain('Ledger: completed');
  expect(await succeeds('jobs', 'watch', flowId)).toContain('Ledger: completed');
  const listed = await succeeds('jobs', 'list', flowId);
  expect(listed).toMatch(/Ledger\s+completed\s+100%/);
  expect(await lastcopy('jobs', 'retry', idIn(listed))).toMatchObject({ code: 1, out: expect.stringContaining('JOB_STATE') });

  const blocked = await lastcopy('proceed', flowId);
  expect(blocked.code).toBe(1);
  expect(blocked.out.match(/APPROVAL_MISSING: The legal approval/g)).toHaveLength(1);
  await attachAll(stack, flowId, 'lena');
  await until('the legal approval', async () => (await approve('lena', 'legal')).code === 0);
  expect(await succeeds('flows', 'status', flowId)).toContain('Ready for system shutdown');
  expect(await succeeds('proceed', flowId)).toContain('system_shutdown');
}, 120_000);

/** `events tail` in a process of its own: what it has printed, and how it ends. */
function tailing(...options: string[]) {
  const env = { ...process.env, NODE_OPTIONS: '', LASTCOPY_PROFILE: path.join(stack.infrastructure.dataDir, 'stack.json') };
  const tail = spawn(process.execPath, ['apps/cli/dist/main.js', 'events', 'tail', ...options, '--json'], { env });
  const exited = new Promise<number | null>((resolve) => tail.once('exit', resolve));
  let out = '';
  tail.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const interrupt = (): Promise<number | null> => {
    tail.kill('SIGINT');
    return exited;
  };
  return { out: () => out, interrupt };
}

it('follows the events from the first one on, until it is interrupted, one reader at a time', async () => {
  const tail = tailing('--from-start');
  await until('the transition among the events', () => tail.out().includes('PhaseTransitioned'));
  const first = JSON.parse(tail.out().split('\n')[0]!) as { subject: string };
  expect(first.subject).toContain(`lastcopy.events.${stack.profile.client_account_id}.`);
  const second = await lastcopy('events', 'tail', '--from-start');
  expect(second).toMatchObject({ code: 1, out: expect.stringContaining('COMMAND_IN_FLIGHT') });
  expect(await tail.interrupt()).toBe(0);
});

it('follows what happens from now on', async () => {
  const tail = tailing();
  const { source } = await createDatabaseSource(stack, 'later');
  await until('a new event', async () => {
    await stack
      .as('olga')
      .post('/systems', { system_name: `Later ${Date.now()}`, source, data_classification: ['Public'], compliance_requirements: [] });
    return tail.out().includes('SystemRegistered');
  });
  expect(tail.out()).not.toContain('PhaseTransitioned');
  expect(await tail.interrupt()).toBe(0);
});

it('says what is wrong with an id that leads nowhere', async () => {
  expect(await lastcopy('flows', 'status', '../systems')).toMatchObject({
    code: 1,
    out: expect.stringMatching(/NOT_FOUND|VALIDATION_FAILED/),
  });
  expect(await lastcopy('systems', 'test', '00000000-0000-4000-8000-000000000000')).toMatchObject({
    code: 1,
    out: expect.stringContaining('NOT_FOUND'),
  });
});
