import {
  Checkbox,
  Group,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { complianceRequirements, dataClassifications, tlsModes } from '@lastcopy/contracts/vocabulary';
import { useState } from 'react';
import { Controller, useForm, type UseFormReturn } from 'react-hook-form';
import { asProblem } from '../../api/problem.js';
import { useMay } from '../../sign-in/use-who.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { forgetDraft, useDraft } from '../../ui/use-draft.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { KeptDraft } from './kept-draft.js';
import { keptFields } from './kept-fields.js';
import { useRegister, useRevise, type System } from './queries.js';
import { emptyForm, formOf, registrationOf, type SystemFields } from './system-fields.js';

type Form = UseFormReturn<SystemFields>;
const needed = 'This is needed.';

function DatabaseFields({ form: { register, control, formState } }: { form: Form }) {
  const { errors } = formState;
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label="Host" required {...register('host', { required: needed })} error={errors.host?.message} />
        <Controller
          name="port"
          control={control}
          rules={{ required: needed, min: { value: 1, message: 'From 1 to 65535.' }, max: { value: 65535, message: 'From 1 to 65535.' } }}
          render={({ field }) => <NumberInput label="Port" required allowDecimal={false} {...field} error={errors.port?.message} />}
        />
        <TextInput label="Database" required {...register('database', { required: needed })} error={errors.database?.message} />
        <TextInput label="User (may read)" required {...register('user', { required: needed })} error={errors.user?.message} />
        <TextInput
          label="Name of the password in the secret store"
          description="The password itself is never typed here."
          required
          {...register('secret_ref', {
            required: needed,
            pattern: { value: /^[a-z0-9][a-z0-9._-]{0,127}$/, message: 'Lower-case letters, digits, dots, dashes or underscores.' },
          })}
          error={errors.secret_ref?.message}
        />
        <Controller
          name="tls"
          control={control}
          render={({ field }) => (
            <Select
              label="TLS"
              description="Without a choice: verify-full, except on this machine."
              clearable
              clearButtonProps={{ 'aria-label': 'No choice' }}
              data={[...tlsModes]}
              {...field}
              value={field.value || null}
              onChange={(value) => field.onChange(value ?? '')}
              error={errors.tls?.message}
            />
          )}
        />
      </SimpleGrid>
    </Stack>
  );
}

function SourceFields({ form }: { form: Form }) {
  const { register, control, watch, formState } = form;
  const kind = watch('kind');
  return (
    <Stack gap="sm">
      <Controller
        name="kind"
        control={control}
        render={({ field }) => (
          <SegmentedControl
            aria-label="Kind of source"
            {...field}
            data={[
              { value: 'postgresql', label: 'PostgreSQL' },
              { value: 'directory', label: 'Directory' },
            ]}
          />
        )}
      />
      {kind === 'postgresql' ? (
        <DatabaseFields form={form} />
      ) : (
        <TextInput
          label="Absolute path of the directory"
          required
          {...register('path', { required: needed, pattern: { value: /^\//, message: 'It begins with a slash.' } })}
          error={formState.errors.path?.message}
        />
      )}
      <Checkbox label="The source may be empty, and that is meant" {...register('allow_empty')} />
    </Stack>
  );
}

function WordsField({
  form,
  name,
  label,
  words,
}: {
  form: Form;
  name: 'data_classification' | 'compliance_requirements';
  label: string;
  words: readonly string[];
}) {
  return (
    <Controller
      name={name}
      control={form.control}
      render={({ field }) => (
        <MultiSelect label={label} data={[...words]} searchable {...field} error={form.formState.errors[name]?.message} />
      )}
    />
  );
}

/** Shows what the gateway found wrong beside the field: its pointers lead into the source's description. */
function showFaults(error: unknown, form: Form): void {
  for (const { pointer, detail } of asProblem(error).body.errors ?? []) {
    const name = pointer.split('/').at(-1)!.replace(/^.*\./, '');
    if (name in emptyForm) form.setError(name as keyof SystemFields, { type: 'server', message: detail });
  }
}

/** Registers a system, or changes one with a reason. */
export function SystemForm({ system, onDone }: { system?: System; onDone: (systemId: string) => void }) {
  const draftKey = `system.${system?.system_id ?? 'new'}`;
  const form = useForm<SystemFields>({ defaultValues: system ? formOf(system) : emptyForm });
  // What was kept when the form was opened: what is typed now is kept in its place, and does not hide it before somebody chose.
  const [kept, setKept] = useState(() => keptFields(draftKey, system));
  useDraft(draftKey, system?.version ?? null, form);
  const forget = () => forgetDraft(draftKey);
  const registering = useRegister(forget);
  const revising = useRevise(system ?? ({ system_id: '', version: 0 } as System), forget);
  const mayNot = useMay('decommission.write');
  const { register, formState, handleSubmit } = form;
  const { errors } = formState;
  const settled = {
    onSuccess: (answer: System) => onDone(answer.system_id),
    onError: (error: unknown) => showFaults(error, form),
  };
  const take = (fields: SystemFields) => {
    form.reset(fields, { keepDefaultValues: true });
    setKept(undefined);
  };
  const drop = () => {
    if (!formState.isDirty) forget();
    setKept(undefined);
  };
  const submit = handleSubmit((fields) => {
    const body = registrationOf(fields);
    if (system) revising.mutate({ ...body, reason: fields.reason.trim() }, settled);
    else registering.mutate(body, settled);
  });
  const { error, isPending } = system ? revising : registering;
  return (
    <form noValidate onSubmit={(event) => void submit(event)} aria-label={system ? 'Change the system' : 'Register a system'}>
      <Stack>
        {system && <Title order={3}>Description</Title>}
        {kept && (
          <KeptDraft kept={kept} now={system ? formOf(system) : emptyForm} version={system?.version ?? null} onTake={take} onDrop={drop} />
        )}
        <TextInput
          label="Name"
          required
          {...register('system_name', { required: needed, maxLength: { value: 255, message: 'At most 255 characters.' } })}
          error={errors.system_name?.message}
        />
        <SourceFields form={form} />
        <WordsField form={form} name="data_classification" label="Data classification" words={dataClassifications} />
        <WordsField form={form} name="compliance_requirements" label="Compliance requirements" words={complianceRequirements} />
        <TextInput label="Why it retires" {...register('retirement_reason')} error={errors.retirement_reason?.message} />
        {system && (
          <Textarea
            label="Reason of the change"
            description="Approvals that saw the system otherwise are voided."
            required
            autosize
            minRows={2}
            {...register('reason', { validate: (text) => text.trim() !== '' || 'Say why: it is kept in the audit trail.' })}
            error={errors.reason?.message}
          />
        )}
        {error && <ProblemAlert error={error} />}
        <Group justify="flex-end">
          <WhyNotButton type="submit" whyNot={mayNot} loading={isPending}>
            {system ? 'Save the change' : 'Register'}
          </WhyNotButton>
        </Group>
      </Stack>
    </form>
  );
}
