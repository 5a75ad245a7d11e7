import { randomUUID } from 'node:crypto';
import {
  eventingMigrations,
  EventStore,
  decideAndAppend,
  sealFlow,
  serviceActor,
  unsealFlow,
  type CommandContext,
  type InlineProjection,
} from '@lastcopy/eventing';
import { createTestDatabase, type TestDatabase } from '@lastcopy/testkit';
import { ArchiveServiceTables1780000001000 } from '../../migrations/archive-service-tables.js';
import { LockedAttempts1780000200000 } from '../../migrations/locked-attempts.js';
import type { ArchiveJobCommand } from '../domain/archive-job-commands.js';
import { archiveJobDecider } from '../domain/archive-job-decider.js';
import { order } from '../domain/archive-job.fixtures.js';
import { jobQueue } from '../projections/job-queue.js';
import { claimJob, releaseLease, renewLease, type ClaimOptions } from './claim-job.js';
import { recordFailure } from './record-attempt.js';

const tenant = { client_account_id: 'client', engagement_id: 'engagement' };
const context = (): CommandContext => ({ command_id: randomUUID(), tenant, actor: serviceActor('archive-service') });
const options = (changes: Partial<ClaimOptions> = {}): ClaimOptions => ({ workerId: 'a', leaseMs: 60_000, takeoverCap: 1, ...changes });
const failure = { code: 'STORE_UNREACHABLE', error_class: 'transient', message: 'store away', hint: 'wait' } as const;

let database: TestDatabase;
let store: EventStore;
/** The database breaks when an alert is to be written. */
let alertsBreak: boolean;
const breaking: InlineProjection = {
  name: 'breaking',
  async apply(_, { type }) {
    if (alertsBreak && type === 'AlertRaised') throw new Error('the database went away');
  },
};
beforeEach(async () => {
  database = await createTestDatabase('claim');
  const dataSource = await database.dataSource([...eventingMigrations, ArchiveServiceTables1780000001000, LockedAttempts1780000200000]);
  store = new EventStore({
    service: 'archive-service',
    dataSource,
    clock: { now: () => new Date() },
    inlineProjections: [jobQueue, breaking],
  });
  alertsBreak = false;
});
afterEach(() => database.drop());

const decide = (jobId: string, command: ArchiveJobCommand) =>
  store.transact(context(), (tx) => decideAndAppend(tx, archiveJobDecider, 'archive_job', jobId, command));
async function queue(): Promise<string> {
  const jobId = randomUUID();
  await decide(jobId, { type: 'Queue', order: { ...order, job_id: jobId } });
  return jobId;
}
const lapse = (jobId: string) =>
  store.query(`update job_queue set lease_until = clock_timestamp() - interval '1 second' where job_id = $1`, [jobId]);

it('gives a job to one of many workers that want it', async () => {
  const jobId = await queue();
  const claims = await Promise.all(Array.from({ length: 8 }, (_, n) => claimJob(store, options({ workerId: `w${n}` }))));
  const won = claims.filter((claim) => claim !== null);
  expect(won).toMatchObject([{ attempt: 1, tenant, order: { job_id: jobId } }]);
  expect((await store.readStream('archive_job', jobId)).map(({ type }) => type)).toEqual(['ArchiveJobQueued', 'ArchiveJobStarted']);
});

it('gives the oldest job first, and every job once', async () => {
  const jobs = [await queue(), await queue(), await queue()];
  const claimed: (string | undefined)[] = [];
  for (let turn = 0; turn < 4; turn += 1) claimed.push((await claimJob(store, options()))?.order.job_id);
  expect(claimed).toEqual([...jobs, undefined]);
});

it('gives a job whose lease has lapsed to another worker, and the old one can renew no more', async () => {
  const jobId = await queue();
  const first = (await claimJob(store, options()))!;
  expect(await renewLease(store, first, 60_000)).toBe(true);
  expect(await claimJob(store, options({ workerId: 'b' }))).toBeNull();
  await lapse(jobId);
  const second = (await claimJob(store, options({ workerId: 'b' })))!;
  expect(second.attempt).toBe(2);
  expect(await renewLease(store, first, 60_000)).toBe(false);
  expect(await renewLease(store, second, 60_000)).toBe(true);
  await releaseLease(store, first);
  expect(await claimJob(store, options({ workerId: 'c' }))).toBeNull();
  await expect(recordFailure(store, first, failure, [60])).rejects.toMatchObject({ code: 'STALE_ATTEMPT' });
});

it('gives up with an alert on a job whose workers keep vanishing', async () => {
  const jobId = await queue();
  for (let turn = 0; turn < 2; turn += 1) {
    expect(await claimJob(store, options())).not.toBeNull();
    await lapse(jobId);
  }
  expect(await claimJob(store, options())).toBeNull();
  const events = await store.readLog(1, 100);
  expect(events.at(-2)).toMatchObject({ type: 'ArchiveJobFailed', data: { code: 'WORKERS_LOST', attempt: 2 } });
  expect(events.at(-1)).toMatchObject({ type: 'AlertRaised', data: { code: 'WORKERS_LOST', job_id: jobId } });
});

it('never gives up on a job that workers give back, however often', async () => {
  const jobId = await queue();
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    const claim = (await claimJob(store, options()))!;
    expect(claim).toMatchObject({ attempt, order: { job_id: jobId } });
    await releaseLease(store, claim);
  }
});

it('does not give up without its alert: a crash leaves both or none', async () => {
  const jobId = await queue();
  for (let turn = 0; turn < 2; turn += 1) {
    await claimJob(store, options());
    await lapse(jobId);
  }
  alertsBreak = true;
  await expect(claimJob(store, options())).rejects.toThrow();
  expect((await store.readStream('archive_job', jobId)).at(-1)).toMatchObject({ type: 'ArchiveJobStarted' });
  alertsBreak = false;
  expect(await claimJob(store, options())).toBeNull();
  expect((await store.readLog(1, 100)).slice(-2).map(({ type }) => type)).toEqual(['ArchiveJobFailed', 'AlertRaised']);
});

it('waits for a retry to be due, by the clock of the database', async () => {
  await queue();
  const first = (await claimJob(store, options()))!;
  await recordFailure(store, first, failure, [3600]);
  expect(await claimJob(store, options())).toBeNull();
  await store.query(`update job_queue set due_at = clock_timestamp() - interval '1 second'`);
  await expect(claimJob(store, options())).resolves.toBeNull();
  const [row] = await store.query<{ phase: string }>('select phase from job_queue');
  expect(row).toMatchObject({ phase: 'retry_scheduled' });
});

it('claims a due retry as the next attempt', async () => {
  await queue();
  const first = (await claimJob(store, options()))!;
  await recordFailure(store, first, failure, [0]);
  expect(await claimJob(store, options())).toMatchObject({ attempt: 2 });
});

it('leaves paused jobs and those of sealed flows alone', async () => {
  const jobId = await queue();
  await decide(jobId, { type: 'Pause', reason: 'lunch' });
  expect(await claimJob(store, options())).toBeNull();
  await decide(jobId, { type: 'Resume', reason: 'back' });
  await sealFlow(store, context(), { flow_id: order.flow_id, gate_no: 1 });
  expect(await claimJob(store, options())).toBeNull();
  await unsealFlow(store, context(), { flow_id: order.flow_id, gate_no: 1 });
  expect(await claimJob(store, options())).toMatchObject({ attempt: 1 });
});

it('says with an alert that data was not what it must be, and does not retry that', async () => {
  const jobId = await queue();
  const claim = (await claimJob(store, options()))!;
  await recordFailure(store, claim, { ...failure, code: 'SOURCE_COUNT_MISMATCH', error_class: 'integrity' }, [0]);
  const types = (await store.readLog(1, 100)).map(({ type }) => type);
  expect(types.slice(-2)).toEqual(['ArchiveJobFailed', 'AlertRaised']);
  expect((await store.readStream('archive_job', jobId)).at(-1)).toMatchObject({ type: 'ArchiveJobFailed' });
});

it('records no failed check without its alert', async () => {
  const jobId = await queue();
  const claim = (await claimJob(store, options()))!;
  const damaged = { ...failure, code: 'SOURCE_COUNT_MISMATCH', error_class: 'integrity' } as const;
  alertsBreak = true;
  await expect(recordFailure(store, claim, damaged, [0])).rejects.toThrow();
  expect((await store.readStream('archive_job', jobId)).at(-1)).toMatchObject({ type: 'ArchiveJobStarted' });
  alertsBreak = false;
  await recordFailure(store, claim, damaged, [0]);
  await recordFailure(store, claim, damaged, [0]);
  const types = (await store.readLog(1, 100)).map(({ type }) => type);
  expect(types.filter((type) => type === 'AlertRaised')).toHaveLength(1);
});

it('keeps of every attempt that uploaded, and of every destination', async () => {
  const jobId = await queue();
  await decide(jobId, { type: 'Cancel', reason: 'elsewhere' });
  await decide(jobId, { type: 'Queue', order: { ...order, job_id: jobId, destination: 's3://newer/' } });
  const [row] = await store.query('select phase, attempt, destinations, uploaded_attempts from job_queue');
  expect(row).toEqual({ phase: 'queued', attempt: 0, destinations: ['s3://archives/kept/', 's3://newer/'], uploaded_attempts: [] });
});
