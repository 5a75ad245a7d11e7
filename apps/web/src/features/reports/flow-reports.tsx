import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { answerOf, api, type Shape } from '../../api/client.js';
import { useDownload } from '../../ui/download.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';

type Listed = Shape<'FlowReport'>;

const says: Record<Listed['kind'], string> = {
  archival: 'Every system with its policy and retention, and every archive with its place, size, digest, lock and attempts.',
  attestation: 'What was verified of each archive, with expected and actual figures, and the signatures of the approvals.',
  recovery: 'How to get each archive back, with our command line and without it, and which keys it takes.',
};

/** Below the flow's key: what the flow's events bring up to date. */
const useReports = (flowId: string) =>
  useQuery({
    queryKey: ['flow', flowId, 'reports'],
    queryFn: async () =>
      answerOf(await api.GET('/api/v1/decommission-flow/{flow_id}/reports', { params: { path: { flow_id: flowId } } })).reports,
  });

function Report({ flowId, kind, title, lacks, downloads }: { flowId: string } & Listed) {
  const download = useDownload();
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between">
          <Stack gap={0}>
            <Title order={2}>{title}</Title>
            <Text size="sm" c="dimmed">
              {says[kind]}
            </Text>
            {lacks && <Text size="sm">As it stands: {lacks}</Text>}
          </Stack>
          <Group gap="xs">
            {downloads.map(({ format, href }) => (
              <Button
                key={format}
                variant="default"
                leftSection={<IconDownload size={16} aria-hidden />}
                loading={download.isPending && download.variables.filename.endsWith(format)}
                aria-label={`${title} as ${format.toUpperCase()}`}
                onClick={() =>
                  download.mutate({
                    path: href,
                    filename: `${kind}-${flowId}.${format}`,
                  })
                }
              >
                {format.toUpperCase()}
              </Button>
            ))}
          </Group>
        </Group>
        {download.error && <ProblemAlert error={download.error} />}
      </Stack>
    </Paper>
  );
}

/** Every report of the flow, made from the log when it is asked for. */
export function FlowReports({ flowId }: { flowId: string }) {
  const reports = useReports(flowId);
  if (reports.isPending) return <RowsSkeleton rows={3} />;
  const again = () => void reports.refetch();
  if (!reports.data) return <ProblemAlert error={reports.error} retry={again} />;
  return (
    <Stack>
      {reports.error && <ProblemAlert error={reports.error} retry={again} />}
      {reports.data.map((report) => (
        <Report key={report.kind} flowId={flowId} {...report} />
      ))}
    </Stack>
  );
}
