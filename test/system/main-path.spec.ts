import { approve, createDatabaseSource, createDirectorySource, createFlow, readinessOf, startMigration, untilJobs } from './fixtures.js';
import { eventsOf, rebuildDifferences, violationsOf } from './logs.js';
import { startOtlpReceiver } from './otlp-receiver.js';
import { startStack, type Stack } from './stack.js';
import { until } from '@lastcopy/testkit';

let stack: Stack;
let receiver: Awaited<ReturnType<typeof startOtlpReceiver>>;
beforeAll(async () => {
  receiver = await startOtlpReceiver();
  const traced = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  stack = await startStack({ 'policy-service': traced, 'archive-service': traced, 'integrity-service': traced, gateway: traced });
}, 60_000);
afterAll(async () => {
  await stack?.stop();
  await receiver?.stop();
});

it('takes systems through the whole phase, and not a step earlier than it may', async () => {
  const flowId = await createFlow(stack, [await createDatabaseSource(stack, 'ledger'), await createDirectorySource(stack, 'share')]);
  const operator = stack.as('olga');

  await expect(operator.post(`/decommission-flow/${flowId}/archive-jobs`)).rejects.toMatchObject({
    status: 409,
    code: 'APPROVALS_MISSING',
  });
  await expect(operator.post(`/decommission-flow/${flowId}/proceed-to-shutdown`)).rejects.toMatchObject({
    status: 409,
    code: 'GATE_BLOCKED',
  });

  await startMigration(stack, flowId);
  const jobs = await untilJobs(stack, flowId, 'completed');
  expect(jobs.every((job) => job.integrity_verified && /^[0-9a-f]{64}$/.test(job.verification_checksum ?? ''))).toBe(true);
  expect((await eventsOf(stack, 'integrity-service', 'IntegrityVerified')).map(({ level }) => level).sort()).toEqual([
    'readable',
    'reconciled',
  ]);

  const before = await readinessOf(operator, flowId);
  expect(before.blockers.flatMap(({ role }) => role ?? [])).toEqual(['legal']);
  // Legal's own document is missing as well; the report of the product may or may not be there by now.
  const others = before.blockers.filter(({ role }) => !role).map(({ code }) => code.replace(/_.*/, ''));
  expect(new Set(others)).toEqual(new Set(['ARTIFACT']));
  await approve(stack, flowId, 'lena');
  await until('readiness', async () => (await readinessOf(operator, flowId)).ready);

  const answers = await Promise.allSettled(
    Array.from({ length: 100 }, () => operator.post(`/decommission-flow/${flowId}/proceed-to-shutdown`)),
  );
  for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ status: 409 });
  expect(answers.some((answer) => answer.status === 'fulfilled')).toBe(true);
  const transitions = await eventsOf(stack, 'gateway', 'PhaseTransitioned');
  expect(transitions.filter(({ to_phase }) => to_phase === 'system_shutdown')).toHaveLength(1);
  expect(transitions.at(-1)).toMatchObject({
    from_phase: 'data_migration',
    summary: { archive_jobs_completed: 2, data_integrity_verified: true },
  });

  expect(await violationsOf(stack)).toEqual([]);
  expect(await rebuildDifferences(stack)).toEqual([]);
}, 120_000);

it('carries one trace through all four services', async () => {
  const everyone = ['archive-service', 'gateway', 'integrity-service', 'policy-service'];
  await until('a trace of all four services', async () =>
    [...receiver.servicesByTrace.values()].some((services) => everyone.every((name) => services.has(name))),
  );
}, 60_000);
