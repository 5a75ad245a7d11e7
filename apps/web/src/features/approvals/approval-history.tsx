import { Stack, Text, Timeline, Title } from '@mantine/core';
import { Fragment } from 'react';
import { Moment } from '../../ui/moment.js';
import { usePersonName } from '../../ui/person-name.js';
import type { ApprovalDetail } from './approval-words.js';

const moment = /(\d{4}-\d\d-\d\dT[\d:.]+Z)/;

/** The gateway's words, with its times in the zone that the person chose. */
const Words = ({ text }: { text: string }) =>
  text.split(moment).map((piece, index) => <Fragment key={index}>{moment.test(piece) ? <Moment at={piece} /> : piece}</Fragment>);

/** All that happened to an approval, the oldest first. */
export function ApprovalHistory({ approval }: { approval: ApprovalDetail }) {
  const nameOf = usePersonName();
  return (
    <Stack gap="sm" component="section" aria-labelledby="history-heading">
      <Title order={2} id="history-heading">
        History
      </Title>
      <Timeline bulletSize={10} lineWidth={2} color="gray">
        {approval.history.map(({ at, event, by, what }) => (
          <Timeline.Item key={at + event}>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              <Words text={what} />
            </Text>
            <Text size="xs" c="dimmed">
              {nameOf(by)}, <Moment at={at} detail="second" />
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Stack>
  );
}
