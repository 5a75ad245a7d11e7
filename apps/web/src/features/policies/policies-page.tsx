import { Button, Stack, Tabs } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { useDownload } from '../../ui/download.js';
import { PageHeading } from '../../ui/page-heading.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { PolicyCatalogue } from './policy-catalogue.js';
import { RegulationCatalogue } from './regulation-catalogue.js';
import { RuleTester } from './rule-tester.js';

/** How long what is kept, which law says so, and which policy the rules would choose. */
export function PoliciesPage() {
  const [search, setSearch] = useSearchParams();
  const download = useDownload();
  return (
    <Stack>
      <PageHeading
        title="Retention policies"
        says="How long data is kept, where and how; which law says so; and which policy the rules choose."
      >
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={download.isPending}
          onClick={() => download.mutate({ path: '/api/v1/retention-policies/export', filename: 'retention-policies.yaml' })}
        >
          Export YAML
        </Button>
      </PageHeading>
      {download.error && <ProblemAlert error={download.error} />}
      <Tabs value={search.get('tab') ?? 'policies'} onChange={(tab) => setSearch({ tab: tab ?? 'policies' })} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="policies">Policies</Tabs.Tab>
          <Tabs.Tab value="regulations">Regulations</Tabs.Tab>
          <Tabs.Tab value="tester">Try the rules</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="policies" pt="md">
          <PolicyCatalogue />
        </Tabs.Panel>
        <Tabs.Panel value="regulations" pt="md">
          <RegulationCatalogue />
        </Tabs.Panel>
        <Tabs.Panel value="tester" pt="md">
          <RuleTester />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
