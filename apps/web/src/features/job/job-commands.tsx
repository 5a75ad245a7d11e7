import { Stack, Text } from '@mantine/core';
import { CopyText } from '../../ui/copy-text.js';
import type { JobDetail } from '../jobs/queries.js';

/** The same actions on the command line, and how the archive is read without any of our services. */
export function JobCommands({ job }: { job: JobDetail }) {
  const name = job.system_name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const commands = [
    ['Look at this job', `lastcopy jobs show ${job.job_id}`],
    ['Try it again', `lastcopy jobs retry ${job.job_id}`],
    ...(job.archive_location
      ? [
          ['Check the archive without the services, with a key', `lastcopy verify ${job.archive_location} --level readable`],
          ['Restore it into a folder', `lastcopy restore ${job.archive_location} --to ./${name}`],
        ]
      : []),
  ] as const;
  return (
    <Stack gap="sm">
      {commands.map(([says, command]) => (
        <Stack gap={2} key={command}>
          <Text size="sm">{says}</Text>
          <CopyText text={command} label="command" />
        </Stack>
      ))}
      {job.archive_location && (
        <Text size="sm" c="dimmed">
          A restore needs read access to the store and one of the two wrapping keys (the tenant’s or the escrow’s); no service has to run.
        </Text>
      )}
    </Stack>
  );
}
