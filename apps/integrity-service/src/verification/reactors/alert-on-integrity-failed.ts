import type { IntegrityFailed } from '@lastcopy/contracts';
import { raiseAlert, type Reactor } from '@lastcopy/eventing';
import { errorRegistry, type ErrorCode } from '@lastcopy/kernel';
import type { ServiceDeps } from '@lastcopy/platform';
import { isCompleted } from '../projections/received-facts.js';

const hintOf = (code: string): string => errorRegistry[code as ErrorCode]?.hint ?? 'Do not shut the source down; archive again.';

/** Follows from the stored failure, so that no crash between the two can lose the alarm. */
export const alertOnIntegrityFailed = (deps: ServiceDeps): Reactor => ({
  kind: 'reactor',
  name: 'alert_on_integrity_failed',
  types: ['IntegrityFailed'],
  async react(event) {
    const failed = event.data as IntegrityFailed;
    const { store } = deps.eventing;
    const completed = await isCompleted(store.query, failed.job_id, failed.attempt);
    await raiseAlert(store, event, {
      severity: completed ? 'critical' : 'high',
      code: failed.code,
      message: `The archive of job ${failed.job_id}, attempt ${failed.attempt}, is not what was written: ${failed.message}`,
      what_to_do: hintOf(failed.code),
      flow_id: failed.flow_id,
      job_id: failed.job_id,
      key: `integrity-failed ${event.event_id}`,
    });
  },
});
