import { Drawer, Stack, Table, Text, Title } from '@mantine/core';
import { isoDuration, retention } from '../../ui/figures.js';
import { Moment } from '../../ui/moment.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { AssignmentActions } from './assignment-actions.js';
import { AssignmentHistory } from './assignment-history.js';
import { ConflictPart } from './conflict-part.js';
import { HoldsPart } from './holds-part.js';
import type { Assignment, Hold } from './queries.js';

const ruleNames: Record<Assignment['rule'], string> = {
  explicit: 'Named by the system',
  sensitivity: 'By data classification',
  compliance: 'By compliance requirements',
  default: 'Default',
  override: 'Chosen by hand',
};
const outcomes: Record<string, { status: string; word: string }> = {
  chosen: { status: 'passed', word: 'Chosen' },
  rejected: { status: 'rejected', word: 'Does not fit' },
  not_reached: { status: 'pending', word: 'Not reached' },
  overridden: { status: 'voided', word: 'Overridden' },
  not_chosen: { status: 'pending', word: 'Not chosen' },
};

function Rules({ assignment }: { assignment: Assignment }) {
  return (
    <Table aria-label="The rules, in the order in which they are tried">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Rule</Table.Th>
          <Table.Th>Outcome</Table.Th>
          <Table.Th>Because</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {assignment.explanation.map(({ rule, outcome, reason }) => (
          <Table.Tr key={rule}>
            <Table.Td>{ruleNames[rule]}</Table.Td>
            <Table.Td>
              <StatusBadge {...outcomes[outcome]!} />
            </Table.Td>
            <Table.Td>{reason}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Considered({ assignment }: { assignment: Assignment }) {
  const considered = (assignment.considered ?? []) as {
    policy_id: string;
    policy_name: string;
    policy_version: number;
    outcome: string;
    reason: string;
  }[];
  if (considered.length === 0) return null;
  return (
    <Stack gap="xs">
      <Title order={3}>Policies that were looked at</Title>
      <Table>
        <Table.Tbody>
          {considered.map(({ policy_id, policy_name, policy_version, outcome, reason }) => (
            <Table.Tr key={policy_id}>
              <Table.Td>
                {policy_name} v{policy_version}
              </Table.Td>
              <Table.Td>
                <StatusBadge {...(outcomes[outcome] ?? { status: outcome })} />
              </Table.Td>
              <Table.Td>{reason}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

function Minima({ assignment }: { assignment: Assignment }) {
  const { minima, lengthened_by } = assignment;
  return (
    <Stack gap={4}>
      {minima.map(({ requirement, clause, duration }) => (
        <Text size="sm" key={requirement + clause}>
          {requirement} asks for at least {isoDuration(duration)}: {clause}
        </Text>
      ))}
      {lengthened_by && (
        <Text size="sm" fw={600}>
          {lengthened_by.requirement} lengthens the policy’s own period to {isoDuration(lengthened_by.duration)}.
        </Text>
      )}
    </Stack>
  );
}

function Why({ assignment, holds }: { assignment: Assignment; holds: readonly Hold[] | undefined }) {
  const { policy_name, policy_version, retention_period_days, retain_until_if_archived_now, verification_level, storage_location } =
    assignment;
  return (
    <Stack gap="lg">
      <Stack gap={2}>
        <Text fw={600}>
          {policy_name} v{policy_version}: {retention(retention_period_days)}
        </Text>
        <Text size="sm">
          If it is archived now it is kept until <Moment at={retain_until_if_archived_now} detail="day" />. Proof: {verification_level}.
          Place: <span style={{ overflowWrap: 'anywhere' }}>{storage_location}</span>,{' '}
          {assignment.encryption_required ? 'encrypted' : 'not encrypted'}.
        </Text>
        {assignment.override && (
          <Text size="sm">
            {assignment.override.overridden_by_name} chose it by hand: “{assignment.override.reason}”.
          </Text>
        )}
      </Stack>
      <AssignmentActions assignment={assignment} />
      <ConflictPart assignment={assignment} />
      <Stack gap="xs">
        <Title order={3}>Rules</Title>
        <Rules assignment={assignment} />
        <Minima assignment={assignment} />
      </Stack>
      <Considered assignment={assignment} />
      <HoldsPart assignment={assignment} holds={holds} />
      <AssignmentHistory assignment={assignment} />
    </Stack>
  );
}

/** Why a system got its policy, and what people may change about it. */
export function WhyDrawer({
  assignment,
  holds,
  onClose,
}: {
  assignment: Assignment | undefined;
  /** Undefined until they are known. */
  holds: readonly Hold[] | undefined;
  onClose: () => void;
}) {
  return (
    <Drawer opened={assignment !== undefined} onClose={onClose} title={assignment ? `Why? ${assignment.system_name}` : ''} size="xl">
      {assignment && <Why assignment={assignment} holds={holds} />}
    </Drawer>
  );
}
