import type { JSONWebKeySet } from 'jose';
import type { ArchiveHoldSet, ArchiveUploaded, EventData, Tenant } from '@lastcopy/contracts';
import { contextFromEvent, type LoggedEvent, type Reactor } from '@lastcopy/eventing';
import { isCodedError, type CodedError } from '@lastcopy/kernel';
import type { ObjectStore } from '@lastcopy/object-store';
import { archivedVersions } from '../archive-job/archived-versions.js';
import type { ReactorParts } from '../archive-job/reactors/react-on-job.js';
import { inLanes } from '../pipeline/in-lanes.js';
import { jobsOfSystem, systemOfJob, isHeld } from './standing-holds.js';

const name = 'hold_archives';
const lanes = 8;

export interface HoldParts extends ReactorParts {
  objects: ObjectStore;
  trustedSigners: JSONWebKeySet;
}

interface LockedArchive {
  uploaded: ArchiveUploaded;
  /** As it was last set; undefined when it never was. */
  held: boolean | undefined;
}

/** Which jobs' archives an event may change the holds of. */
async function concernedJobs({ store }: HoldParts, event: LoggedEvent): Promise<string[]> {
  if (event.type === 'ArchiveLocked') return [(event.data as EventData<'ArchiveLocked'>).job_id];
  const { scope } = event.data as EventData<'LegalHoldPlaced'>;
  return scope.kind === 'archive' ? [scope.job_id!] : jobsOfSystem(store().query, event, scope.system_id);
}

/** A job's locked archives, the oldest attempt first: those that a re-archiving left behind are evidence too. */
async function lockedArchives({ store }: HoldParts, tenant: Tenant, jobId: string): Promise<LockedArchive[]> {
  const ofTenant = ({ client_account_id, engagement_id }: LoggedEvent) =>
    client_account_id === tenant.client_account_id && engagement_id === tenant.engagement_id;
  const job = (await store().readStream('archive_job', jobId)).filter(ofTenant);
  const set = (await store().readStream('archive_hold', jobId)).filter(ofTenant).map(({ data }) => data as ArchiveHoldSet);
  const locked = new Set(
    job.filter(({ type }) => type === 'ArchiveLocked').map(({ data }) => (data as EventData<'ArchiveLocked'>).attempt),
  );
  return job
    .filter(({ type }) => type === 'ArchiveUploaded')
    .map(({ data }) => data as ArchiveUploaded)
    .filter(({ attempt }) => locked.has(attempt))
    .map((uploaded) => ({ uploaded, held: set.findLast(({ attempt }) => attempt === uploaded.attempt)?.held }));
}

/** Sets it on every version, then says so; false when something else is wanted by now. */
async function setHold(parts: HoldParts, event: LoggedEvent, systemId: string, uploaded: ArchiveUploaded, held: boolean): Promise<boolean> {
  const { job_id: jobId, attempt } = uploaded;
  const versions = await archivedVersions(parts.objects, parts.trustedSigners, uploaded);
  await inLanes(versions, lanes, new AbortController().signal, (version, signal) =>
    parts.objects.setLegalHold(version, version.versionId, held, { signal }),
  );
  return parts.store().transact(contextFromEvent(event, 'archive-service', name), async (tx) => {
    if ((await isHeld(tx.query.bind(tx), event, { systemId, jobId })) !== held) return false;
    const { version } = await tx.load('archive_hold', jobId);
    const data = { job_id: jobId, attempt, held, versions: versions.length };
    await tx.append('archive_hold', jobId, version, [{ type: 'ArchiveHoldSet', data }]);
    return true;
  });
}

/** An archive that cannot be held for good must not keep the others from being held: it is told, and they go on. */
async function alertOn(
  parts: HoldParts,
  event: LoggedEvent,
  { job_id, flow_id, attempt }: ArchiveUploaded,
  error: CodedError,
): Promise<void> {
  const { code, message } = error;
  const what_to_do =
    'The legal hold could not be set in the object store. Look at the archive, then place the hold again or verify the archive.';
  const tenant = { client_account_id: event.client_account_id, engagement_id: event.engagement_id };
  const text = `Attempt ${attempt} is not under legal hold in the store: ${message}`;
  await parts.alert(tenant, { severity: 'critical', code, message: text, what_to_do, job_id, flow_id });
}

/** Throws the last transient error, after every other archive of the job was seen to. */
async function holdJob(parts: HoldParts, event: LoggedEvent, jobId: string, systemId: string): Promise<void> {
  let again: unknown;
  for (const { uploaded, held } of await lockedArchives(parts, event, jobId)) {
    try {
      let set = false;
      while (!set) {
        const wanted = await isHeld(parts.store().query, event, { systemId, jobId });
        set = wanted === (held ?? false) || (await setHold(parts, event, systemId, uploaded, wanted));
      }
    } catch (error) {
      if (!isCodedError(error) || error.errorClass === 'transient') again = error;
      else await alertOn(parts, event, uploaded, error);
    }
  }
  if (again) throw again;
}

/**
 * Tells the object store which archives are under legal hold: every version of every locked archive while at least one hold stands on its
 * system or on itself. What is wanted is read anew each time, so the order of events and a repetition do not matter. Not part of a flow's
 * sealed evidence: a hold on an archive must not give up a gate.
 */
export const holdArchives = (parts: HoldParts): Reactor => ({
  kind: 'reactor',
  name,
  types: ['LegalHoldPlaced', 'LegalHoldReleased', 'ArchiveLocked'],
  async react(event) {
    let again: unknown;
    for (const jobId of await concernedJobs(parts, event)) {
      const systemId = await systemOfJob(parts.store().query, event, jobId);
      if (systemId) await holdJob(parts, event, jobId, systemId).catch((error: unknown) => (again = error));
    }
    if (again) throw again;
  },
});
