import { Stack, Text } from '@mantine/core';
import { CopyText } from '../../ui/copy-text.js';
import type { JobDetail } from '../jobs/queries.js';
import { commandsOf } from './commands.js';

/** What of it the command line does too, and how the archive is read without any of our services. */
export function JobCommands({ job }: { job: JobDetail }) {
  return (
    <Stack gap="sm">
      {commandsOf(job).map(({ says, command }) => (
        <Stack gap={2} key={command}>
          <Text size="sm">{says}</Text>
          <CopyText text={command} label="command" />
        </Stack>
      ))}
      {job.archive_commands && (
        <Text size="sm" c="dimmed">
          A restore needs read access to the store and one of the two wrapping keys (the tenant’s or the escrow’s); no service has to run.
        </Text>
      )}
    </Stack>
  );
}
