import { SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { Assignment } from '../assignments/queries.js';
import { LongList } from '../../ui/long-list.js';
import { KeptForm } from './kept-form.js';
import { useKeptInput } from './use-kept-input.js';

interface Destination {
  system_id: string;
  storage_location: string;
  access_notes?: string;
}

const empty: { destinations: Destination[] } = { destinations: [] };
const rowPx = 92;
const idOf = ({ system_id }: Assignment): string => system_id;
const place = /^s3:\/\/[a-z0-9.-]{3,63}\//;

/** Where archives go in the place of what their policies say. */
export function DestinationForm({ flowId, systems }: { flowId: string; systems: readonly Assignment[] }) {
  const input = useKeptInput(flowId, 'archive_destination', empty, 'The archive destinations are submitted.');
  const { destinations } = input.content;
  const of = (systemId: string) => destinations.find(({ system_id }) => system_id === systemId);
  const change = (systemId: string, changes: Partial<Destination>) => {
    const next = { system_id: systemId, storage_location: '', ...of(systemId), ...changes };
    const others = destinations.filter(({ system_id }) => system_id !== systemId);
    input.change({ destinations: next.storage_location || next.access_notes ? [...others, next] : others });
  };
  return (
    <KeptForm
      title="Archive destinations"
      says="Only for systems whose archive goes elsewhere than their policy says."
      roles={['operator']}
      input={input as never}
      confirm="Submit the destinations"
    >
      <LongList label="Destinations of the systems" rows={systems} rowId={idOf} rowPx={rowPx}>
        {({ system_id, system_name, storage_location }) => {
          const value = of(system_id)?.storage_location ?? '';
          return (
            <Stack gap={4}>
              <Text size="sm" fw={600}>
                {system_name}
              </Text>
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <TextInput
                  label="Place"
                  aria-label={`${system_name}: place`}
                  placeholder={storage_location}
                  value={value}
                  error={value !== '' && !place.test(value) ? 'Must be s3://bucket/prefix' : undefined}
                  onChange={(event) => change(system_id, { storage_location: event.currentTarget.value.trim() })}
                />
                <TextInput
                  label="Notes on access"
                  aria-label={`${system_name}: notes on access`}
                  value={of(system_id)?.access_notes ?? ''}
                  onChange={(event) => change(system_id, { access_notes: event.currentTarget.value })}
                />
              </SimpleGrid>
            </Stack>
          );
        }}
      </LongList>
    </KeptForm>
  );
}
