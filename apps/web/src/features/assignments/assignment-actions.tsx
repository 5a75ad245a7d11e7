import { Alert, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Controller, useForm } from 'react-hook-form';
import { useMay } from '../../sign-in/use-who.js';
import { retention } from '../../ui/figures.js';
import { setFaults } from '../../ui/form-faults.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { ReasonModal } from '../../ui/reason-modal.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { usePolicies } from '../policies/queries.js';
import { useOverride, useReset, type Assignment } from './queries.js';

interface OverrideForm {
  policy_id: string;
  storage_location: string;
  reason: string;
}

function OverrideModal({ assignment, opened, onClose }: { assignment: Assignment; opened: boolean; onClose: () => void }) {
  const policies = usePolicies(opened);
  const override = useOverride(assignment);
  const { control, register, handleSubmit, setError, formState } = useForm<OverrideForm>({
    defaultValues: { policy_id: '', storage_location: '', reason: '' },
  });
  const { errors } = formState;
  const submit = handleSubmit(({ policy_id, storage_location, reason }) =>
    override.mutate(
      { policy_id, reason, ...(storage_location ? { storage_location } : {}) },
      { onSuccess: onClose, onError: (error) => setFaults(error, setError, ['policy_id', 'storage_location', 'reason']) },
    ),
  );
  const choices = (policies.data?.items ?? [])
    .filter(({ status }) => status === 'active')
    .map(({ policy_id, policy_name, retention_period_days }) => ({
      value: policy_id,
      label: `${policy_name}, ${retention(retention_period_days)}`,
    }));
  return (
    <Modal opened={opened} onClose={onClose} title={`Another policy for ${assignment.system_name}`}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <Alert color="orange" variant="light">
            Approvals that saw the present policy are voided. If an archive stands already, it may have to be taken again.
          </Alert>
          <Controller
            name="policy_id"
            control={control}
            rules={{ required: 'Choose a policy.' }}
            render={({ field }) => (
              <Select label="Policy" required searchable data={choices} {...field} error={errors.policy_id?.message} />
            )}
          />
          <TextInput
            label="Archive destination (s3://…), when it is another than the policy’s"
            {...register('storage_location')}
            error={errors.storage_location?.message}
          />
          <Textarea
            label="Reason"
            required
            autosize
            minRows={2}
            {...register('reason', { required: 'Say why: it is kept in the audit trail.' })}
            error={errors.reason?.message}
          />
          {policies.error && <ProblemAlert error={policies.error} retry={() => void policies.refetch()} />}
          {override.error && <ProblemAlert error={override.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={override.isPending}>
              Assign
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Choosing another policy by hand, and letting the rules choose again. */
export function AssignmentActions({ assignment }: { assignment: Assignment }) {
  const [overriding, override] = useDisclosure(false);
  const [resetting, reset] = useDisclosure(false);
  const back = useReset(assignment);
  const whyNot = useMay('decommission.write');
  return (
    <Group gap="xs">
      <WhyNotButton variant="default" whyNot={whyNot} onClick={override.open}>
        Choose another policy
      </WhyNotButton>
      <WhyNotButton
        variant="default"
        whyNot={whyNot ?? (assignment.override ? undefined : 'The rules chose already.')}
        onClick={reset.open}
      >
        Let the rules choose
      </WhyNotButton>
      {overriding && <OverrideModal assignment={assignment} opened onClose={override.close} />}
      <ReasonModal
        opened={resetting}
        onClose={reset.close}
        title={`Let the rules choose for ${assignment.system_name}?`}
        says="What was chosen by hand is given up. Approvals that saw it are voided."
        confirm="Let the rules choose"
        pending={back.isPending}
        error={back.error}
        onConfirm={(reason) => back.mutate(reason, { onSuccess: reset.close })}
      />
    </Group>
  );
}
