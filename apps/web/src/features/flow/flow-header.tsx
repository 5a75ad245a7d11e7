import { Paper, Progress, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { bytesPerSecond, count, counted, duration } from '../../ui/figures.js';
import { useNow } from '../../ui/use-now.js';
import { useSummary, type Summary } from './queries.js';

const gigabytes = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 3 });
const inGigabytes = (value: number): string => `${gigabytes.format(value / 1e9)} GB archived`;

/** "5–9 min", by how steady the throughput has been. */
function etaWords(eta: Summary['eta'], nowMs: number): string {
  if (!eta) return '–';
  const [earliest, latest] = [eta.earliest, eta.latest].map((iso) => Math.max(0, (new Date(iso).getTime() - nowMs) / 1000)) as [
    number,
    number,
  ];
  const [from, to] = [duration(earliest), duration(latest)];
  return from === to ? `in ${to}` : `in ${from} to ${to}`;
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Stack gap={0}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={650} style={{ fontVariantNumeric: 'tabular-nums' }} component="div">
        {children}
      </Text>
    </Stack>
  );
}

function Eta({ eta }: { eta: Summary['eta'] }) {
  return <>{etaWords(eta, useNow())}</>;
}

/** How far the whole flow is, by bytes. */
export function FlowHeader({ flowId }: { flowId: string }) {
  const summary = useSummary(flowId);
  if (summary.isPending) return <Skeleton h={104} />;
  if (!summary.data) return <ProblemAlert error={summary.error} retry={() => void summary.refetch()} />;
  const { progress_percentage: progress, system_count, jobs, archived_bytes, bytes_per_second, eta } = summary.data;
  const finished = system_count > 0 && jobs.completed >= system_count;
  return (
    <Paper withBorder p="md" component="section" aria-label="Progress of the migration">
      <Progress.Root size="lg" mb="sm">
        <Progress.Section value={progress} aria-label="Overall progress" aria-valuetext={`${progress} %`} />
      </Progress.Root>
      <SimpleGrid cols={{ base: 2, sm: 3, md: 6 }} spacing="md">
        <Figure label="Progress">{progress} %</Figure>
        <Figure label="Systems">{counted(system_count, 'system')}</Figure>
        <Figure label="Done">
          {count(jobs.completed)} completed{jobs.failed > 0 ? `, ${count(jobs.failed)} failed` : ''}
        </Figure>
        <Figure label="Size">{inGigabytes(archived_bytes)}</Figure>
        <Figure label="Throughput">{bytes_per_second ? bytesPerSecond(bytes_per_second) : '–'}</Figure>
        <Figure label="Finished">{finished ? 'all archived' : <Eta eta={eta} />}</Figure>
      </SimpleGrid>
    </Paper>
  );
}
