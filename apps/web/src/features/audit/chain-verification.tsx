import { Alert, Group, Paper, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconLink } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import type { Shape } from '../../api/client.js';
import { CopyText } from '../../ui/copy-text.js';
import { count } from '../../ui/figures.js';
import { Moment } from '../../ui/moment.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { useVerifyChain } from './queries.js';

function Logs({ logs }: { logs: readonly Shape<'AuditedLog'>[] }) {
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table aria-label="Logs of the services">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Service</Table.Th>
            <Table.Th>Chain</Table.Th>
            <Table.Th className="lastcopy-number">Events</Table.Th>
            <Table.Th>Head</Table.Th>
            <Table.Th>Anchored</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {logs.map((log) => (
            <Table.Tr key={log.source}>
              <Table.Td>{log.source}</Table.Td>
              <Table.Td>
                <StatusBadge status={log.ok ? 'passed' : 'failed'} word={log.ok ? 'Unbroken' : 'Broken'} />
                {log.fault && <Text size="sm">{log.fault}</Text>}
              </Table.Td>
              <Table.Td className="lastcopy-number">{count(log.events)}</Table.Td>
              <Table.Td>
                <CopyText text={log.head_hash} short={`${log.head_hash.slice(0, 16)}…`} label="head hash" />
              </Table.Td>
              <Table.Td>
                {log.anchored_at ? (
                  <>
                    through {log.anchored_position}, <Moment at={log.anchored_at} />
                  </>
                ) : (
                  'not yet'
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Hashes every event of every service anew and compares with the chain and its anchors. */
export function ChainVerification() {
  const verify = useVerifyChain();
  const { data } = verify;
  return (
    <Paper withBorder p="md" component="section" aria-label="Verify the chain">
      <Stack gap="sm">
        <Group justify="space-between">
          <Stack gap={0}>
            <Title order={2}>Verify the chain</Title>
            <Text size="sm" c="dimmed">
              Every event carries the hash of the one before; the heads are signed and locked in the object store each day.
            </Text>
          </Stack>
          <Button
            leftSection={<IconLink size={16} aria-hidden />}
            loading={verify.isPending}
            onClick={() => verify.mutate()}
            data-testid="verify-chain"
          >
            Verify the chain
          </Button>
        </Group>
        <div role="status">
          {verify.isPending && <Skeleton h={120} />}
          {data && (
            <Alert
              color={data.ok ? 'green' : 'red'}
              variant="light"
              icon={data.ok ? <IconCircleCheck aria-hidden /> : <IconAlertTriangle aria-hidden />}
              title={data.ok ? 'The chain is unbroken' : 'The chain is broken'}
            >
              Looked at <Moment at={data.verified_at} detail="second" />.
            </Alert>
          )}
        </div>
        {verify.error && <ProblemAlert error={verify.error} retry={() => verify.mutate()} />}
        {data && <Logs logs={data.logs} />}
      </Stack>
    </Paper>
  );
}
