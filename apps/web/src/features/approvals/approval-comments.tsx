import { Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useWho } from '../../sign-in/use-who.js';
import { Moment } from '../../ui/moment.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import type { ApprovalDetail } from './approval-words.js';
import { useComment } from './queries.js';

const takesPart = ['operator', 'data_owner', 'compliance', 'legal'];

function CommentBox({ approval }: { approval: ApprovalDetail }) {
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();
  const comment = useComment(approval, () => setText(''));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '') setFault('Write something first.');
        else comment.mutate(text.trim());
      }}
    >
      <Stack gap="xs">
        <Textarea
          label="Say something"
          description="A question or an answer. It changes nothing that is signed."
          autosize
          minRows={2}
          maxLength={4000}
          value={text}
          error={fault}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setFault(undefined);
          }}
        />
        {comment.error && <ProblemAlert error={comment.error} />}
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={comment.isPending}>
            Comment
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What people asked and answered about an approval. */
export function ApprovalComments({ approval }: { approval: ApprovalDetail }) {
  const { data: who } = useWho();
  const mayComment = who?.roles.some((role) => takesPart.includes(role)) ?? false;
  return (
    <Stack gap="sm" component="section" aria-labelledby="comments-heading">
      <Title order={2} id="comments-heading">
        Comments
      </Title>
      {approval.comments.length === 0 && (
        <Text size="sm" c="dimmed">
          Nobody has said anything yet.
        </Text>
      )}
      {approval.comments.map(({ name, comment, at }) => (
        <Stack key={at + comment} gap={0}>
          <Text size="sm">
            <b>{name}</b>{' '}
            <Text span size="sm" c="dimmed">
              <Moment at={at} />
            </Text>
          </Text>
          <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {comment}
          </Text>
        </Stack>
      ))}
      {mayComment && <CommentBox approval={approval} />}
    </Stack>
  );
}
