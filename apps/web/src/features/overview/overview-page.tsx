import { Drawer, Pagination, Stack, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMay } from '../../sign-in/use-who.js';
import { PageHeading } from '../../ui/page-heading.js';
import { PageSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { EligibleSystems } from './eligible-systems.js';
import { FlowsTable } from './flows-table.js';
import { Metrics } from './metrics.js';
import { NeedsYou } from './needs-you.js';
import { flowsAPage, useOverview } from './queries.js';
import { useAddress } from '../../ui/use-address.js';
import { StartFlowForm } from './start-flow-form.js';

/** What waits for the person, how much is done, and every flow. */
export function OverviewPage() {
  const [search, set] = useAddress();
  const page = Math.max(1, Number(search.get('page')) || 1);
  const overview = useOverview((page - 1) * flowsAPage);
  const whyNot = useMay('decommission.write');
  if (overview.isPending) return <PageSkeleton />;
  const { data } = overview;
  return (
    <Stack gap="lg">
      <PageHeading title="Decommission Flow Overview">
        <WhyNotButton leftSection={<IconPlus size={16} aria-hidden />} whyNot={whyNot} onClick={() => set('start', 'open')}>
          Start a flow
        </WhyNotButton>
      </PageHeading>
      {overview.error && <ProblemAlert error={overview.error} retry={() => void overview.refetch()} />}
      {data && (
        <>
          <NeedsYou needs={data.needs_you} />
          <Metrics metrics={data.metrics} />
          <Stack gap="xs" component="section" aria-labelledby="flows">
            <Title order={2} id="flows">
              Flows
            </Title>
            <FlowsTable flows={data.flows} onStart={() => set('start', 'open')} />
            {data.flows_total > flowsAPage && (
              <Pagination
                total={Math.ceil(data.flows_total / flowsAPage)}
                value={page}
                onChange={(next) => set('page', String(next))}
                getControlProps={(control) => ({ 'aria-label': `${control} page` })}
              />
            )}
          </Stack>
          <EligibleSystems />
        </>
      )}
      <Drawer opened={search.get('start') === 'open'} onClose={() => set('start', null)} title="Start a flow" size="lg">
        {search.get('start') === 'open' && <StartFlowForm />}
      </Drawer>
    </Stack>
  );
}
