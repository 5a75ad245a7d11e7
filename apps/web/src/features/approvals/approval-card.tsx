import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from 'react-router';
import { useMay } from '../../sign-in/use-who.js';
import { counted } from '../../ui/figures.js';
import { Moment } from '../../ui/moment.js';
import { usePersonName } from '../../ui/person-name.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { useFlowIsOver } from '../flow/use-flow-is-over.js';
import { Due } from './approval-facts.js';
import { approvalPath, roleNames, rolePurpose, type Approval, type Role } from './approval-words.js';
import { RequestModal } from './request-approval.js';
import { SignatureRecord } from './signature-record.js';

function Standing({ approval }: { approval: Approval }) {
  const nameOf = usePersonName();
  const { approval_id, requested_by, requested_at, delegation, can_decide, can_reject, why_not, status, comments } = approval;
  return (
    <Stack gap="xs">
      <Due approval={approval} />
      <Text size="sm" c="dimmed">
        Requested in the name of {nameOf(requested_by)}, <Moment at={requested_at} />
      </Text>
      {delegation && status === 'requested' && (
        <Text size="sm">
          {delegation.to_name} decides in the place of {delegation.by_name}
        </Text>
      )}
      <SignatureRecord approval={approval} />
      {status === 'requested' && !can_decide && why_not && (
        <Text size="sm">{can_reject ? why_not : `You cannot decide it. ${why_not}`}</Text>
      )}
      <Anchor component={Link} to={approvalPath(approval_id)} size="sm" fw={can_reject ? 600 : undefined}>
        {can_reject ? 'Look at the evidence and decide' : 'Evidence and history'}
        {comments.length > 0 && ` (${counted(comments.length, 'comment')})`}
      </Anchor>
    </Stack>
  );
}

function Earlier({ approvals }: { approvals: readonly Approval[] }) {
  if (approvals.length === 0) return null;
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {counted(approvals.length, 'earlier request')}
      </Text>
      {approvals.map(({ approval_id, status, requested_at, changed }) => (
        <Stack key={approval_id} gap={0}>
          <Group gap="xs">
            <StatusBadge status={status} />
            <Anchor component={Link} to={approvalPath(approval_id)} size="sm">
              <Moment at={requested_at} />
            </Anchor>
          </Group>
          {changed.length > 0 && (
            <Text size="sm" c="dimmed">
              {changed.join('; ')}
            </Text>
          )}
        </Stack>
      ))}
    </Stack>
  );
}

const requestWord: Partial<Record<Approval['status'], string>> = {
  rejected: 'Request again',
  voided: 'Request again',
  expired: 'Request again',
};

interface ApprovalCardProps {
  flowId: string;
  role: Role;
  /** The newest first. */
  approvals: readonly Approval[];
}

/** Where one role's approval of a flow stands. */
export function ApprovalCard({ flowId, role, approvals }: ApprovalCardProps) {
  const [opened, { open, close }] = useDisclosure(false);
  const isOver = useFlowIsOver(flowId);
  const mayNot = useMay('decommission.write');
  const [standing, ...earlier] = approvals;
  const status = standing?.status ?? 'not_requested';
  const isOpen = status === 'requested';
  return (
    <Paper withBorder p="md" component="section" aria-label={`${roleNames[role]} approval`} data-testid={`approval-${role}`}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2}>{roleNames[role]}</Title>
          <StatusBadge status={status} />
        </Group>
        <Text size="sm">{standing ? standing.scope : rolePurpose[role]}</Text>
        {standing && <Standing approval={standing} />}
        {status !== 'granted' && (
          <Group>
            {isOpen ? (
              <WhyNotButton size="compact-sm" variant="default" whyNot={isOver ?? mayNot} onClick={open}>
                Another due date
              </WhyNotButton>
            ) : (
              <WhyNotButton size="compact-sm" whyNot={isOver ?? mayNot} onClick={open}>
                {(standing && requestWord[standing.status]) ?? 'Request approval'}
              </WhyNotButton>
            )}
          </Group>
        )}
        <Earlier approvals={earlier} />
      </Stack>
      <RequestModal flowId={flowId} roles={[role]} opened={opened} onClose={close} again={isOpen} />
    </Paper>
  );
}

export const RequestMissing = ({ flowId, missing }: { flowId: string; missing: readonly Role[] }) => {
  const [opened, { open, close }] = useDisclosure(false);
  const isOver = useFlowIsOver(flowId);
  const mayNot = useMay('decommission.write');
  if (missing.length < 2) return null;
  return (
    <>
      <WhyNotButton whyNot={isOver ?? mayNot} onClick={open}>
        Request all missing approvals
      </WhyNotButton>
      <RequestModal flowId={flowId} roles={missing} opened={opened} onClose={close} />
    </>
  );
};
