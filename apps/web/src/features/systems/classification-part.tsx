import { Badge, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../../sign-in/use-who.js';
import { count } from '../../ui/figures.js';
import { Moment } from '../../ui/moment.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { ReasonModal } from '../../ui/reason-modal.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { useAccept, useClassification, useClassify, useDismiss, type Suggestion, type System } from './queries.js';

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

function Findings({ suggestion }: { suggestion: Suggestion }) {
  if (suggestion.findings.length === 0) return <Text size="sm">Nothing sensitive was found in what was sampled.</Text>;
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table aria-label="Findings">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Where</Table.Th>
            <Table.Th>What</Table.Th>
            <Table.Th>Seen by</Table.Th>
            <Table.Th className="lastcopy-number">Matched</Table.Th>
            <Table.Th className="lastcopy-number">Confidence</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {suggestion.findings.map((finding) => (
            <Table.Tr key={finding.place + finding.kind}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{finding.place}</Table.Td>
              <Table.Td>{finding.kind.replaceAll('_', ' ')}</Table.Td>
              <Table.Td>{finding.method === 'both' ? 'name and values' : finding.method === 'name' ? 'name' : 'values'}</Table.Td>
              <Table.Td className="lastcopy-number">
                {count(finding.matched)} of {count(finding.sampled)}
              </Table.Td>
              <Table.Td className="lastcopy-number">{percent.format(finding.confidence)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Decide({ system, suggestion }: { system: System; suggestion: Suggestion }) {
  const [dismissing, setDismissing] = useState(false);
  const accept = useAccept(system.system_id);
  const dismiss = useDismiss(system.system_id);
  const mayNot = useMay('decommission.write');
  const whyNot = mayNot ?? (suggestion.outdated ? 'The system was changed since; look at the source again first.' : undefined);
  const { suggestion_id } = suggestion;
  return (
    <Group gap="xs">
      <WhyNotButton size="compact-sm" whyNot={whyNot} loading={accept.isPending} onClick={() => accept.mutate({ suggestion_id })}>
        Accept
      </WhyNotButton>
      <WhyNotButton size="compact-sm" variant="default" whyNot={mayNot} onClick={() => setDismissing(true)}>
        Dismiss
      </WhyNotButton>
      {accept.error && <ProblemAlert error={accept.error} />}
      <ReasonModal
        opened={dismissing}
        onClose={() => setDismissing(false)}
        title="Dismiss the suggestion?"
        says="The classification stays as it is. The source can be looked at again at any time."
        confirm="Dismiss"
        pending={dismiss.isPending}
        error={dismiss.error}
        onConfirm={(reason) => dismiss.mutate({ suggestion_id, reason }, { onSuccess: () => setDismissing(false) })}
      />
    </Group>
  );
}

function Latest({ system, suggestion }: { system: System; suggestion: Suggestion }) {
  const words = [...suggestion.data_classification, ...suggestion.compliance_requirements];
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <StatusBadge status={suggestion.status} />
        <Text size="sm">
          asked by {suggestion.requested_by}, <Moment at={suggestion.requested_at} />
        </Text>
      </Group>
      {suggestion.error_message && <Text size="sm">{suggestion.error_message}</Text>}
      {suggestion.status !== 'running' && suggestion.status !== 'failed' && (
        <>
          <Group gap={4}>
            <Text size="sm">Suggested:</Text>
            {words.length === 0 ? (
              <Text size="sm">nothing sensitive</Text>
            ) : (
              words.map((word) => (
                <Badge key={word} className="lastcopy-badge" variant="light">
                  {word}
                </Badge>
              ))
            )}
          </Group>
          {suggestion.sampled && (
            <Text size="sm" c="dimmed">
              {count(suggestion.sampled.values)} values of {count(suggestion.sampled.elements)} columns or fields were sampled; the values
              themselves are kept nowhere.
            </Text>
          )}
          <Findings suggestion={suggestion} />
        </>
      )}
      {suggestion.status === 'suggested' && <Decide system={system} suggestion={suggestion} />}
      {suggestion.reason && (
        <Text size="sm">
          Decided by {suggestion.decided_by}: {suggestion.reason}
        </Text>
      )}
    </Stack>
  );
}

/** What looking at the source suggests; a person accepts or dismisses it. */
export function ClassificationPart({ system }: { system: System }) {
  const classification = useClassification(system.system_id);
  const classify = useClassify();
  const mayNot = useMay('decommission.write');
  const latest = classification.data?.latest;
  const whyNot = mayNot ?? (latest?.status === 'running' ? 'The source is being looked at.' : undefined);
  return (
    <Stack gap="sm" component="section" aria-label="Classification">
      <Group justify="space-between">
        <Title order={3}>Classification</Title>
        <WhyNotButton
          size="compact-sm"
          variant="default"
          whyNot={whyNot}
          loading={classify.isPending}
          onClick={() => classify.mutate(system.system_id)}
        >
          Look at the source
        </WhyNotButton>
      </Group>
      {classify.error && <ProblemAlert error={classify.error} />}
      {classification.isPending && <RowsSkeleton rows={2} />}
      {classification.error && <ProblemAlert error={classification.error} retry={() => void classification.refetch()} />}
      {classification.data && !latest && <Text size="sm">Nobody has looked at the source for sensitive data yet.</Text>}
      {latest && <Latest system={system} suggestion={latest} />}
    </Stack>
  );
}
