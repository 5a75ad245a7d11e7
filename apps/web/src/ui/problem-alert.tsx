import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { asProblem } from '../api/problem.js';
import { CopyText } from './copy-text.js';

interface ProblemAlertProps {
  error: unknown;
  retry?: () => void;
}

/** What went wrong, what to do, and the trace that somebody else can look up. */
export function ProblemAlert({ error, retry }: ProblemAlertProps) {
  const problem = asProblem(error);
  const { title, detail, hint, code, trace_id, errors = [], blockers } = problem.body;
  // What is done and cannot be shown yet went well.
  const looks = problem.pending
    ? { color: 'blue', icon: <IconClock aria-hidden />, role: 'status' }
    : { color: 'red', icon: <IconAlertTriangle aria-hidden />, role: 'alert' };
  return (
    <Alert variant="light" title={title} {...looks} data-testid="problem">
      <Stack gap="xs">
        <Text size="sm">{detail}</Text>
        {hint && <Text size="sm">{hint}</Text>}
        {(errors.length > 0 || (blockers?.length ?? 0) > 0) && (
          <List size="sm">
            {errors.map(({ pointer, detail: fault }) => (
              <List.Item key={pointer + fault}>
                <Code>{pointer}</Code> {fault}
              </List.Item>
            ))}
            {blockers?.map((blocker) => (
              <List.Item key={blocker.code + blocker.message}>{blocker.message}</List.Item>
            ))}
          </List>
        )}
        {/* Who asks again and again gets another trace id each time: that is no news to be read aloud. */}
        <Group gap="md" aria-live="off">
          {retry && (
            <Button size="compact-sm" variant="default" onClick={retry}>
              Try again
            </Button>
          )}
          <Text size="xs" c="dimmed">
            {code}
          </Text>
          {trace_id && <CopyText text={trace_id} label="trace id" />}
        </Group>
      </Stack>
    </Alert>
  );
}
