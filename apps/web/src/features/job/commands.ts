import type { JobDetail } from '../jobs/queries.js';

export interface SaidCommand {
  says: string;
  command: string;
}

/** What can be typed about this job now, in the order in which it is asked for: only what its state allows. */
export function commandsOf({ job_id, flow_id, possible_actions, archive_commands }: JobDetail): SaidCommand[] {
  return [
    { says: 'Look at the jobs of this flow', command: `lastcopy jobs list ${flow_id}` },
    ...(possible_actions.includes('retry') ? [{ says: 'Try it again', command: `lastcopy jobs retry ${job_id}` }] : []),
    ...(archive_commands
      ? [
          { says: 'Check the archive without the services, with a key', command: archive_commands.verify },
          { says: 'Restore it into a folder', command: archive_commands.restore },
        ]
      : []),
  ];
}
