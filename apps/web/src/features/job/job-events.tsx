import { Accordion, Code, Group, Text } from '@mantine/core';
import type { Shape } from '../../api/client.js';
import { CopyText } from '../../ui/copy-text.js';
import { Moment } from '../../ui/moment.js';

/** Every event of the job, newest first, with what it says. */
export function JobEvents({ events }: { events: readonly Shape<'TimelineEntry'>[] }) {
  const newestFirst = [...events].sort((a, b) => b.seq - a.seq);
  return (
    <Accordion variant="separated" chevronPosition="left" order={3}>
      {newestFirst.map((event) => (
        <Accordion.Item key={event.seq} value={String(event.seq)}>
          <Accordion.Control>
            <Group justify="space-between" gap="xs">
              <Text size="sm" fw={600}>
                {event.type}
              </Text>
              <Text size="sm" c="dimmed" component="span">
                {event.actor} · <Moment at={event.occurred_at} detail="second" />
              </Text>
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            {event.trace_id && <CopyText text={event.trace_id} label="trace id" />}
            <Code block mt="xs" tabIndex={0} mah={360} style={{ overflow: 'auto' }}>
              {JSON.stringify(event.data, null, 2)}
            </Code>
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}
