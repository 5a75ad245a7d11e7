import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.js';
import { asProblem } from '../../api/problem.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { useTimeZone, type TimeZone } from '../../ui/time-zone.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { roleNames, rolePurpose, type Role } from './approval-words.js';

interface Asked {
  roles: readonly Role[];
  due_at: string | null;
}

interface Refusal {
  role: Role;
  error: unknown;
}

/** Requests one after the other: what one role judges may be complete when another's is not. Answers what was refused. */
async function requestEach(flow_id: string, { roles, due_at }: Asked): Promise<Refusal[]> {
  const refused: Refusal[] = [];
  for (const role of roles) {
    try {
      answerOf(
        await api.POST('/api/v1/decommission-flow/{flow_id}/approvals', {
          params: { path: { flow_id } },
          body: { role, ...(due_at ? { due_at } : {}) },
        }),
      );
    } catch (error) {
      refused.push({ role, error });
    }
  }
  return refused;
}

function useRequest(flowId: string, again: boolean) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: Asked) => requestEach(flowId, asked),
    onSuccess: (refused, { roles }) => {
      const done = roles.filter((role) => !refused.some((each) => each.role === role));
      const says = again ? 'The due date is set.' : `Requested: ${done.map((role) => roleNames[role].toLowerCase()).join(', ')}.`;
      if (done.length > 0) notifications.show({ message: says, color: 'green' });
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['flow', flowId] });
      void client.invalidateQueries({ queryKey: ['approvals'] });
    },
  });
}

/** The end of a day in the zone in which the person reads times. */
const endOfDay = (day: string, zone: TimeZone): string => new Date(`${day}T23:59:59${zone === 'utc' ? 'Z' : ''}`).toISOString();

/** What has to be there before a role can judge it. */
const whatIsMissing: Record<Role, string> = {
  legal: 'There is nothing complete to judge yet: every archive has to be verified and locked, and the documents for legal attached.',
  compliance:
    'There is nothing complete to judge yet: every system needs a retention policy, and the documents for compliance have to be attached.',
  data_owner: 'There is nothing complete to judge yet: every system needs a retention policy.',
};

function Refusals({ refused }: { refused: readonly Refusal[] }) {
  return refused.map(({ role, error }) => (
    <Stack key={role} gap={4}>
      <Text size="sm" fw={600}>
        {roleNames[role]}: not requested
      </Text>
      {asProblem(error).code === 'APPROVAL_STATE' ? <Text size="sm">{whatIsMissing[role]}</Text> : <ProblemAlert error={error} />}
    </Stack>
  ));
}

interface RequestModalProps {
  flowId: string;
  /** Whom can be asked. */
  roles: readonly Role[];
  opened: boolean;
  onClose: () => void;
  /** It is open already, and only its due date is set anew. */
  again?: boolean;
}

function RequestForm({ flowId, roles, onClose, again = false }: Omit<RequestModalProps, 'opened'>) {
  const [zone] = useTimeZone();
  const [chosen, setChosen] = useState<string[]>([...roles]);
  const [day, setDay] = useState('');
  const [fault, setFault] = useState<string>();
  const request = useRequest(flowId, again);
  const refused = request.data ?? [];
  const whyNot = chosen.length > 0 ? undefined : 'Choose whom to ask.';
  const submit = () => {
    if (whyNot !== undefined) return;
    if (again && !day) return setFault('Choose the new due date.');
    const asked = { roles: roles.filter((role) => chosen.includes(role)), due_at: day ? endOfDay(day, zone) : null };
    request.mutate(asked, { onSuccess: (after) => after.length === 0 && onClose() });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        {roles.length > 1 && (
          <Checkbox.Group label="Whom to ask" value={chosen} onChange={setChosen}>
            <Stack gap="xs" mt="xs">
              {roles.map((role) => (
                <Checkbox key={role} value={role} label={roleNames[role]} description={rolePurpose[role]} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        <TextInput
          type="date"
          label="Due"
          required={again}
          description={again ? 'The end of this day.' : 'The end of this day; without one, the usual time to decide.'}
          value={day}
          error={fault}
          onChange={(event) => {
            setDay(event.currentTarget.value);
            setFault(undefined);
          }}
        />
        <Text size="sm">Whoever may decide is told here and by mail.</Text>
        {request.error && <ProblemAlert error={request.error} />}
        <Refusals refused={refused} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {refused.length > 0 ? 'Close' : 'Cancel'}
          </Button>
          <WhyNotButton type="submit" loading={request.isPending} whyNot={whyNot}>
            {again ? 'Set the due date' : 'Request approval'}
          </WhyNotButton>
        </Group>
      </Stack>
    </form>
  );
}

export function RequestModal({ opened, onClose, ...form }: RequestModalProps) {
  const names = form.roles.map((role) => roleNames[role].toLowerCase());
  const title = form.again
    ? `Another due date for the ${names[0]} approval`
    : names.length > 1
      ? 'Request approvals'
      : `Request the ${names[0]} approval`;
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <RequestForm {...form} onClose={onClose} />
    </Modal>
  );
}
