import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useMay } from '../../sign-in/use-who.js';
import { duration } from '../../ui/figures.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { useNow } from '../../ui/use-now.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { useJobAction, type Job } from './queries.js';

function Countdown({ at }: { at: string }) {
  const seconds = Math.max(0, (new Date(at).getTime() - useNow()) / 1000);
  return <Text size="sm">{seconds > 0 ? `Tried again by itself in ${duration(seconds)}.` : 'It is tried again now.'}</Text>;
}

/** What went wrong, what to do, and Retry. */
export function JobFailure({ job }: { job: Job }) {
  const retry = useJobAction(job);
  const whyNot = useMay('decommission.execute');
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={job.error_code ?? 'Failed'}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {job.error_message}
        </Text>
        {job.error_hint && (
          <Text size="sm" fw={600}>
            {job.error_hint}
          </Text>
        )}
        {job.retry_due_at && <Countdown at={job.retry_due_at} />}
        <WhyNotButton
          size="compact-sm"
          leftSection={<IconRefresh size={14} aria-hidden />}
          whyNot={whyNot}
          loading={retry.isPending}
          onClick={() => retry.mutate({ action: 'retry' })}
        >
          Retry Archive
        </WhyNotButton>
        {retry.error && <ProblemAlert error={retry.error} />}
      </Stack>
    </Alert>
  );
}
