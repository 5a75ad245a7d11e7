import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { Moment } from '../../ui/moment.js';
import { usePersonName } from '../../ui/person-name.js';
import type { Draft } from './queries.js';

interface DraftConflictProps {
  /** What the gateway holds now; null when it was submitted or discarded meanwhile. */
  theirs: Draft | null;
  takeTheirs: () => void;
  keepMine: () => void;
}

/** Two people wrote at the same time: what the other wrote, and whose goes on. */
export function DraftConflict({ theirs, takeTheirs, keepMine }: DraftConflictProps) {
  const nameOf = usePersonName();
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconGitMerge aria-hidden />}
      title={theirs ? `${nameOf(theirs.edited_by)} changed this draft meanwhile` : 'This draft was submitted or discarded meanwhile'}
      role="alert"
      data-testid="draft-conflict"
    >
      <Stack gap="xs">
        <Text size="sm">What you typed stands in the form and is not kept yet. Nothing was overwritten.</Text>
        {theirs && (
          <>
            <Text size="sm">
              The draft as it is kept, <Moment at={theirs.edited_at} detail="second" />:
            </Text>
            <Code block tabIndex={0} mah={240} style={{ overflow: 'auto' }}>
              {JSON.stringify(theirs.content, null, 2)}
            </Code>
          </>
        )}
        <Group gap="xs">
          <Button variant="default" onClick={takeTheirs}>
            {theirs ? 'Take theirs' : 'Let mine go'}
          </Button>
          <Button variant="default" onClick={keepMine}>
            {theirs ? 'Put mine in its place' : 'Keep mine as a new draft'}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
