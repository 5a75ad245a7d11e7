import type { ArchiveLocked } from '@lastcopy/contracts';
import { isCodedError } from '@lastcopy/kernel';
import type { ArchiveFixture } from '@lastcopy/testkit';
import { newTenant } from '../testing/archive-rig.js';
import { ProofRig } from '../testing/proof-rig.js';
import { isVerdict } from './findings.js';
import type { VerifierParts } from './proof.js';
import { verifyArchive, verifyRetention } from './verify-archive.js';

const tenant = newTenant();
let rig: ProofRig;

beforeAll(async () => {
  rig = await ProofRig.start(tenant);
});
afterAll(() => rig.stop());

describe('what only keeps the check from being made', () => {
  const outcome = async (fixture: ArchiveFixture, changes: Partial<VerifierParts>, signal?: AbortSignal) => {
    const proof = await rig.proofOf(rig.claimOf(fixture), changes, signal);
    const error: unknown = await verifyArchive(proof, undefined).catch((thrown: unknown) => thrown);
    return { verdict: isVerdict(error), code: isCodedError(error) ? error.code : String(error) };
  };

  it('is no verdict: a store that denies, stalls or fails', async () => {
    const fixture = await rig.archive(tenant, 'readable');
    for (const [fault, code] of [
      [{ kind: 'error', code: 'AccessDenied' }, 'STORE_DENIED'],
      [{ kind: 'stall', afterBytes: 10 }, 'STORE_STALLED'],
    ] as const) {
      rig.archives.fault = ({ operation, key }) => (operation === 'GetObject' && key.includes('/data/') ? fault : undefined);
      expect(await outcome(fixture, {})).toEqual({ verdict: false, code });
    }
    rig.archives.fault = undefined;
  });

  it('is no verdict: a scratch server that is down', async () => {
    const fixture = await rig.archive(tenant, 'restored');
    const scratchAdmin = { ...rig.parts.scratchAdmin, port: 1 };
    expect(await outcome(fixture, { scratchAdmin })).toEqual({ verdict: false, code: 'VERIFICATION_UNAVAILABLE' });
  });

  it('ends at once when the work is taken away, and leaves nothing behind', async () => {
    const fixture = await rig.archive(tenant, 'restored');
    const taken = new AbortController();
    rig.archives.fault = ({ operation, key }) => {
      if (operation === 'GetObject' && key.includes('/data/t-0002')) taken.abort(new Error('taken over'));
      return undefined;
    };
    expect(await outcome(fixture, {}, taken.signal)).toEqual({ verdict: false, code: 'Error: taken over' });
    rig.archives.fault = undefined;
    expect(await rig.scratchDatabases()).toEqual([]);
  });
});

describe('the clock that retention is counted from', () => {
  const minute = 60_000;
  /** The manifest says `offsetMs` from now when it was made; the store writes it now. */
  const madeAt = (offsetMs: number) =>
    rig.archive(tenant, 'stored', {
      ...rig.directory(),
      falsify: { manifest: (manifest) => ({ ...manifest, created_at: new Date(Date.now() + offsetMs).toISOString() }) },
    });

  it.each([-11 * minute, 11 * minute])('is refused when it is %i ms from the clock of the store', async (offsetMs) => {
    expect(await rig.refusal(await madeAt(offsetMs))).toMatchObject({
      code: 'RETENTION_NOT_IN_FORCE',
      message: expect.stringMatching(/manifest\.json.*clock/),
    });
  });

  it.each([-8 * minute, 8 * minute])('may be %i ms from the clock of the store', async (offsetMs) => {
    expect(await rig.prove(await madeAt(offsetMs))).toMatchObject({ level: 'stored' });
  });
});

describe('retention', () => {
  const year = 365 * 86_400_000;
  async function locked(fixture: ArchiveFixture, retainUntil = new Date(Date.now() + 8 * year), leaveOut?: string): Promise<ArchiveLocked> {
    const versions = await rig.readBack(fixture);
    for (const { bucket, key, versionId } of versions) {
      if (key.endsWith(leaveOut ?? '\n')) continue;
      await rig.archives.writable.setRetention({ bucket, key }, versionId, { mode: 'GOVERNANCE', retainUntil });
    }
    const { job_id, flow_id, attempt } = fixture.uploaded;
    return { job_id, flow_id, attempt, mode: 'GOVERNANCE', retain_until: retainUntil.toISOString(), versions: versions.length };
  }
  const check = async (fixture: ArchiveFixture, lock: ArchiveLocked) => verifyRetention(await rig.proofOf(rig.claimOf(fixture)), lock);

  it('is read back from every version', async () => {
    const fixture = await rig.archive(tenant, 'stored', rig.directory());
    const lock = await locked(fixture);
    expect(await check(fixture, lock)).toBe(lock.versions);
  });

  it.each(['manifest.json', 'manifest.json.jws', 'attempt-1.escrow.json', 'part-00001.tar.zst.enc'])(
    'is refused when %s is not under it',
    async (name) => {
      const fixture = await rig.archive(tenant, 'stored', rig.directory());
      const lock = await locked(fixture, undefined, name);
      await expect(check(fixture, lock)).rejects.toMatchObject({ code: 'RETENTION_NOT_IN_FORCE', message: expect.stringContaining(name) });
    },
  );

  it('is refused when it is shorter than the policy, whatever the lock says', async () => {
    const fixture = await rig.archive(tenant, 'stored', rig.directory());
    await expect(check(fixture, await locked(fixture, new Date(Date.now() + year)))).rejects.toMatchObject({
      code: 'RETENTION_NOT_IN_FORCE',
    });
  });

  it('is refused when the mode is weaker than the one reported, or a version was left out', async () => {
    const fixture = await rig.archive(tenant, 'stored', rig.directory());
    const lock = await locked(fixture);
    await expect(check(fixture, { ...lock, mode: 'COMPLIANCE' })).rejects.toMatchObject({ code: 'RETENTION_NOT_IN_FORCE' });
    await expect(check(fixture, { ...lock, versions: lock.versions - 1 })).rejects.toMatchObject({ code: 'RETENTION_NOT_IN_FORCE' });
  });
});
