import { verificationId, type ArchiveLocked } from '@lastcopy/contracts';
import { contextFromEvent, raiseAlert, type Reactor } from '@lastcopy/eventing';
import type { ServiceDeps } from '@lastcopy/platform';
import { queueRetention } from '../projections/verification-queue.js';

const name = 'read_back_on_archive_locked';

/** Every lock is read back from the store. A lock on an archive that was never verified is an anomaly that people must see. */
export const readBackOnArchiveLocked = (deps: ServiceDeps): Reactor => ({
  kind: 'reactor',
  name,
  types: ['ArchiveLocked'],
  async react(event) {
    const lock = event.data as ArchiveLocked;
    const context = contextFromEvent(event, 'integrity-service', name);
    const id = verificationId(lock.job_id, lock.attempt);
    const queued = await deps.eventing.store.transact(context, (tx) => queueRetention(tx, id, lock, event.traceparent));
    if (queued) return;
    await raiseAlert(deps.eventing.store, context.tenant, {
      severity: 'high',
      code: 'RETENTION_NOT_IN_FORCE',
      message: `Attempt ${lock.attempt} of archive job ${lock.job_id} was locked, but it was never uploaded or verified here.`,
      what_to_do: 'Find out why the archive-service locked it. The lock is not confirmed and the flow stays blocked.',
      flow_id: lock.flow_id,
      job_id: lock.job_id,
    });
  },
});
