import { Button, Checkbox, Group, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { count, counted } from '../../ui/figures.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { useEligible, useStartFlow } from './queries.js';

const most = 100;
/** Of more systems than this the right one is found by its name. */
const shownAtOnce = 200;

/** Chooses systems and a name; the policies are assigned at once. */
export function StartFlowForm() {
  const eligible = useEligible();
  const start = useStartFlow();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [fault, setFault] = useState<string>();
  if (eligible.isPending) return <RowsSkeleton />;
  if (!eligible.data) return <ProblemAlert error={eligible.error} retry={() => void eligible.refetch()} />;
  const systems = eligible.data.items.filter(
    ({ decommission_eligible, asset_name }) => decommission_eligible && asset_name.toLowerCase().includes(text.toLowerCase()),
  );
  const submit = () => {
    if (chosen.length === 0 || chosen.length > most) return setFault(`Choose from 1 to ${most} systems.`);
    start.mutate(
      { selected_system_ids: chosen, ...(name.trim() ? { flow_name: name.trim() } : {}) },
      { onSuccess: ({ flow_id }) => void navigate(`/decommission/flow/${flow_id}/data-migration?tab=policies`) },
    );
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        <TextInput
          label="Name of the flow"
          description="Without one it is named after its systems."
          maxLength={255}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput label="Find a system" value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <Checkbox.Group
          label="Systems"
          required
          value={chosen}
          error={fault}
          onChange={(next) => {
            setChosen(next);
            setFault(undefined);
          }}
        >
          <ScrollArea.Autosize mah={320} mt="xs" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'Systems to choose from' }}>
            <Stack gap="xs" p={4}>
              {systems.length === 0 && <Text size="sm">No eligible system matches.</Text>}
              {systems.slice(0, shownAtOnce).map(({ asset_id, asset_name }) => (
                <Checkbox key={asset_id} value={asset_id} label={asset_name} />
              ))}
              {systems.length > shownAtOnce && (
                <Text size="sm">{count(systems.length - shownAtOnce)} more. Type a part of the name above to find one.</Text>
              )}
            </Stack>
          </ScrollArea.Autosize>
        </Checkbox.Group>
        {(start.pending ?? start.error) && <ProblemAlert error={start.pending ?? start.error} />}
        <Group justify="space-between">
          <Text size="sm">{counted(chosen.length, 'system')} chosen</Text>
          <Button type="submit" loading={start.isPending}>
            Start the flow
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
