import { Button, Group, Stack } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useDownload } from '../../ui/download.js';
import { PageHeading } from '../../ui/page-heading.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { AuditFilters, filtersOf } from './audit-filters.js';
import { AuditTable } from './audit-table.js';
import { ChainVerification } from './chain-verification.js';
import { EntryDrawer } from './entry-drawer.js';
import { useAddress } from '../../ui/use-address.js';
import { useTrail, type Filters } from './queries.js';

function ExportTrail({ filters }: { filters: Filters }) {
  const download = useDownload();
  const exportAs = (format: 'csv' | 'jsonl') =>
    download.mutate({
      path: `/api/v1/audit-events/export?${new URLSearchParams({ ...filters, format }).toString()}`,
      filename: `audit-trail.${format}`,
    });
  return (
    <>
      {(['csv', 'jsonl'] as const).map((format) => (
        <Button key={format} variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={() => exportAs(format)}>
          Export {format.toUpperCase()}
        </Button>
      ))}
      {download.error && <ProblemAlert error={download.error} />}
    </>
  );
}

/** Who did what, why and when; the filter is in the address, and exports take it along. */
export function AuditPage() {
  const [search, set] = useAddress();
  const filters = filtersOf(search);
  const trail = useTrail(filters);
  const entries = trail.data?.pages.flatMap(({ items }) => items) ?? [];
  const open = (seq: number | null) => set('entry', seq?.toString());
  return (
    <Stack>
      <PageHeading title="Audit trail" says="Every command and decision, of people and of services; nothing can be changed or removed.">
        <ExportTrail filters={filters} />
      </PageHeading>
      <ChainVerification />
      <AuditFilters />
      {trail.error && <ProblemAlert error={trail.error} retry={() => void trail.refetch()} />}
      {trail.isPending ? (
        <RowsSkeleton rows={10} />
      ) : (
        <Stack gap="xs">
          <AuditTable entries={entries} onOpen={open} />
          <Group justify="center">
            {trail.hasNextPage && (
              <Button variant="default" loading={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>
                Show earlier entries
              </Button>
            )}
          </Group>
        </Stack>
      )}
      <EntryDrawer seq={search.get('entry')} onClose={() => open(null)} />
    </Stack>
  );
}
