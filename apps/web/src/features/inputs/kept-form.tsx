import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWho } from '../../sign-in/use-who.js';
import { Moment } from '../../ui/moment.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { usePersonName } from '../../ui/person-name.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { DraftConflict } from './draft-conflict.js';
import type { useKeptInput } from './use-kept-input.js';

interface KeptFormProps {
  title: string;
  says: string;
  /** Whose people fill this in. */
  roles: readonly string[];
  input: ReturnType<typeof useKeptInput<never>>;
  children: ReactNode;
  confirm: string;
}

/** A form whose content is kept while it is typed, and then submitted. */
export function KeptForm({ title, says, roles, input, children, confirm }: KeptFormProps) {
  const who = useWho();
  const nameOf = usePersonName();
  const { draft, save, submit, discard, error, conflict } = input;
  const mayNot =
    who.data && !roles.some((role) => who.data.roles.includes(role))
      ? `Only people with the role ${roles.join(' or ').replaceAll('_', ' ')} fill this in.`
      : undefined;
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (mayNot === undefined) void input.handIn().catch(() => undefined);
        }}
      >
        <Stack gap="sm">
          <Stack gap={0}>
            <Title order={2}>{title}</Title>
            <Text size="sm" c="dimmed">
              {says}
            </Text>
          </Stack>
          {draft.isPending ? (
            <RowsSkeleton rows={3} />
          ) : draft.data === undefined ? (
            <ProblemAlert error={draft.error} retry={() => void draft.refetch()} />
          ) : (
            children
          )}
          {conflict && draft.isFetching && <RowsSkeleton rows={3} />}
          {conflict && !draft.isFetching && draft.error && <ProblemAlert error={draft.error} retry={() => void draft.refetch()} />}
          {conflict && !draft.isFetching && !draft.error && (
            <DraftConflict theirs={draft.data ?? null} takeTheirs={input.takeTheirs} keepMine={input.keepMine} />
          )}
          {error && !conflict && <ProblemAlert error={error} />}
          <Group justify="space-between">
            <Text size="sm" c="dimmed" role="status">
              {save.isPending ? (
                'Keeping the draft …'
              ) : draft.data ? (
                <>
                  Draft kept, {nameOf(draft.data.edited_by)}, <Moment at={draft.data.edited_at} detail="second" />
                </>
              ) : (
                'What you type is kept as a draft.'
              )}
            </Text>
            <Group gap="xs">
              {draft.data && (
                <Button variant="default" onClick={input.drop} loading={discard.isPending}>
                  Discard the draft
                </Button>
              )}
              <WhyNotButton type="submit" whyNot={mayNot} loading={submit.isPending}>
                {confirm}
              </WhyNotButton>
            </Group>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
