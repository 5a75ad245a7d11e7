import { Button, Drawer, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMay } from '../../sign-in/use-who.js';
import { EmptyState } from '../../ui/empty-state.js';
import { PageHeading } from '../../ui/page-heading.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { ClassificationPart } from './classification-part.js';
import { ConnectionPart } from './connection-part.js';
import { useSystems } from './queries.js';
import { SystemForm } from './system-form.js';
import { useAddress } from '../../ui/use-address.js';
import { SystemsTable } from './systems-table.js';

/** The inventory: what may be decommissioned, where its data lies, what is in it. */
export function SystemsPage() {
  const systems = useSystems();
  const [search, set] = useAddress();
  const whyNot = useMay('decommission.write');
  const opened = search.get('system');
  const open = (systemId: string | null) => set('system', systemId);
  const chosen = systems.data?.items.find(({ system_id }) => system_id === opened);
  return (
    <Stack>
      <PageHeading title="Systems" says="What may be decommissioned, where its data lies, and what is in it.">
        <WhyNotButton leftSection={<IconPlus size={16} aria-hidden />} whyNot={whyNot} onClick={() => open('new')}>
          Register a system
        </WhyNotButton>
      </PageHeading>
      {systems.error && <ProblemAlert error={systems.error} retry={() => void systems.refetch()} />}
      {systems.isPending ? (
        <RowsSkeleton rows={8} />
      ) : (
        systems.data && (
          <SystemsTable
            systems={systems.data.items}
            onOpen={open}
            empty={
              <EmptyState title="No system is registered yet" action={<Button onClick={() => open('new')}>Register a system</Button>}>
                Tell where its data lies; the password stays in the secret store, only its name is written here.
              </EmptyState>
            }
          />
        )
      )}
      <Drawer opened={opened === 'new'} onClose={() => open(null)} title="Register a system" size="lg">
        {opened === 'new' && <SystemForm onDone={(systemId) => open(systemId)} />}
      </Drawer>
      <Drawer opened={chosen !== undefined} onClose={() => open(null)} title={chosen?.system_name ?? ''} size="xl">
        {chosen && (
          <Stack gap="xl" key={chosen.system_id}>
            <ConnectionPart system={chosen} />
            <ClassificationPart system={chosen} />
            <SystemForm system={chosen} key={chosen.version} onDone={() => undefined} />
          </Stack>
        )}
      </Drawer>
    </Stack>
  );
}
