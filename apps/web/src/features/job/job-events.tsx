import { Code, Group, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Shape } from '../../api/client.js';
import { CopyText } from '../../ui/copy-text.js';
import { LongAccordion } from '../../ui/long-accordion.js';
import { Moment } from '../../ui/moment.js';
import { usePersonName } from '../../ui/person-name.js';

type Event = Shape<'TimelineEntry'>;

const idOf = ({ seq }: Event): string => String(seq);

function Heading({ event }: { event: Event }) {
  const nameOf = usePersonName();
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm" fw={600}>
        {event.type}
      </Text>
      <Text size="sm" c="dimmed" component="span">
        {nameOf(event.actor)} · <Moment at={event.occurred_at} detail="second" />
      </Text>
    </Group>
  );
}

const headingOf = (event: Event) => <Heading event={event} />;

const panelOf = (event: Event) => (
  <>
    {event.trace_id && <CopyText text={event.trace_id} label="trace id" />}
    <Code block mt="xs" tabIndex={0} mah={360} style={{ overflow: 'auto' }}>
      {JSON.stringify(event.data, null, 2)}
    </Code>
  </>
);

/** Every event of the job, newest first, with what it says. */
export function JobEvents({ events }: { events: readonly Event[] }) {
  const [opened, setOpened] = useState<string | null>(null);
  const newestFirst = useMemo(() => [...events].sort((a, b) => b.seq - a.seq), [events]);
  return (
    <LongAccordion
      label="Events of the job"
      rows={newestFirst}
      rowId={idOf}
      opened={opened}
      onOpen={setOpened}
      heading={headingOf}
      panel={panelOf}
    />
  );
}
