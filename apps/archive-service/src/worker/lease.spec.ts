import { Lease } from './lease.js';

const aborted = (lease: Lease) =>
  new Promise<Error>((resolve) => lease.signal.addEventListener('abort', () => resolve(lease.signal.reason as Error)));

it('lasts as long as it is renewed', async () => {
  let renewals = 0;
  const enough = new Promise<void>((resolve) => {
    const lease = new Lease({
      leaseMs: 60,
      renew: async () => {
        renewals += 1;
        if (renewals === 10) {
          expect(lease.signal.aborted).toBe(false);
          lease.stop();
          resolve();
        }
        return true;
      },
    });
  });
  await enough;
  expect(renewals).toBe(10);
});

it('aborts as soon as the job is not this worker’s', async () => {
  const lease = new Lease({ leaseMs: 30, renew: async () => false });
  expect(await aborted(lease)).toMatchObject({ code: 'LEASE_LOST', message: expect.stringMatching(/taken over/) });
});

it('survives failed renewals while the lease lasts', async () => {
  let calls = 0;
  const renewed = new Promise<void>((resolve) => {
    const lease = new Lease({
      leaseMs: 600,
      renew: async () => {
        calls += 1;
        if (calls < 3) throw new Error('database away');
        lease.stop();
        resolve();
        return true;
      },
    });
  });
  await renewed;
  expect(calls).toBe(3);
});

it('aborts when it could not be renewed in time, even if the question hangs', async () => {
  const failing = new Lease({ leaseMs: 50, renew: () => Promise.reject(new Error('database away')) });
  const hanging = new Lease({ leaseMs: 50, renew: () => new Promise(() => undefined) });
  for (const reason of await Promise.all([aborted(failing), aborted(hanging)])) {
    expect(reason).toMatchObject({ code: 'LEASE_LOST', message: expect.stringMatching(/renewed in time/) });
  }
});
