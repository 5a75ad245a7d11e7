import type { EventData, IntegrityFailed } from '@lastcopy/contracts';
import type { LoggedEvent, Reactor } from '@lastcopy/eventing';
import { errorRegistry, type ErrorCode } from '@lastcopy/kernel';
import { reactOnJob, type ReactorParts } from './react-on-job.js';

const name = 'fail_refuted_job';
const hintOf = (code: string): string =>
  Object.hasOwn(errorRegistry, code) ? errorRegistry[code as ErrorCode].hint : 'Do not shut the source down; archive again.';

async function noteTransition({ store }: ReactorParts, event: LoggedEvent): Promise<void> {
  const { flow_id, to_phase } = event.data as EventData<'PhaseTransitioned'>;
  if (to_phase !== 'system_shutdown') return;
  await store().query('insert into transitioned_flows (flow_id) values ($1) on conflict do nothing', [flow_id]);
}

async function isTransitioned({ store }: ReactorParts, flowId: string): Promise<boolean> {
  return (await store().query('select 1 from transitioned_flows where flow_id = $1', [flowId])).length > 0;
}

/**
 * A copy that does not pass a check makes its job failed, completed or not, and no seal holds that back: the gate must see it. After the
 * transition the job stays as the decision found it; the alert and the gateway's objection speak then.
 */
export const failRefutedJob = (parts: ReactorParts): Reactor => ({
  kind: 'reactor',
  name,
  types: ['IntegrityFailed', 'PhaseTransitioned'],
  async react(event) {
    if (event.type === 'PhaseTransitioned') return noteTransition(parts, event);
    const { job_id, flow_id, attempt, code, message } = event.data as IntegrityFailed;
    if (await isTransitioned(parts, flow_id)) {
      parts.logger.error({ job_id, flow_id, code }, 'an archive failed its check after the transition to shutdown');
      return;
    }
    const failure = { code, error_class: 'integrity', message, hint: hintOf(code) } as const;
    await reactOnJob(parts, event, name, job_id, { type: 'RecordIntegrityFailure', attempt, failure }, { sealExempt: true });
  },
});
