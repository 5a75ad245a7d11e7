import { Checkbox, Stack, Text, Textarea } from '@mantine/core';
import { useMemo } from 'react';
import type { Assignment } from '../assignments/queries.js';
import { KeptForm } from './kept-form.js';
import { useKeptInput } from './use-kept-input.js';

interface Confirmed {
  requirement: string;
  confirmed: boolean;
  comment?: string;
}

/** That each requirement of the flow's systems is met by how they are archived. */
export function ComplianceForm({ flowId, systems }: { flowId: string; systems: readonly Assignment[] }) {
  const names = useMemo(() => [...new Set(systems.flatMap(({ compliance_requirements }) => compliance_requirements))].sort(), [systems]);
  const empty = useMemo(() => ({ requirements: names.map((requirement): Confirmed => ({ requirement, confirmed: false })) }), [names]);
  const input = useKeptInput(flowId, 'compliance_confirmation', empty, 'The compliance confirmation is submitted.');
  const of = (name: string) =>
    input.content.requirements.find(({ requirement }) => requirement === name) ?? { requirement: name, confirmed: false };
  const change = (name: string, changes: Partial<Confirmed>) =>
    input.change({ requirements: names.map((requirement) => ({ ...of(requirement), ...(requirement === name ? changes : {}) })) });
  return (
    <KeptForm
      title="Compliance confirmation"
      says="Each requirement is confirmed, or it is said why not."
      roles={['compliance']}
      input={input as never}
      confirm="Submit the confirmation"
    >
      {names.length === 0 && <Text size="sm">No system of this flow names a requirement.</Text>}
      {names.map((name) => (
        <Stack key={name} gap="xs">
          <Checkbox
            label={`${name} is met by how these systems are archived`}
            checked={of(name).confirmed}
            onChange={(event) => change(name, { confirmed: event.currentTarget.checked })}
          />
          {!of(name).confirmed && (
            <Textarea
              label={`Why ${name} is not confirmed`}
              autosize
              minRows={1}
              value={of(name).comment ?? ''}
              onChange={(event) => change(name, { comment: event.currentTarget.value })}
            />
          )}
        </Stack>
      ))}
    </KeptForm>
  );
}
