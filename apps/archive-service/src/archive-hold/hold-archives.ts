import type { JSONWebKeySet } from 'jose';
import { streamId, type ArchiveHoldSet, type ArchiveUploaded, type EventData, type Tenant } from '@lastcopy/contracts';
import { contextFromEvent, type LoggedEvent, type Reactor } from '@lastcopy/eventing';
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

async function setHold(parts: HoldParts, event: LoggedEvent, uploaded: ArchiveUploaded, held: boolean): Promise<void> {
  const versions = await archivedVersions(parts.objects, parts.trustedSigners, uploaded);
  await inLanes(versions, lanes, new AbortController().signal, (version, signal) =>
    parts.objects.setLegalHold(version, version.versionId, held, { signal }),
  );
  const { job_id, attempt } = uploaded;
  await parts.store().transact(contextFromEvent(event, 'archive-service', name), async (tx) => {
    const { version } = await tx.load('archive_hold', job_id);
    const data = { job_id, attempt, held, versions: versions.length };
    await tx.append('archive_hold', job_id, version, [{ type: 'ArchiveHoldSet', data }]);
  });
  parts.logger.info({ job_id, attempt, held, stream_id: streamId('archive_hold', job_id) }, 'the legal hold of an archive was set');
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
    for (const jobId of await concernedJobs(parts, event)) {
      const systemId = await systemOfJob(parts.store().query, event, jobId);
      if (!systemId) continue;
      const wanted = await isHeld(parts.store().query, event, { systemId, jobId });
      for (const { uploaded, held } of await lockedArchives(parts, event, jobId)) {
        if (wanted !== (held ?? false)) await setHold(parts, event, uploaded, wanted);
      }
    }
  },
});
