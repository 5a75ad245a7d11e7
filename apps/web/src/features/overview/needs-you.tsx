import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClipboardCheck, IconClock, IconScale, type Icon } from '@tabler/icons-react';
import { Link } from 'react-router';
import { counted } from '../../ui/figures.js';
import type { Overview } from './queries.js';

type Need = Overview['needs_you'][number];

const words: Record<Need['kind'], { icon: Icon; urgent: boolean; says: (count: number) => string }> = {
  approvals_overdue: { icon: IconClock, urgent: true, says: (count) => `${counted(count, 'approval')} overdue` },
  approvals_to_decide: { icon: IconClipboardCheck, urgent: false, says: (count) => `${counted(count, 'approval')} to decide` },
  jobs_failed: { icon: IconAlertTriangle, urgent: true, says: (count) => `${counted(count, 'archive job')} failed` },
  conflicts_to_resolve: { icon: IconScale, urgent: false, says: (count) => `Retention conflicts in ${counted(count, 'flow')}` },
  alerts: { icon: IconAlertTriangle, urgent: true, says: (count) => `Integrity alerts in ${counted(count, 'flow')}` },
};

const tabOf: Record<Need['kind'], string> = {
  approvals_overdue: 'approvals',
  approvals_to_decide: 'approvals',
  jobs_failed: 'jobs&status=failed',
  conflicts_to_resolve: 'policies',
  alerts: 'timeline',
};

const linkOf = ({ kind, flow_id }: Need): string => {
  if (kind === 'approvals_to_decide' || kind === 'approvals_overdue') return '/approvals';
  return flow_id ? `/decommission/flow/${flow_id}/data-migration?tab=${tabOf[kind]}` : '#flows';
};

/** What waits for the person; nothing is said in one line. */
export function NeedsYou({ needs }: { needs: readonly Need[] }) {
  return (
    <Stack gap="xs" component="section" aria-labelledby="needs-you">
      <Title order={2} id="needs-you">
        Needs you
      </Title>
      {needs.length === 0 ? (
        <Group gap="xs">
          <IconCircleCheck size={18} aria-hidden />
          <Text size="sm">Nothing waits for you.</Text>
        </Group>
      ) : (
        <Group component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
          {needs.map((need) => {
            const { icon: Icon, urgent, says } = words[need.kind];
            return (
              <Paper component="li" key={need.kind} withBorder p="sm">
                <Group gap="sm" wrap="nowrap">
                  <Icon
                    size={20}
                    aria-label={urgent ? 'Urgent' : 'Waiting'}
                    color={urgent ? 'var(--mantine-color-error)' : 'currentColor'}
                  />
                  <Stack gap={0}>
                    <Anchor component={Link} to={linkOf(need)} fw={650}>
                      {says(need.count)}
                    </Anchor>
                    {need.flow_name && (
                      <Text size="sm" c="dimmed">
                        {need.flow_name}
                      </Text>
                    )}
                  </Stack>
                </Group>
              </Paper>
            );
          })}
        </Group>
      )}
    </Stack>
  );
}
