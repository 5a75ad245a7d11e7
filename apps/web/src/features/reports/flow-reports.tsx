import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useDownload } from '../../ui/download.js';
import { ProblemAlert } from '../../ui/problem-alert.js';

const reports = [
  {
    kind: 'archival',
    title: 'Archival report',
    says: 'Every system with its policy and retention, and every archive with its place, size, digest, lock and attempts.',
  },
  {
    kind: 'attestation',
    title: 'Attestation report',
    says: 'What was verified of each archive, with expected and actual figures, and the signatures of the approvals.',
  },
  {
    kind: 'recovery',
    title: 'Recovery report',
    says: 'How to get each archive back, with our command line and without it, and which keys it takes.',
  },
] as const;
const formats = ['pdf', 'csv', 'json'] as const;

function Report({ flowId, kind, title, says }: { flowId: string } & (typeof reports)[number]) {
  const download = useDownload();
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between">
          <Stack gap={0}>
            <Title order={2}>{title}</Title>
            <Text size="sm" c="dimmed">
              {says}
            </Text>
          </Stack>
          <Group gap="xs">
            {formats.map((format) => (
              <Button
                key={format}
                variant="default"
                leftSection={<IconDownload size={16} aria-hidden />}
                loading={download.isPending && download.variables.filename.endsWith(format)}
                aria-label={`${title} as ${format.toUpperCase()}`}
                onClick={() =>
                  download.mutate({
                    path: `/api/v1/decommission-flow/${flowId}/reports/${kind}?format=${format}`,
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
export const FlowReports = ({ flowId }: { flowId: string }) => (
  <Stack>
    {reports.map((report) => (
      <Report key={report.kind} flowId={flowId} {...report} />
    ))}
  </Stack>
);
