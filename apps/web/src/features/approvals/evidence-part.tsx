import { Alert, Anchor, Button, Code, Collapse, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useDownload } from '../../ui/download.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { flowTab, type EvidencePart as Part } from './approval-words.js';
import { fieldsOf, type Content } from './evidence-value.js';

function DocumentLinks({ flowId, content }: { flowId: string; content: Content }) {
  const download = useDownload();
  const id = String(content.artifact_id);
  const filename = typeof content.filename === 'string' ? content.filename : `${String(content.kind).replaceAll('_', '-')}.json`;
  return (
    <>
      <Group gap="md">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          loading={download.isPending}
          onClick={() => download.mutate({ path: `/api/v1/artifacts/${id}/content`, filename })}
        >
          Download the document
        </Button>
        <Anchor component={Link} to={`${flowTab(flowId, 'artifacts')}&preview=${id}`} size="sm">
          Look at it in Artifacts
        </Anchor>
      </Group>
      {download.error && <ProblemAlert error={download.error} />}
    </>
  );
}

function Fields({ requested, present, differs }: { requested: Content | null; present: Content | null; differs: boolean }) {
  const shown = fieldsOf(requested, present);
  const twoColumns = differs && requested !== null && present !== null;
  const content = requested ?? present ?? {};
  return (
    <Table verticalSpacing={4} layout={twoColumns ? 'fixed' : 'auto'}>
      {twoColumns && (
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="24%">Field</Table.Th>
            <Table.Th>When requested</Table.Th>
            <Table.Th>Now</Table.Th>
          </Table.Tr>
        </Table.Thead>
      )}
      <Table.Tbody>
        {shown.map(({ name, label, show }) => {
          const changed = twoColumns && JSON.stringify(requested[name] ?? null) !== JSON.stringify(present[name] ?? null);
          return (
            <Table.Tr key={name} {...(changed ? { bg: 'var(--lastcopy-raised)' } : {})}>
              <Table.Th fw={400} c="dimmed" w={twoColumns ? undefined : '30%'} scope="row" style={{ verticalAlign: 'top' }}>
                {label}
                {changed && (
                  <Text size="xs" fw={650} c="var(--mantine-color-error)">
                    Changed
                  </Text>
                )}
              </Table.Th>
              <Table.Td style={{ overflowWrap: 'anywhere', verticalAlign: 'top' }}>{show(content)}</Table.Td>
              {twoColumns && <Table.Td style={{ overflowWrap: 'anywhere', verticalAlign: 'top' }}>{show(present)}</Table.Td>}
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

const standing = (requested: Content | null, present: Content | null): string | undefined => {
  if (!requested && !present) return 'Only the hash of this part was kept.';
  if (!requested) return 'This was added after the request.';
  return present ? undefined : 'This is no longer part of it.';
};

/** One part of what is signed: its fields in words, what changed since, and the text that the hash is over. */
export function EvidencePart({ flowId, part }: { flowId: string; part: Part }) {
  const [opened, { toggle }] = useDisclosure(false);
  const [requested, present] = [(part.requested ?? null) as Content | null, (part.present ?? null) as Content | null];
  const content = requested ?? present;
  const note = standing(requested, present);
  return (
    <Paper withBorder p="sm" component="section" aria-label={part.name}>
      <Stack gap="xs">
        <Title order={3}>{part.name}</Title>
        {(part.changed.length > 0 || note) && (
          <Alert color="orange" variant="light" p="xs" icon={<IconAlertTriangle aria-hidden />}>
            {note ?? part.changed.join('. ')}
          </Alert>
        )}
        {content && <Fields requested={requested} present={present} differs={part.changed.length > 0} />}
        {typeof content?.artifact_id === 'string' && <DocumentLinks flowId={flowId} content={content} />}
        {content && (
          <>
            <Button size="compact-xs" variant="subtle" onClick={toggle} aria-expanded={opened} style={{ alignSelf: 'flex-start' }}>
              {opened ? 'Hide the exact text' : requested ? 'Show the exact text that is signed' : 'Show its exact text'}
            </Button>
            <Collapse expanded={opened}>
              <Code block tabIndex={0}>
                {JSON.stringify(content, null, 2)}
              </Code>
            </Collapse>
          </>
        )}
      </Stack>
    </Paper>
  );
}
