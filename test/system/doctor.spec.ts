import { withClient } from '../../tools/embedded/provision.mjs';
import { createDirectorySource, createFlow, startMigration, untilJobs } from './fixtures.js';
import { lastcopyWithinFor } from './lastcopy.js';
import { startStack, type Stack } from './stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 60_000);
afterAll(() => stack?.stop());

const lastcopy = lastcopyWithinFor(() => stack);

it('finds every invariant kept, and then the one that somebody broke', async () => {
  const flowId = await createFlow(stack, [await createDirectorySource(stack, 'share')]);
  await startMigration(stack, flowId);
  await untilJobs(stack, flowId, 'completed');
  const healthy = await lastcopy('doctor');
  expect(healthy.out).toMatch(/All \d+ invariants hold/);
  expect(healthy.code).toBe(0);

  const { postgres } = stack.infrastructure;
  await withClient(postgres.url.replace(/\/postgres$/, '/lastcopy_archive'), async (client: { query(sql: string): Promise<unknown> }) => {
    await client.query('alter table events disable trigger user');
    await client.query(
      `update events set data = jsonb_set(data, '{retain_until}', '"2026-12-01T00:00:00.000Z"') where type = 'ArchiveUploaded'`,
    );
    await client.query('alter table events enable trigger user');
  });
  const broken = await lastcopy('doctor');
  expect(broken.code).toBe(1);
  expect(broken.out).toMatch(/BROKEN\s+unbroken-chain/);
  expect(broken.out).toMatch(/BROKEN\s+retention-long-enough/);
}, 120_000);

it('takes up parked events again, and says what it cannot', async () => {
  expect(await lastcopy('events', 'unpark', 'policy-service', 'keep_assignments', 'decommission_flow:none')).toEqual({
    code: 0,
    out: '0 applied, 0 still parked\n',
  });
  const unknown = await lastcopy('events', 'unpark', 'policy-service', 'nonsense', 'decommission_flow:none');
  expect(unknown).toMatchObject({ code: 1, out: expect.stringContaining('no subscription named nonsense') });
  expect(await lastcopy('events', 'unpark', 'nobody', 'x', 'y')).toMatchObject({
    code: 1,
    out: expect.stringContaining('VALIDATION_FAILED'),
  });
});
