import { SegmentedControl, Stack, Table } from '@mantine/core';
import { PageHeading } from '../../ui/page-heading.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { usePreferences, useSetPreference, type Preference } from './queries.js';

const modes = [
  { value: 'immediate', label: 'At once' },
  { value: 'digest', label: 'Daily digest' },
  { value: 'off', label: 'No mail' },
];

const words = (kind: string): string => {
  const text = kind.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** What is mailed and how; everything is told in the app whatever is chosen. */
export function PreferencesPage() {
  const preferences = usePreferences();
  const set = useSetPreference();
  const kinds = preferences.data ? [preferences.data].flat() : [];
  return (
    <Stack maw={760}>
      <PageHeading title="Notification settings" says="Which notices are also mailed to you. Here in the app you find all of them." />
      {(preferences.error ?? set.error) && <ProblemAlert error={preferences.error ?? set.error} retry={() => void preferences.refetch()} />}
      {preferences.isPending && <RowsSkeleton rows={10} />}
      <Table aria-label="Mail by kind of notice">
        <Table.Tbody>
          {kinds.map(({ kind, mode }) => (
            <Table.Tr key={kind}>
              <Table.Th fw={400}>{words(kind)}</Table.Th>
              <Table.Td>
                <SegmentedControl
                  size="xs"
                  aria-label={`Mail for: ${words(kind)}`}
                  data={modes}
                  value={mode}
                  onChange={(value) => set.mutate({ kind, mode: value as Preference['mode'] })}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}
