import { Group, Stack, Table, Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../../sign-in/use-who.js';
import { isoDuration, retention } from '../../ui/figures.js';
import { Moment } from '../../ui/moment.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { ReasonModal } from '../../ui/reason-modal.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { ImpactPart } from './impact-part.js';
import { PolicyForm } from './policy-form.js';
import { useImpact, useStep, useVersions, type Policy, type Step } from './queries.js';

function Facts({ policy }: { policy: Policy }) {
  const facts: [string, React.ReactNode][] = [
    ['Says', policy.description],
    ['Kept for', retention(policy.retention_period_days)],
    ['If archived now, until', <Moment key="until" at={policy.retain_until_if_archived_now} detail="day" />],
    ['Data', policy.data_types.join(', ') || '–'],
    ['Compliance', policy.compliance_requirements.join(', ') || '–'],
    ['Legal basis', policy.legal_basis.join('; ') || '–'],
    ['Place', policy.storage_location],
    ['Encryption', policy.encryption_required ? 'required' : 'not required'],
    ['Proof', `${policy.verification_level}; databases ${policy.database_verification_level}`],
    ['Approvals', policy.required_approvals.map((role) => role.replace('_', ' ')).join(', ')],
  ];
  return (
    <Table>
      <Table.Tbody>
        {facts.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th w={190}>{name}</Table.Th>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
          </Table.Tr>
        ))}
        {policy.minima.map(({ requirement, clause, duration, lengthens }) => (
          <Table.Tr key={requirement + clause}>
            <Table.Th>{requirement} asks for</Table.Th>
            <Table.Td>
              at least {isoDuration(duration)} ({clause}){lengthens ? '; it lengthens the period' : ''}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Versions({ policy }: { policy: Policy }) {
  const versions = useVersions(policy);
  if (versions.isPending) return <RowsSkeleton rows={3} />;
  if (!versions.data) return <ProblemAlert error={versions.error} retry={() => void versions.refetch()} />;
  return (
    <Table aria-label="Versions">
      <Table.Thead>
        <Table.Tr>
          <Table.Th className="lastcopy-number">Version</Table.Th>
          <Table.Th>Made</Table.Th>
          <Table.Th>Changed</Table.Th>
          <Table.Th>Reason</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {versions.data.items.map((version) => (
          <Table.Tr key={version.version}>
            <Table.Td className="lastcopy-number">{version.version}</Table.Td>
            <Table.Td>
              {version.made_by}, <Moment at={version.made_at} />
            </Table.Td>
            <Table.Td>{version.changed.map((name) => name.replaceAll('_', ' ')).join(', ') || 'all'}</Table.Td>
            <Table.Td>{version.reason ?? '–'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const offered: { step: Step; label: string; says: string; from: Policy['status'][] }[] = [
  { step: 'start-review', label: 'Start a review', says: 'It is not chosen for new flows until the review ends.', from: ['active'] },
  { step: 'end-review', label: 'End the review', says: 'The rules choose it again.', from: ['under_review'] },
  {
    step: 'retire',
    label: 'Retire',
    says: 'It is never chosen again. Archives made under it stay as long as they were promised.',
    from: ['active', 'under_review'],
  },
];

function StepModal({ policy, step, onClose }: { policy: Policy; step: (typeof offered)[number]; onClose: () => void }) {
  const change = useStep(policy, step.step);
  const asked = step.step === 'retire' ? 'retire' : 'start_review';
  const impact = useImpact(policy, { action: asked }, step.step !== 'end-review');
  return (
    <ReasonModal
      opened
      onClose={onClose}
      title={`${step.label}: ${policy.policy_name}`}
      says={
        <Stack gap="xs">
          <Text size="sm">{step.says}</Text>
          {step.step !== 'end-review' && <ImpactPart impact={impact} />}
        </Stack>
      }
      confirm={step.label}
      grave={step.step === 'retire'}
      pending={change.isPending}
      error={change.error}
      onConfirm={(reason) => change.mutate(reason, { onSuccess: onClose })}
    />
  );
}

/** A policy whole: what it says now, its earlier versions, and a revision with what it would change. */
export function PolicyDetails({ policy }: { policy: Policy }) {
  const [chosen, setChosen] = useState<(typeof offered)[number]>();
  const mayNot = useMay('decommission.write');
  return (
    <Stack>
      <Group justify="space-between">
        <Group gap="xs">
          <StatusBadge status={policy.status} />
          <Text size="sm">Version {policy.version}</Text>
        </Group>
        <Group gap="xs">
          {offered.map((each) => (
            <WhyNotButton
              key={each.step}
              size="compact-sm"
              variant="default"
              whyNot={mayNot ?? (each.from.includes(policy.status) ? undefined : `The policy is ${policy.status.replace('_', ' ')}.`)}
              onClick={() => setChosen(each)}
            >
              {each.label}
            </WhyNotButton>
          ))}
        </Group>
      </Group>
      {chosen && <StepModal policy={policy} step={chosen} onClose={() => setChosen(undefined)} />}
      <Tabs defaultValue="facts" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="facts">What it says</Tabs.Tab>
          <Tabs.Tab value="versions">Versions</Tabs.Tab>
          <Tabs.Tab value="revise">Revise</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="facts" pt="md">
          <Facts policy={policy} />
        </Tabs.Panel>
        <Tabs.Panel value="versions" pt="md">
          <Versions policy={policy} />
        </Tabs.Panel>
        <Tabs.Panel value="revise" pt="md">
          <PolicyForm policy={policy} key={policy.revision} onDone={() => undefined} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
