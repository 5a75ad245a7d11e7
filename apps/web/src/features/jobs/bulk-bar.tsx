import { Group, List, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../../sign-in/use-who.js';
import { count, counted } from '../../ui/figures.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { ReasonModal } from '../../ui/reason-modal.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { useBulk, useBulkPreview, type BulkAction, type Job } from './queries.js';

const actions: { action: BulkAction; label: string; grave?: boolean }[] = [
  { action: 'retry', label: 'Retry' },
  { action: 'pause', label: 'Pause' },
  { action: 'resume', label: 'Resume' },
  { action: 'cancel', label: 'Cancel', grave: true },
];

/** The gateway takes no more in one call. */
const mostAtOnce = 500;
const shownRefusals = 5;

function Preview({ flowId, action, jobs }: { flowId: string; action: BulkAction; jobs: readonly Job[] }) {
  const ids = jobs.map(({ job_id }) => job_id);
  const preview = useBulkPreview(flowId, action, ids);
  if (preview.isPending) return <RowsSkeleton rows={2} />;
  if (!preview.data) return <ProblemAlert error={preview.error} retry={() => void preview.refetch()} />;
  const refused = preview.data.results.filter(({ outcome }) => outcome === 'refused');
  const names = new Map(jobs.map(({ job_id, system_name }) => [job_id, system_name]));
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        It is possible for {counted(ids.length - refused.length, 'job')} of {ids.length}.
      </Text>
      {refused.length > 0 && (
        <List size="sm">
          {refused.slice(0, shownRefusals).map(({ job_id, message }) => (
            <List.Item key={job_id}>
              {names.get(job_id)}: {message}
            </List.Item>
          ))}
          {refused.length > shownRefusals && <List.Item>and {refused.length - shownRefusals} more</List.Item>}
        </List>
      )}
    </Stack>
  );
}

/** An action on all jobs that are shown, with a preview of what it does to each. */
export function BulkBar({ flowId, jobs, filtered }: { flowId: string; jobs: readonly Job[]; filtered: boolean }) {
  // What was seen when it was chosen is what is acted on, whatever the list shows meanwhile.
  const [chosen, setChosen] = useState<(typeof actions)[number] & { of: readonly Job[]; all: string }>();
  const bulk = useBulk(flowId);
  const mayNot = useMay('decommission.execute');
  const whyNot = mayNot ?? (jobs.length === 0 ? 'No job is shown.' : undefined);
  const of = jobs.slice(0, mostAtOnce);
  const cut = of.length < jobs.length;
  const all = cut
    ? `the first ${counted(of.length, 'job')} of ${count(jobs.length)}`
    : filtered
      ? `the ${counted(of.length, 'job')} that are shown`
      : `all ${counted(of.length, 'job')}`;
  return (
    <Group gap="xs" role="group" aria-label={`Act on ${all}`}>
      <Text size="sm" c="dimmed">
        With {all}:
      </Text>
      {actions.map((each) => (
        <WhyNotButton key={each.action} size="compact-sm" variant="default" whyNot={whyNot} onClick={() => setChosen({ ...each, of, all })}>
          {each.label}
        </WhyNotButton>
      ))}
      <ReasonModal
        opened={chosen !== undefined}
        onClose={() => {
          setChosen(undefined);
          bulk.reset();
        }}
        title={chosen ? `${chosen.label} ${chosen.all}?` : ''}
        says={chosen && <Preview flowId={flowId} action={chosen.action} jobs={chosen.of} />}
        confirm={chosen?.label ?? ''}
        grave={chosen?.grave ?? false}
        pending={bulk.isPending}
        error={bulk.error}
        onConfirm={(reason) =>
          bulk.mutate(
            { action: chosen!.action, job_ids: chosen!.of.map(({ job_id }) => job_id), reason },
            { onSuccess: () => setChosen(undefined) },
          )
        }
      />
    </Group>
  );
}
