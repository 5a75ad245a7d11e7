import { Anchor, Group, Paper, Stack, Text } from '@mantine/core';
import { IconUserShare } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Moment } from '../../ui/moment.js';
import { usePersonName } from '../../ui/person-name.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { Due } from './approval-facts.js';
import { approvalPath, roleNames, type Approval } from './approval-words.js';

function Outcome({ approval }: { approval: Approval }) {
  const nameOf = usePersonName();
  const { signature, decided_by, decided_at, void_reason, changed, comment } = approval;
  const by = signature?.name ?? (decided_by ? nameOf(decided_by) : undefined);
  return (
    <>
      {by && (
        <Text size="sm">
          By {by}, <Moment at={decided_at} />
          {comment ? `: ${comment}` : ''}
        </Text>
      )}
      {void_reason && (
        <Text size="sm">
          {void_reason}
          {changed.length > 0 ? `: ${changed.join('; ')}` : ''}
        </Text>
      )}
    </>
  );
}

interface ApprovalRowProps {
  approval: Approval;
  flowName: string | undefined;
  /** Shows why the person cannot decide it. */
  whyNot?: boolean;
}

/** One approval of a list; the whole of it fits a phone. */
export function ApprovalRow({ approval, flowName, whyNot = false }: ApprovalRowProps) {
  const nameOf = usePersonName();
  const { approval_id, role, scope, status, requested_by, requested_at, why_not, delegation } = approval;
  return (
    <Paper withBorder p="sm" component="li" data-testid="approval-row">
      <Group justify="space-between" align="flex-start" gap="xs">
        <Stack gap={2} style={{ minWidth: 0, flex: '1 1 320px' }}>
          <Anchor component={Link} to={approvalPath(approval_id)} fw={600} style={{ overflowWrap: 'anywhere' }}>
            {roleNames[role]} approval{flowName ? ` of ${flowName}` : ''}
          </Anchor>
          <Text size="sm">{scope}</Text>
          {status !== 'requested' && <Outcome approval={approval} />}
          {whyNot && why_not && (
            <Text size="sm" fw={600}>
              {why_not}
            </Text>
          )}
          {delegation && status === 'requested' && (
            <Group gap={4} wrap="nowrap">
              <IconUserShare size={14} aria-hidden />
              <Text size="sm">
                {delegation.to_name} decides in the place of {delegation.by_name}
              </Text>
            </Group>
          )}
        </Stack>
        <Stack gap={4} align="flex-start" w={{ base: '100%', xs: 230 }}>
          <StatusBadge status={status} />
          <Due approval={approval} />
          <Text size="sm" c="dimmed">
            Requested in the name of {nameOf(requested_by)}, <Moment at={requested_at} detail="day" />
          </Text>
        </Stack>
      </Group>
    </Paper>
  );
}
