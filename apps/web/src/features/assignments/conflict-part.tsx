import { Alert, Button, Group, Radio, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay } from '../../sign-in/use-who.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { useResolve, type Assignment } from './queries.js';

interface Conflict {
  requirement: string;
  clause: string;
  against: string;
  against_clause: string;
  statement: string;
}

function ResolveForm({ assignment, onDone }: { assignment: Assignment; onDone: () => void }) {
  const [resolution, setResolution] = useState<'keep_minimum' | 'source_minimised'>('keep_minimum');
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string>();
  const resolve = useResolve(assignment);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() === '') setFault('Say why: it is part of the evidence.');
        else resolve.mutate({ resolution, reason: reason.trim() }, { onSuccess: onDone });
      }}
    >
      <Stack gap="sm">
        <Radio.Group label="Resolution" value={resolution} onChange={(value) => setResolution(value as typeof resolution)}>
          <Stack gap="xs" mt={4}>
            <Radio value="keep_minimum" label="Keep for the minimum that the law asks for; it goes before the maximum" />
            <Radio value="source_minimised" label="The source was reduced: what must not be kept so long is no longer in it" />
          </Stack>
        </Radio.Group>
        <Textarea
          label="Reason"
          required
          autosize
          minRows={2}
          value={reason}
          error={fault}
          onChange={(event) => {
            setReason(event.currentTarget.value);
            setFault(undefined);
          }}
        />
        {resolve.error && <ProblemAlert error={resolve.error} />}
        <Group>
          <Button type="submit" loading={resolve.isPending}>
            Resolve
          </Button>
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Where one rule forbids what another asks for; somebody has to say which goes first, and why. */
export function ConflictPart({ assignment }: { assignment: Assignment }) {
  const [resolving, setResolving] = useState(false);
  const mayNot = useMay('decommission.approve');
  const conflicts = (assignment.conflicts ?? []) as Conflict[];
  if (conflicts.length === 0) return null;
  const { conflicts_open: open, resolution } = assignment;
  return (
    <Alert
      color={open ? 'red' : 'green'}
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={<Title order={3}>{open ? 'Conflict to resolve' : 'Conflict, resolved'}</Title>}
    >
      <Stack gap="sm">
        {conflicts.map((conflict) => (
          <Stack gap={2} key={conflict.requirement + conflict.against}>
            <Text size="sm">{conflict.statement}</Text>
            <Text size="sm" c="dimmed">
              {conflict.requirement}: {conflict.clause} · {conflict.against}: {conflict.against_clause}
            </Text>
          </Stack>
        ))}
        {resolution && (
          <Text size="sm">
            {resolution.resolved_by_name}: {resolution.resolution === 'keep_minimum' ? 'keep for the minimum' : 'the source was reduced'}. “
            {resolution.reason}”
          </Text>
        )}
        {resolving ? (
          <ResolveForm assignment={assignment} onDone={() => setResolving(false)} />
        ) : (
          open && (
            <Group>
              <WhyNotButton size="compact-sm" whyNot={mayNot} onClick={() => setResolving(true)}>
                Resolve
              </WhyNotButton>
            </Group>
          )
        )}
      </Stack>
    </Alert>
  );
}
