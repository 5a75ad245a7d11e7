import { Table, Text } from '@mantine/core';
import { duration } from '../../ui/figures.js';
import { Moment } from '../../ui/moment.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { useNow } from '../../ui/use-now.js';
import type { Step } from './steps.js';

function Took({ step }: { step: Step }) {
  const now = useNow();
  const end = step.to ? new Date(step.to).getTime() : now;
  return <>{duration(Math.max(0, (end - new Date(step.from).getTime()) / 1000))}</>;
}

/** Each step of each attempt with how long it took: earlier attempts are never overwritten. */
export function JobSteps({ steps }: { steps: readonly Step[] }) {
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table aria-label="Steps of every attempt">
        <Table.Thead>
          <Table.Tr>
            <Table.Th className="lastcopy-number">Attempt</Table.Th>
            <Table.Th>Step</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Began</Table.Th>
            <Table.Th className="lastcopy-number">Took</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {steps.map((step) => (
            <Table.Tr key={`${step.attempt} ${step.what} ${step.from}`}>
              <Table.Td className="lastcopy-number">{step.attempt}</Table.Td>
              <Table.Td>
                {step.what}
                {step.says && (
                  <Text size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
                    {step.says}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <StatusBadge status={step.state} />
              </Table.Td>
              <Table.Td>
                <Moment at={step.from} detail="second" />
              </Table.Td>
              <Table.Td className="lastcopy-number">
                <Took step={step} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
