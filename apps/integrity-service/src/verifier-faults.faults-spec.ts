import { newTenant } from './testing/archive-rig.js';
import { ServiceRig } from './testing/service-rig.js';
import { until } from '@lastcopy/testkit';

const tenant = newTenant();
/** What takes over from a dead verifier does not wait long. */
const quick = { LEASE_MS: '1500', STORE_INACTIVITY_MS: '1000' };
let rig: ServiceRig;

beforeEach(async () => {
  rig = await ServiceRig.start();
}, 30_000);
afterEach(() => rig.stop(), 30_000);

const verdicts = async (jobId: string): Promise<string[]> => (await rig.typesOf(jobId)).filter((type) => type.startsWith('Integrity'));

/** Holds back the first object of the rows that anybody asks for; answers when somebody has. Later readers pass. */
function holdFirstReader(): { reached: Promise<void>; release(): void } {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let readers = 0;
  rig.archives.fault = async ({ operation, key }) => {
    if (operation !== 'GetObject' || !key.includes('/data/t-0002/') || readers++ > 0) return undefined;
    reached.resolve();
    await released.promise;
    return undefined;
  };
  return { reached: reached.promise, release: released.resolve };
}

it('gives one verdict, however many services verify', async () => {
  await rig.boot({ VERIFIERS: '3' });
  await rig.boot({ VERIFIERS: '3' });
  const fixtures = await Promise.all(Array.from({ length: 6 }, () => rig.archives.archive(tenant, 'restored')));
  for (const { uploaded } of fixtures) await rig.uploaded(tenant, uploaded);
  for (const { uploaded } of fixtures) await rig.event(uploaded.job_id, 'IntegrityVerified');
  for (const { uploaded } of fixtures) expect(await verdicts(uploaded.job_id)).toEqual(['IntegrityVerified']);
  expect(await rig.scratchDatabases()).toEqual([]);
});

it('goes on after a kill in the middle of a restore, and removes the scratch database that was left', async () => {
  const held = holdFirstReader();
  const { child } = await rig.spawn(quick);
  const fixture = await rig.archives.archive(tenant, 'restored');
  await rig.uploaded(tenant, fixture.uploaded);
  await held.reached;
  child.kill('SIGKILL');
  const [left] = await rig.scratchDatabases();
  expect(left).toBeDefined();
  await rig.boot({ SCRATCH_SWEEP_INTERVAL_MS: '1000' });
  await rig.event(fixture.uploaded.job_id, 'IntegrityVerified');
  held.release();
  await until('the scratch databases to be gone', async () => (await rig.scratchDatabases()).length === 0);
  expect(await verdicts(fixture.uploaded.job_id)).toEqual(['IntegrityVerified']);
}, 60_000);

it('changes nothing when a verifier thaws after another one has taken over', async () => {
  const held = holdFirstReader();
  const { child, log } = await rig.spawn(quick);
  const fixture = await rig.archives.archive(tenant, 'restored');
  await rig.uploaded(tenant, fixture.uploaded);
  await held.reached;
  child.kill('SIGSTOP');
  const [frozen] = await rig.scratchDatabases();
  await rig.boot({});
  await rig.event(fixture.uploaded.job_id, 'IntegrityVerified');
  expect(frozen).toBeDefined();
  expect(await rig.scratchDatabases()).toEqual([]);
  held.release();
  child.kill('SIGCONT');
  await until('the thawed verifier to give up', async () => log().includes('somebody else’s now'));
  expect(await verdicts(fixture.uploaded.job_id)).toEqual(['IntegrityVerified']);
  const [row] = await rig.log.query<{ claim_no: number; state: string }>(
    'select claim_no, state from verification_queue where job_id = $1',
    [fixture.uploaded.job_id],
  );
  expect(row).toEqual({ claim_no: 2, state: 'done' });
}, 60_000);
