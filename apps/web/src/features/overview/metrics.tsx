import { Paper, SimpleGrid, Text } from '@mantine/core';
import { bytes, count } from '../../ui/figures.js';
import type { Overview } from './queries.js';

export function Metrics({ metrics }: { metrics: Overview['metrics'] }) {
  const cards = [
    ['Flows under way', count(metrics.flows_active)],
    ['Systems archived', `${count(metrics.systems_archived)} of ${count(metrics.systems_in_flows)}`],
    ['Archived', bytes(metrics.archived_bytes)],
    ['Jobs running', count(metrics.jobs_running)],
    ['Jobs failed', count(metrics.jobs_failed)],
    ['Approvals waiting', count(metrics.approvals_waiting)],
  ] as const;
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} component="section" aria-label="Figures">
      {cards.map(([label, value]) => (
        <Paper key={label} withBorder p="sm">
          <Text size="sm" c="dimmed">
            {label}
          </Text>
          <Text fz="xl" fw={650} style={{ fontVariantNumeric: 'tabular-nums' }}>
            {value}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
