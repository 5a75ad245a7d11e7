import { Anchor, Code, Drawer, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client.js';
import { CopyText } from '../../ui/copy-text.js';
import { Moment } from '../../ui/moment.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { usePersonName } from '../../ui/person-name.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import type { Entry } from './queries.js';

const shortId = 8;

const Row = ({ name, children }: { name: string; children: ReactNode }) => (
  <Table.Tr>
    <Table.Th w={140}>{name}</Table.Th>
    <Table.Td>{children}</Table.Td>
  </Table.Tr>
);

const Document = ({ title, content }: { title: string; content: object }) => (
  <Stack gap={4}>
    <Title order={3}>{title}</Title>
    <Code block tabIndex={0} mah={280} style={{ overflow: 'auto' }}>
      {JSON.stringify(content, null, 2)}
    </Code>
  </Stack>
);

function EntryDetails({ entry }: { entry: Entry }) {
  const nameOf = usePersonName();
  return (
    <Stack>
      <Table>
        <Table.Tbody>
          <Row name="When">
            <Moment at={entry.occurred_at} detail="second" />
          </Row>
          <Row name="Who">
            {entry.actor_name ?? nameOf(entry.actor)} ({entry.actor})
          </Row>
          <Row name="What">
            {entry.action}{' '}
            <Text span c="dimmed">
              ({entry.type})
            </Text>
          </Row>
          {entry.reason && <Row name="Why">{entry.reason}</Row>}
          {entry.code && <Row name="Refused with">{entry.code}</Row>}
          {entry.flow_id && (
            <Row name="Flow">
              <Anchor component={Link} to={`/decommission/flow/${entry.flow_id}/data-migration?tab=timeline`}>
                {entry.flow_id.slice(0, shortId)}
              </Anchor>
            </Row>
          )}
          {entry.job_id && (
            <Row name="Job">
              <Anchor component={Link} to={`/decommission/jobs/${entry.job_id}`}>
                {entry.job_id.slice(0, shortId)}
              </Anchor>
            </Row>
          )}
          {entry.trace_id && (
            <Row name="Trace">
              <CopyText text={entry.trace_id} label="trace id" />
            </Row>
          )}
          {entry.hash && (
            <Row name="Chain">
              <Group gap="xs">
                {entry.source}, position {entry.position}
                <CopyText text={entry.hash} short={`${entry.hash.slice(0, 16)}…`} label="hash" />
              </Group>
            </Row>
          )}
        </Table.Tbody>
      </Table>
      {entry.before && <Document title="Before" content={entry.before} />}
      {entry.after && <Document title="After" content={entry.after} />}
    </Stack>
  );
}

/** One entry whole, with what it changed. */
export function EntryDrawer({ seq, onClose }: { seq: string | null; onClose: () => void }) {
  const entry = useQuery({
    queryKey: ['fixed', 'audit-entry', seq],
    queryFn: async () => answerOf(await api.GET('/api/v1/audit-events/{seq}', { params: { path: { seq: seq! } } })),
    enabled: seq !== null,
    staleTime: Infinity,
  });
  return (
    <Drawer opened={seq !== null} onClose={onClose} title="Entry of the audit trail" size="lg">
      {entry.data ? <EntryDetails entry={entry.data} /> : entry.error ? <ProblemAlert error={entry.error} /> : <RowsSkeleton />}
    </Drawer>
  );
}
