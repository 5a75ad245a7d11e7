import { Alert, Button, Group, MultiSelect, Stack, Table, Text } from '@mantine/core';
import { complianceRequirements, dataClassifications } from '@lastcopy/contracts/vocabulary';
import { useState } from 'react';
import { retention } from '../../ui/figures.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { StatusBadge } from '../../ui/status-badge.js';
import type { Shape } from '../../api/client.js';
import { useTryRules } from './queries.js';

function Answer({ preview }: { preview: Shape<'AssignmentPreview'> }) {
  const { assignment, message, outcome } = preview;
  if (!assignment) {
    return (
      <Alert color="red" variant="light" title="No policy can be assigned" role="alert">
        {message ?? outcome}
      </Alert>
    );
  }
  return (
    <Stack gap="xs" data-testid="rule-answer">
      <Text fw={600}>
        {assignment.policy_name} v{assignment.policy_version}: {retention(assignment.retention_period_days)}
      </Text>
      <Table aria-label="The rules, in the order in which they are tried">
        <Table.Tbody>
          {assignment.explanation.map(({ rule, outcome: came, reason }) => (
            <Table.Tr key={rule}>
              <Table.Th fw={400}>{rule}</Table.Th>
              <Table.Td>
                <StatusBadge status={came === 'chosen' ? 'passed' : 'pending'} word={came.replace('_', ' ')} />
              </Table.Td>
              <Table.Td>{reason}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

/** Which policy the rules would choose for a system that is described here; nothing is registered. */
export function RuleTester() {
  const [data, setData] = useState<string[]>([]);
  const [requirements, setRequirements] = useState<string[]>([]);
  const attempt = useTryRules();
  const ask = () =>
    attempt.mutate({
      system: {
        system_name: 'A system to try the rules with',
        data_classification: data,
        compliance_requirements: requirements as never,
        source: { kind: 'directory', path: '/' },
      },
    });
  return (
    <Stack maw={860}>
      <MultiSelect label="Data classification" data={[...dataClassifications]} value={data} onChange={setData} searchable />
      <MultiSelect label="Compliance requirements" data={[...complianceRequirements]} value={requirements} onChange={setRequirements} />
      <Group>
        <Button onClick={ask} loading={attempt.isPending}>
          Try the rules
        </Button>
      </Group>
      {attempt.error && <ProblemAlert error={attempt.error} />}
      {attempt.data?.assignments.map((preview) => (
        <Answer key={preview.system_id} preview={preview} />
      ))}
    </Stack>
  );
}
