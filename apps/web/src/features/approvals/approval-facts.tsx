import { Anchor, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Moment } from '../../ui/moment.js';
import { usePersonName } from '../../ui/person-name.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { escalatedTo, flowTab, type Approval } from './approval-words.js';

/** When it is due; overdue in words, and whom it was brought to. */
export function Due({ approval }: { approval: Approval }) {
  const nameOf = usePersonName();
  const { due_at, overdue, escalation_level, status } = approval;
  if (status !== 'requested' || !due_at) return null;
  if (!overdue)
    return (
      <Text span size="sm">
        Due <Moment at={due_at} relative />
      </Text>
    );
  return (
    <Group component="span" gap={4} wrap="nowrap" c="var(--mantine-color-error)" style={{ display: 'inline-flex' }}>
      <IconAlertTriangle size={14} aria-hidden style={{ flexShrink: 0 }} />
      <Text span size="sm" fw={600}>
        Overdue since <Moment at={due_at} />
        {escalation_level > 0 && `, brought to ${escalatedTo(approval, nameOf)}`}
      </Text>
    </Group>
  );
}

/** One line: where it stands, of which flow, due when, by whom. */
export function ApprovalFacts({ approval, flowName }: { approval: Approval; flowName: string | undefined }) {
  const nameOf = usePersonName();
  const { status, flow_id, requested_by, requested_at } = approval;
  return (
    <Group gap="xs">
      <StatusBadge status={status} data-testid="approval-status" />
      <Anchor component={Link} to={flowTab(flow_id, 'approvals')} size="sm">
        {flowName ?? 'The flow'}
      </Anchor>
      <Due approval={approval} />
      <Text span size="sm">
        Requested in the name of {nameOf(requested_by)}, <Moment at={requested_at} />
      </Text>
    </Group>
  );
}
