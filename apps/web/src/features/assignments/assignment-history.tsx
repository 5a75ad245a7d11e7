import { Stack, Text, Timeline, Title } from '@mantine/core';
import { Moment } from '../../ui/moment.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { usePersonName } from '../../ui/person-name.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { useHistory, type Assignment } from './queries.js';

/** Every assignment that the system had in this flow. */
export function AssignmentHistory({ assignment }: { assignment: Assignment }) {
  const nameOf = usePersonName();
  const history = useHistory(assignment.flow_id, assignment.system_id);
  const entries = history.data?.items ?? [];
  return (
    <Stack gap="xs">
      <Title order={3}>History</Title>
      {history.isPending && <RowsSkeleton rows={2} />}
      {history.error && <ProblemAlert error={history.error} retry={() => void history.refetch()} />}
      <Timeline bulletSize={14} lineWidth={2}>
        {entries.map((entry) => (
          <Timeline.Item
            key={entry.version}
            title={
              entry.type === 'PolicyAssigned'
                ? `${entry.assignment?.policy_name ?? 'Policy'} v${entry.assignment?.policy_version ?? ''} assigned`
                : 'Conflict resolved'
            }
          >
            <Text size="sm">{entry.reason ?? entry.resolved?.reason}</Text>
            <Text size="sm" c="dimmed">
              {nameOf(entry.actor)} · <Moment at={entry.at} />
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Stack>
  );
}
