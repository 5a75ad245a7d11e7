import { Button, Group, Select } from '@mantine/core';
import { useSearchParams } from 'react-router';
import type { Role } from './approval-words.js';
import { roleNames, roles, type Approval } from './approval-words.js';
import { useAddress } from '../../ui/use-address.js';
import type { FlowNames, InboxFilter } from './queries.js';

const decided = ['granted', 'rejected', 'voided', 'expired'] as const satisfies readonly Approval['status'][];
const words: Record<(typeof decided)[number], string> = { granted: 'Granted', rejected: 'Rejected', voided: 'Voided', expired: 'Expired' };

const oneOf = <T extends string>(all: readonly T[], value: string | null): T | undefined => all.find((each) => each === value);

/** The filter that the address names. */
export function useInboxFilter() {
  const [search, set] = useAddress();
  const [, setSearch] = useSearchParams();
  const tab = search.get('tab') === 'decided' ? 'decided' : 'open';
  const role = oneOf<Role>(roles, search.get('role'));
  const status = tab === 'decided' ? oneOf(decided, search.get('status')) : undefined;
  const flow_id = search.get('flow') ?? undefined;
  const filter: InboxFilter = { ...(role ? { role } : {}), ...(status ? { status } : {}), ...(flow_id ? { flow_id } : {}) };
  const clear = () => setSearch(tab === 'decided' ? { tab } : {});
  return { tab, filter, set, clear, isFiltered: Object.keys(filter).length > 0 };
}

interface InboxFiltersProps extends Pick<ReturnType<typeof useInboxFilter>, 'tab' | 'filter' | 'set' | 'clear' | 'isFiltered'> {
  flows: FlowNames | undefined;
}

export function InboxFilters({ tab, filter, set, clear, isFiltered, flows }: InboxFiltersProps) {
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label="Role"
        placeholder="Every role"
        clearable
        w={170}
        data={roles.map((role) => ({ value: role, label: roleNames[role] }))}
        value={filter.role ?? null}
        onChange={(value) => set('role', value)}
      />
      {tab === 'decided' && (
        <Select
          label="Outcome"
          placeholder="Every outcome"
          clearable
          w={170}
          data={decided.map((status) => ({ value: status, label: words[status] }))}
          value={filter.status ?? null}
          onChange={(value) => set('status', value)}
        />
      )}
      <Select
        label="Flow"
        placeholder="Every flow"
        clearable
        searchable
        w={300}
        maw="100%"
        data={[...(flows ?? [])].map(([value, label]) => ({ value, label }))}
        value={filter.flow_id ?? null}
        onChange={(value) => set('flow', value)}
        nothingFoundMessage="No flow of this name"
      />
      {isFiltered && (
        <Button variant="subtle" onClick={clear}>
          Show all
        </Button>
      )}
    </Group>
  );
}
