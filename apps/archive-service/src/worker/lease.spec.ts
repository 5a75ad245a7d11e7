import { jest } from '@jest/globals';
import { Lease } from './lease.js';

const leaseMs = 30_000;
/** Time goes on as the test says, whatever else the machine does. */
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const reasonOf = ({ signal }: Lease) => signal.reason as unknown;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('lasts as long as it is renewed', async () => {
  const renew = jest.fn(async () => true);
  const lease = new Lease({ leaseMs, renew });
  await pass(10 * leaseMs);
  expect([renew.mock.calls.length, lease.signal.aborted]).toEqual([30, false]);
  lease.stop();
  await pass(10 * leaseMs);
  expect([renew.mock.calls.length, lease.signal.aborted]).toEqual([30, false]);
});

it('aborts as soon as the job is not this worker’s', async () => {
  const lease = new Lease({ leaseMs, renew: async () => false });
  await pass(leaseMs / 3);
  expect(reasonOf(lease)).toMatchObject({ code: 'LEASE_LOST', message: expect.stringMatching(/taken over/) });
});

it('survives failed renewals while the lease lasts', async () => {
  let calls = 0;
  const renew = async () => {
    calls += 1;
    if (calls < 3) throw new Error('database away');
    return true;
  };
  const lease = new Lease({ leaseMs, renew });
  await pass(2 * leaseMs);
  expect([calls > 3, lease.signal.aborted]).toEqual([true, false]);
  lease.stop();
});

it.each<[string, () => Promise<boolean>]>([
  ['fails', () => Promise.reject(new Error('database away'))],
  ['hangs', () => new Promise(() => undefined)],
])('aborts when it could not be renewed in time because the question %s, and not before', async (_, renew) => {
  const lease = new Lease({ leaseMs, renew });
  await pass(leaseMs - 1);
  expect(lease.signal.aborted).toBe(false);
  await pass(1);
  expect(reasonOf(lease)).toMatchObject({ code: 'LEASE_LOST', message: expect.stringMatching(/renewed in time/) });
});
