import { Anchor, Breadcrumbs, Grid, Paper, Stack } from '@mantine/core';
import { Link } from 'react-router';
import { PageHeading } from '../../ui/page-heading.js';
import { PageSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { ApprovalComments } from './approval-comments.js';
import { ApprovalFacts } from './approval-facts.js';
import { ApprovalHistory } from './approval-history.js';
import { approvalPath, roleNames, type ApprovalDetail } from './approval-words.js';
import { CannotDecide, DecisionForm, DecisionHeading, useNextRequest } from './decision-form.js';
import { Delegation } from './delegation.js';
import { Evidence } from './evidence.js';
import { useApproval, useFlowNames } from './queries.js';
import { SignatureRecord } from './signature-record.js';

function Decision({ approval }: { approval: ApprovalDetail }) {
  const isOpen = approval.status === 'requested';
  const next = useNextRequest(approval);
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="decision-heading">
      <Stack gap="sm" align="stretch">
        <DecisionHeading />
        {!isOpen && <SignatureRecord approval={approval} />}
        {!isOpen && next && (
          <Anchor component={Link} to={approvalPath(next.approval_id)} size="sm">
            Open the new request
          </Anchor>
        )}
        {isOpen &&
          (approval.can_reject ? <DecisionForm key={approval.approval_id} approval={approval} /> : <CannotDecide approval={approval} />)}
        <Delegation approval={approval} />
      </Stack>
    </Paper>
  );
}

/** One approval: the evidence, and beside it the decision. */
export function ApprovalView({ approvalId }: { approvalId: string }) {
  const { data: approval, error, isPending, refetch } = useApproval(approvalId);
  const flows = useFlowNames();
  if (isPending) return <PageSkeleton />;
  if (!approval) return <ProblemAlert error={error} retry={() => void refetch()} />;
  const flowName = flows.data?.get(approval.flow_id);
  const title = `${roleNames[approval.role]} approval`;
  return (
    <Stack gap="xs">
      <Breadcrumbs>
        <Anchor component={Link} to="/approvals" size="sm">
          Approvals
        </Anchor>
        <span aria-current="page">{title}</span>
      </Breadcrumbs>
      <PageHeading title={title} says={<ApprovalFacts approval={approval} flowName={flowName} />} />
      {error && <ProblemAlert error={error} retry={() => void refetch()} />}
      {approval.status === 'requested' && (
        <Anchor href="#decision-heading" size="sm" hiddenFrom="md">
          Go to the decision
        </Anchor>
      )}
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Evidence approval={approval} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg" pos={{ md: 'sticky' }} top={{ md: 68 }} mah={{ md: 'calc(100dvh - 84px)' }} p={3} style={{ overflowY: 'auto' }}>
            <Decision approval={approval} />
            <ApprovalComments approval={approval} />
            <ApprovalHistory approval={approval} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
