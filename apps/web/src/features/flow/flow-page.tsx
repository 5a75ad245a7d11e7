import { Anchor, Breadcrumbs, Stack, Tabs } from '@mantine/core';
import { lazy, Suspense, type ComponentType, type LazyExoticComponent } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { PageHeading } from '../../ui/page-heading.js';
import { PageSkeleton, RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { FlowActions } from './flow-actions.js';
import { FlowHeader } from './flow-header.js';
import { useFlowStatus } from './queries.js';

type Panel = LazyExoticComponent<ComponentType<{ flowId: string }>>;

const panels: Record<string, { label: string; Panel: Panel }> = {
  policies: {
    label: 'Retention Policies',
    Panel: lazy(async () => ({ default: (await import('../assignments/flow-assignments.js')).FlowAssignments })),
  },
  inputs: { label: 'Inputs', Panel: lazy(async () => ({ default: (await import('../inputs/flow-inputs.js')).FlowInputs })) },
  approvals: { label: 'Approvals', Panel: lazy(async () => ({ default: (await import('../approvals/flow-approvals.js')).FlowApprovals })) },
  artifacts: { label: 'Artifacts', Panel: lazy(async () => ({ default: (await import('../artifacts/flow-artifacts.js')).FlowArtifacts })) },
  jobs: { label: 'Archive Jobs', Panel: lazy(async () => ({ default: (await import('../jobs/flow-jobs.js')).FlowJobs })) },
  verification: {
    label: 'Backup Verification',
    Panel: lazy(async () => ({ default: (await import('../verification/flow-verification.js')).FlowVerification })),
  },
  timeline: { label: 'Timeline', Panel: lazy(async () => ({ default: (await import('../timeline/flow-timeline.js')).FlowTimeline })) },
  reports: { label: 'Reports', Panel: lazy(async () => ({ default: (await import('../reports/flow-reports.js')).FlowReports })) },
};

const usualTab = 'jobs';

/** The data migration of one flow: the page that operators work in. */
export function FlowPage() {
  const { flow_id: flowId = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const status = useFlowStatus(flowId);
  const asked = search.get('tab') ?? usualTab;
  const tab = asked in panels ? asked : usualTab;
  if (status.isPending) return <PageSkeleton />;
  if (!status.data) return <ProblemAlert error={status.error} retry={() => void status.refetch()} />;
  const { flow_name, status: state } = status.data;
  return (
    <Stack gap="md">
      <Breadcrumbs>
        <Anchor component={Link} to="/decommission" size="sm">
          Overview
        </Anchor>
        <span aria-current="page">{flow_name}</span>
      </Breadcrumbs>
      <PageHeading title={flow_name} says={<StatusBadge status={state} />}>
        <FlowActions flowId={flowId} flow={status.data} />
      </PageHeading>
      {status.error && <ProblemAlert error={status.error} retry={() => void status.refetch()} />}
      <FlowHeader flowId={flowId} />
      <Tabs value={tab} onChange={(value) => setSearch({ tab: value ?? usualTab })} keepMounted={false}>
        <Tabs.List aria-label="Parts of the migration" className="lastcopy-tabs">
          {Object.entries(panels).map(([key, { label }]) => (
            <Tabs.Tab key={key} value={key}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {Object.entries(panels).map(([key, { Panel: Shown }]) => (
          <Tabs.Panel key={key} value={key} pt="md">
            <Suspense fallback={<RowsSkeleton rows={6} />}>
              <Shown flowId={flowId} />
            </Suspense>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}
