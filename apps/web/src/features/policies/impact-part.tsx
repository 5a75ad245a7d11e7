import { Alert, List, Stack, Table, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { Moment } from '../../ui/moment.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import type { Impact } from './queries.js';

/** What a change would do, before it is made. */
export function ImpactPart({ impact }: { impact: UseQueryResult<Impact> }) {
  if (impact.isPending) return <RowsSkeleton rows={2} />;
  if (!impact.data) return <ProblemAlert error={impact.error} retry={() => void impact.refetch()} />;
  const { systems, voided_approvals, notes, refused_because } = impact.data;
  return (
    <Stack gap="xs" data-testid="impact">
      {refused_because && (
        <Alert color="red" variant="light" title="It would be refused" role="alert">
          {refused_because}
        </Alert>
      )}
      {systems.length === 0 && <Text size="sm">No system of a flow that goes on is concerned.</Text>}
      {systems.length > 0 && (
        <Table.ScrollContainer minWidth={520}>
          <Table aria-label="Systems concerned">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>System</Table.Th>
                <Table.Th>Now</Table.Th>
                <Table.Th>Then</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {systems.map((system) => (
                <Table.Tr key={system.flow_id + system.system_id}>
                  <Table.Td>
                    {system.system_name} ({system.flow_name})
                  </Table.Td>
                  <Table.Td>
                    {system.policy_before ?? '–'}, until <Moment at={system.retain_until_before} detail="day" />
                  </Table.Td>
                  <Table.Td>
                    {system.policy_after ?? '–'}, until <Moment at={system.retain_until_after} detail="day" />
                    {system.archive_again_job_id ? '; its archive is taken again' : ''}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {voided_approvals.length > 0 && (
        <Text size="sm" fw={600}>
          Voids {voided_approvals.length} approvals: {voided_approvals.map(({ role }) => role.replace('_', ' ')).join(', ')}.
        </Text>
      )}
      {notes.length > 0 && (
        <List size="sm">
          {notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}
