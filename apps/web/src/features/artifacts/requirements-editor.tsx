import { Button, Group, Modal, Select, Stack, Switch, Table, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useMay, useWho } from '../../sign-in/use-who.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { capital, useSetRequirements, type Requirement } from './queries.js';

type Moment = Requirement['before'];
type Chosen = Pick<Requirement, 'kind' | 'required' | 'before'>;

const setters = ['compliance', 'legal'];
const moments = [
  { value: 'start', label: 'Before archiving starts' },
  { value: 'transition', label: 'Before the transition' },
] satisfies { value: Moment; label: string }[];

/** What follows from the transition is never needed before it; what states archives is not there before they are. */
const isSettable = ({ kind }: Requirement): boolean => kind !== 'migration_completion_certificate';
const momentsOf = ({ kind }: Requirement) =>
  kind === 'archive_verification_report' ? moments.filter(({ value }) => value === 'transition') : moments;

function RequirementsTable({
  requirements,
  chosen,
  onChange,
}: {
  requirements: readonly Requirement[];
  chosen: readonly Chosen[];
  onChange: (changed: Chosen) => void;
}) {
  return (
    <Table aria-label="What this flow needs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Document</Table.Th>
          <Table.Th>Needed</Table.Th>
          <Table.Th>When</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {requirements.map((requirement) => {
          const now = chosen.find(({ kind }) => kind === requirement.kind) ?? requirement;
          const { kind, required, before } = now;
          const name = capital(requirement.title);
          return (
            <Table.Tr key={kind}>
              <Table.Th scope="row" fw={400}>
                {name}
              </Table.Th>
              <Table.Td>
                <Switch
                  aria-label={`${name} is needed`}
                  checked={required}
                  onChange={(event) => onChange({ kind, before, required: event.currentTarget.checked })}
                />
              </Table.Td>
              <Table.Td>
                {required ? (
                  <Select
                    aria-label={`When the ${requirement.title} is needed`}
                    data={momentsOf(requirement)}
                    value={before}
                    allowDeselect={false}
                    onChange={(value) => value && onChange({ kind, required, before: value as Moment })}
                  />
                ) : (
                  // As high as the choice, so that no row moves.
                  <Text size="sm" c="dimmed" lh="2.25rem">
                    Not needed
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

function EditorForm({ flowId, requirements, onDone }: { flowId: string; requirements: readonly Requirement[]; onDone: () => void }) {
  const settable = requirements.filter(isSettable);
  const [chosen, setChosen] = useState<Chosen[]>(() => settable.map(({ kind, required, before }) => ({ kind, required, before })));
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string>();
  const set = useSetRequirements(flowId);
  const submit = () => {
    if (reason.trim() === '') setFault('Say why: it is kept in the audit trail.');
    else set.mutate({ requirements: chosen, reason: reason.trim() }, { onSuccess: onDone });
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
        <Text size="sm">
          It holds for this flow alone, and can be set anew until the transition. An approval that rests on other documents is voided.
        </Text>
        <RequirementsTable
          requirements={settable}
          chosen={chosen}
          onChange={(changed) => setChosen((before) => before.map((each) => (each.kind === changed.kind ? changed : each)))}
        />
        <Textarea
          label="Reason"
          required
          autosize
          minRows={2}
          maxLength={4000}
          value={reason}
          error={fault}
          onChange={(event) => {
            setReason(event.currentTarget.value);
            setFault(undefined);
          }}
        />
        {set.error && <ProblemAlert error={set.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={set.isPending}>
            Set what is needed
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Where compliance and legal say which documents this flow needs. */
export function RequirementsEditor({
  flowId,
  requirements,
  flowIsOver,
}: {
  flowId: string;
  requirements: readonly Requirement[];
  flowIsOver: string | undefined;
}) {
  const [opened, { open, close }] = useDisclosure(false);
  const { data: who } = useWho();
  const mayNot = useMay('decommission.approve');
  const isSetter = !who || who.roles.some((role) => setters.includes(role));
  const whyNot = flowIsOver ?? mayNot ?? (isSetter ? undefined : 'Compliance or legal say what a flow needs.');
  return (
    <>
      <WhyNotButton variant="default" whyNot={whyNot} onClick={open}>
        Set what is needed
      </WhyNotButton>
      <Modal opened={opened} onClose={close} title="Which documents this flow needs" size="lg">
        <EditorForm flowId={flowId} requirements={requirements} onDone={close} />
      </Modal>
    </>
  );
}
