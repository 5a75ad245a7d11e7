import type { FlowPaused } from '@lastcopy/contracts';
import type { LoggedEvent, Reactor } from '@lastcopy/eventing';
import { reactOnJob, type ReactorParts } from './react-on-job.js';

const name = 'follow_flow';
const commands = { FlowPaused: 'Pause', FlowResumed: 'Resume', FlowCancelled: 'Cancel' } as const;

async function jobsOf({ store }: ReactorParts, event: LoggedEvent): Promise<string[]> {
  const { flow_id } = event.data as FlowPaused;
  const rows = await store().query<{ job_id: string }>(
    'select job_id from job_queue where flow_id = $1 and client_account_id = $2 and engagement_id = $3 order by job_id',
    [flow_id, event.client_account_id, event.engagement_id],
  );
  return rows.map(({ job_id }) => job_id);
}

/** What happens to a flow happens to each of its jobs for which it still means something. */
export const followFlow = (parts: ReactorParts): Reactor => ({
  kind: 'reactor',
  name,
  types: ['FlowPaused', 'FlowResumed', 'FlowCancelled'],
  async react(event) {
    const type = commands[event.type as keyof typeof commands];
    const { reason } = event.data as FlowPaused;
    for (const jobId of await jobsOf(parts, event)) await reactOnJob(parts, event, name, jobId, { type, reason });
  },
});
