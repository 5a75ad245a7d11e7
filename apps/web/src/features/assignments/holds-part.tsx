import { Group, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useWho } from '../../sign-in/use-who.js';
import { setFaults } from '../../ui/form-faults.js';
import { Moment } from '../../ui/moment.js';
import { usePersonName } from '../../ui/person-name.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { ReasonModal } from '../../ui/reason-modal.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { usePlaceHold, useReleaseHold, type Assignment, type Hold } from './queries.js';

interface HoldForm {
  matter: string;
  reference: string;
  reason: string;
}

function PlaceForm({ systemId, onDone }: { systemId: string; onDone: () => void }) {
  const place = usePlaceHold();
  const { register, handleSubmit, setError, formState } = useForm<HoldForm>({ defaultValues: { matter: '', reference: '', reason: '' } });
  const { errors } = formState;
  const submit = handleSubmit(({ matter, reference, reason }) =>
    place.mutate(
      { system_id: systemId, matter, reason, ...(reference ? { reference } : {}) },
      { onSuccess: onDone, onError: (error) => setFaults(error, setError, ['matter', 'reference', 'reason']) },
    ),
  );
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        <TextInput label="Matter" required {...register('matter', { required: 'Name the matter.' })} error={errors.matter?.message} />
        <TextInput label="Reference (case number)" {...register('reference')} error={errors.reference?.message} />
        <Textarea
          label="Reason"
          required
          autosize
          minRows={2}
          {...register('reason', { required: 'Say why.' })}
          error={errors.reason?.message}
        />
        {place.error && <ProblemAlert error={place.error} />}
        <Group>
          <Button type="submit" loading={place.isPending}>
            Place the hold
          </Button>
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Legal matters on the system: while one stands it is not shut down, and its archives are not removed. */
export function HoldsPart({ assignment, holds }: { assignment: Assignment; holds: readonly Hold[] | undefined }) {
  const [placing, setPlacing] = useState(false);
  const [releasing, setReleasing] = useState<Hold>();
  const release = useReleaseHold();
  const nameOf = usePersonName();
  const who = useWho();
  const mayNot = who.data && !who.data.roles.includes('legal') ? 'Only people with the role legal place and release holds.' : undefined;
  const own = holds?.filter(({ scope }) => scope.system_id === assignment.system_id);
  return (
    <Stack gap="xs">
      <Title order={3}>Legal holds</Title>
      {!own && <Text size="sm">It is not known yet whether one stands on this system.</Text>}
      {own?.length === 0 && <Text size="sm">None stands on this system.</Text>}
      {own?.map((hold) => (
        <Group key={hold.hold_id} justify="space-between" wrap="nowrap" align="flex-start">
          <Stack gap={0}>
            <Text size="sm" fw={600}>
              {hold.matter} ({hold.scope.kind})
            </Text>
            <Text size="sm">
              {hold.reason} · {nameOf(hold.placed_by)}, <Moment at={hold.placed_at} detail="day" />
            </Text>
          </Stack>
          <WhyNotButton size="compact-sm" variant="default" whyNot={mayNot} onClick={() => setReleasing(hold)}>
            Release
          </WhyNotButton>
        </Group>
      ))}
      {placing ? (
        <PlaceForm systemId={assignment.system_id} onDone={() => setPlacing(false)} />
      ) : (
        <Group>
          <WhyNotButton size="compact-sm" variant="default" whyNot={mayNot} onClick={() => setPlacing(true)}>
            Place a legal hold
          </WhyNotButton>
        </Group>
      )}
      <ReasonModal
        opened={releasing !== undefined}
        onClose={() => setReleasing(undefined)}
        title={`Release “${releasing?.matter ?? ''}”?`}
        says="Other matters on the system stand on. A new hold can be placed at any time."
        confirm="Release"
        pending={release.isPending}
        error={release.error}
        onConfirm={(reason) => release.mutate({ hold_id: releasing!.hold_id, reason }, { onSuccess: () => setReleasing(undefined) })}
      />
    </Stack>
  );
}
