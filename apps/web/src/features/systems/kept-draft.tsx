import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { changedOnto, differences, type FieldDifference, type KeptFields } from './kept-fields.js';
import type { SystemFields } from './system-fields.js';

interface KeptDraftProps {
  kept: KeptFields;
  now: SystemFields;
  /** Of the system as it is; null for a new one. */
  version: number | null;
  onTake: (fields: SystemFields) => void;
  onDrop: () => void;
}

const empty = '–';

const Differences = ({ rows }: { rows: readonly FieldDifference[] }) => (
  <Table aria-label="What differs">
    <Table.Thead>
      <Table.Tr>
        <Table.Th>Field</Table.Th>
        <Table.Th>It says now</Table.Th>
        <Table.Th>Your draft says</Table.Th>
        <Table.Th>Changed by</Table.Th>
      </Table.Tr>
    </Table.Thead>
    <Table.Tbody>
      {rows.map(({ field, label, now, typed, changedBy }) => (
        <Table.Tr key={field}>
          <Table.Th scope="row">{label}</Table.Th>
          <Table.Td style={{ overflowWrap: 'anywhere' }}>{now || empty}</Table.Td>
          <Table.Td style={{ overflowWrap: 'anywhere' }}>{typed || empty}</Table.Td>
          <Table.Td>{changedBy === 'draft' ? 'you' : changedBy}</Table.Td>
        </Table.Tr>
      ))}
    </Table.Tbody>
  </Table>
);

/** The system became another one since the draft was typed: what differs, and which goes on. */
function NewerVersion({ kept, now, version, onTake, onDrop }: KeptDraftProps) {
  const rows = differences(kept, now);
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconGitMerge aria-hidden />}
      title="The system was changed after you typed this"
      role="alert"
      data-testid="system-conflict"
    >
      <Stack gap="xs">
        <Text size="sm">
          You typed over version {kept.version}; it is at version {version} now. The form shows how it is now.
        </Text>
        <Differences rows={rows} />
        <Group gap="xs">
          <Button variant="default" onClick={() => onTake(changedOnto(now, kept))}>
            Bring back only what I changed
          </Button>
          {rows.some(({ changedBy }) => changedBy === 'somebody else') && (
            <Button variant="default" onClick={() => onTake(kept.typed)}>
              Put my whole draft in its place
            </Button>
          )}
          <Button variant="default" onClick={onDrop}>
            Let my draft go
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

/** What was typed here and not saved: it comes back when it is asked for, and over a newer version only by choice. */
export function KeptDraft(props: KeptDraftProps) {
  const { kept, version, onTake, onDrop } = props;
  if (kept.version !== version) return <NewerVersion {...props} />;
  return (
    <Group gap="xs">
      <Text size="sm">You typed something here that was not saved.</Text>
      <Button size="compact-sm" variant="default" onClick={() => onTake(kept.typed)}>
        Bring it back
      </Button>
      <Button size="compact-sm" variant="default" onClick={onDrop}>
        Let it go
      </Button>
    </Group>
  );
}
