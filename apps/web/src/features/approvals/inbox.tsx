import { Button, Stack, Tabs, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSession } from '../../sign-in/use-who.js';
import { EmptyState } from '../../ui/empty-state.js';
import { count } from '../../ui/figures.js';
import { PageHeading } from '../../ui/page-heading.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { ApprovalRow } from './approval-row.js';
import { byDueDate, newestDecisionFirst, type Approval } from './approval-words.js';
import { InboxFilters, useInboxFilter } from './inbox-filters.js';
import { useDecidedApprovals, useFlowNames, useOpenApprovals, type FlowNames, type InboxFilter } from './queries.js';

interface SectionProps {
  title: string;
  says?: string;
  approvals: readonly Approval[];
  flows: FlowNames | undefined;
  whyNot?: boolean;
  empty?: ReactNode;
}

function Section({ title, says, approvals, flows, whyNot = false, empty }: SectionProps) {
  if (approvals.length === 0 && !empty) return null;
  return (
    <Stack gap="xs" component="section" aria-label={title}>
      <Title order={2}>
        {title} ({count(approvals.length)})
      </Title>
      {says && (
        <Text size="sm" c="dimmed">
          {says}
        </Text>
      )}
      {approvals.length === 0 && empty}
      <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
        {approvals.map((approval) => (
          <ApprovalRow key={approval.approval_id} approval={approval} flowName={flows?.get(approval.flow_id)} whyNot={whyNot} />
        ))}
      </Stack>
    </Stack>
  );
}

function OpenOnes({ filter, flows, isFiltered }: { filter: InboxFilter; flows: FlowNames | undefined; isFiltered: boolean }) {
  const open = useOpenApprovals(filter);
  const own = useSession()?.user_id;
  if (open.isPending) return <RowsSkeleton rows={6} />;
  if (!open.data) return <ProblemAlert error={open.error} retry={() => void open.refetch()} />;
  const { mine, all } = open.data;
  const others = all.items.filter(({ approval_id }) => !mine.items.some((each) => each.approval_id === approval_id)).sort(byDueDate);
  const left = all.total - all.items.length;
  return (
    <Stack gap="lg">
      {open.error && <ProblemAlert error={open.error} retry={() => void open.refetch()} />}
      <Section
        title="Waiting for you"
        approvals={[...mine.items].sort(byDueDate)}
        flows={flows}
        empty={
          <EmptyState title="Nothing waits for you">
            {isFiltered
              ? 'Nothing that fits the filter. Show all to see the rest.'
              : 'You are told here and by mail when somebody needs your approval.'}
          </EmptyState>
        }
      />
      <Section
        title="Your own requests"
        says="Somebody else decides what is requested in your name."
        approvals={others.filter(({ requested_by }) => requested_by === own)}
        flows={flows}
        whyNot
      />
      <Section title="Waiting for others" approvals={others.filter(({ requested_by }) => requested_by !== own)} flows={flows} whyNot />
      {left > 0 && <Text size="sm">{count(left)} more are open. Filter by role or flow to see them.</Text>}
    </Stack>
  );
}

function DecidedOnes({ filter, flows, isFiltered }: { filter: InboxFilter; flows: FlowNames | undefined; isFiltered: boolean }) {
  const decided = useDecidedApprovals(filter);
  if (decided.isPending) return <RowsSkeleton rows={6} />;
  if (!decided.data) return <ProblemAlert error={decided.error} retry={() => void decided.refetch()} />;
  const shown = decided.data.pages.flatMap(({ items }) => items).filter(({ status }) => status !== 'requested');
  return (
    <Stack gap="md">
      {decided.error && <ProblemAlert error={decided.error} retry={() => void decided.refetch()} />}
      <Section
        title="Decided"
        approvals={shown.sort(newestDecisionFirst)}
        flows={flows}
        empty={
          <EmptyState title={isFiltered ? 'Nothing fits the filter' : 'Nothing is decided yet'}>
            What was granted, rejected, voided or has expired is kept here.
          </EmptyState>
        }
      />
      {decided.hasNextPage && (
        <Button
          variant="default"
          loading={decided.isFetchingNextPage}
          onClick={() => void decided.fetchNextPage()}
          style={{ alignSelf: 'center' }}
        >
          Show older ones
        </Button>
      )}
    </Stack>
  );
}

/** Open approvals by due date, and the decided ones apart. */
export function Inbox() {
  const inbox = useInboxFilter();
  const { data: flows } = useFlowNames();
  const { tab, filter, set, isFiltered } = inbox;
  return (
    <>
      <PageHeading title="Approvals" says="What people have to sign before data is archived, and before its source is let go." />
      <Tabs value={tab} onChange={(value) => set('tab', value === 'decided' ? 'decided' : null)} keepMounted={false}>
        <Tabs.List aria-label="Approvals">
          <Tabs.Tab value="open">Open</Tabs.Tab>
          <Tabs.Tab value="decided">Decided</Tabs.Tab>
        </Tabs.List>
        <Stack gap="md" pt="md">
          <InboxFilters {...inbox} flows={flows} />
          <Tabs.Panel value="open">
            <OpenOnes filter={filter} flows={flows} isFiltered={isFiltered} />
          </Tabs.Panel>
          <Tabs.Panel value="decided">
            <DecidedOnes filter={filter} flows={flows} isFiltered={isFiltered} />
          </Tabs.Panel>
        </Stack>
      </Tabs>
    </>
  );
}
