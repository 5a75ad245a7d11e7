import { Code, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { LongAccordion } from '../../ui/long-accordion.js';
import { Moment } from '../../ui/moment.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { usePersonName } from '../../ui/person-name.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { useInputs, type Input } from './queries.js';

const names: Record<Input['kind'], string> = {
  compliance_confirmation: 'Compliance confirmation',
  archive_destination: 'Archive destinations',
  classification: 'Classification',
  progress_note: 'Progress note',
};

const idOf = ({ input_id }: Input): string => input_id;

function Heading({ input }: { input: Input }) {
  const nameOf = usePersonName();
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm" fw={600}>
        {names[input.kind]}
      </Text>
      <Text size="sm" c="dimmed" component="span">
        {nameOf(input.submitted_by)} · <Moment at={input.submitted_at} />
      </Text>
    </Group>
  );
}

const headingOf = (input: Input) => <Heading input={input} />;

const panelOf = (input: Input) => (
  <Code block tabIndex={0} mah={320} style={{ overflow: 'auto' }}>
    {JSON.stringify(input.content, null, 2)}
  </Code>
);

/** What was submitted, by whom and when. */
export function SubmittedInputs({ flowId }: { flowId: string }) {
  const inputs = useInputs(flowId);
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <Stack gap="xs">
      <Title order={2}>Submitted</Title>
      {inputs.isPending && <RowsSkeleton rows={2} />}
      {inputs.error && <ProblemAlert error={inputs.error} retry={() => void inputs.refetch()} />}
      {inputs.data?.items.length === 0 && <Text size="sm">Nothing has been submitted yet.</Text>}
      {inputs.data && inputs.data.items.length > 0 && (
        <LongAccordion
          label="What was submitted"
          rows={inputs.data.items}
          rowId={idOf}
          opened={opened}
          onOpen={setOpened}
          heading={headingOf}
          panel={panelOf}
        />
      )}
    </Stack>
  );
}
