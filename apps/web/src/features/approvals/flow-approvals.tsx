import { Group, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { ApprovalCard, RequestMissing } from './approval-card.js';
import { roles, type Approval, type Role } from './approval-words.js';
import { useFlowApprovalList } from './queries.js';

const ofRole = (approvals: readonly Approval[], role: Role): Approval[] =>
  approvals.filter((each) => each.role === role).sort((one, other) => other.requested_at.localeCompare(one.requested_at));

const stands = (approval: Approval | undefined): boolean => approval?.status === 'requested' || approval?.status === 'granted';

/** The approvals that a flow needs before its data is archived, and before its sources are let go. */
export function FlowApprovals({ flowId }: { flowId: string }) {
  const { data, error, isPending, refetch } = useFlowApprovalList(flowId);
  if (isPending)
    return (
      <SimpleGrid cols={{ base: 1, md: 3 }} aria-hidden>
        {roles.map((role) => (
          <Skeleton key={role} h={220} />
        ))}
      </SimpleGrid>
    );
  if (!data) return <ProblemAlert error={error} retry={() => void refetch()} />;
  const missing = roles.filter((role) => !stands(ofRole(data, role)[0]));
  return (
    <Stack>
      {error && <ProblemAlert error={error} retry={() => void refetch()} />}
      <Group justify="space-between">
        <Text size="sm" c="dimmed" maw={760}>
          Requests follow by themselves once there is something to judge. Data owner and compliance approve before archiving starts, legal
          before the sources may be destroyed. What changes after a signature voids it.
        </Text>
        <RequestMissing flowId={flowId} missing={missing} />
      </Group>
      <SimpleGrid cols={{ base: 1, md: 3 }}>
        {roles.map((role) => (
          <ApprovalCard key={role} flowId={flowId} role={role} approvals={ofRole(data, role)} />
        ))}
      </SimpleGrid>
    </Stack>
  );
}
