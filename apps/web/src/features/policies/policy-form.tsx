import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { approvalRoles, complianceRequirements, dataClassifications, verificationLevels } from '@lastcopy/contracts/vocabulary';
import { useState } from 'react';
import { Controller, useForm, type UseFormReturn } from 'react-hook-form';
import { useMay } from '../../sign-in/use-who.js';
import { setFaults } from '../../ui/form-faults.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { changesOf, emptyTerms, termsOf, type PolicyTerms } from './policy-terms.js';
import { ImpactPart } from './impact-part.js';
import { useCreate, useImpact, useRevise, type Policy } from './queries.js';

type Form = UseFormReturn<PolicyTerms>;
const needed = 'This is needed.';
const approverRoles = approvalRoles.map((value) => ({ value, label: value.replace('_', ' ') }));

function KeepingFields({ form: { control, register, formState } }: { form: Form }) {
  const { errors } = formState;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <Controller
        name="retention_period_days"
        control={control}
        rules={{ required: needed, min: { value: 1, message: 'At least one day.' } }}
        render={({ field }) => (
          <NumberInput
            label="Retention period, in days"
            required
            allowDecimal={false}
            min={1}
            {...field}
            error={errors.retention_period_days?.message}
          />
        )}
      />
      <TextInput
        label="Place (s3://bucket/prefix/)"
        required
        {...register('storage_location', { required: needed })}
        error={errors.storage_location?.message}
      />
      <Controller
        name="verification_level"
        control={control}
        render={({ field }) => (
          <Select
            label="Proof of directories"
            allowDeselect={false}
            data={[...verificationLevels]}
            {...field}
            error={errors.verification_level?.message}
          />
        )}
      />
      <Controller
        name="database_verification_level"
        control={control}
        render={({ field }) => (
          <Select
            label="Proof of databases"
            allowDeselect={false}
            data={[...verificationLevels]}
            {...field}
            error={errors.database_verification_level?.message}
          />
        )}
      />
    </SimpleGrid>
  );
}

function AppliesFields({ form: { control, formState } }: { form: Form }) {
  const { errors } = formState;
  return (
    <>
      <Controller
        name="data_types"
        control={control}
        render={({ field }) => (
          <TagsInput label="Kinds of data" data={[...dataClassifications]} {...field} error={errors.data_types?.message} />
        )}
      />
      <Controller
        name="compliance_requirements"
        control={control}
        render={({ field }) => (
          <MultiSelect
            label="Compliance requirements"
            data={[...complianceRequirements]}
            {...field}
            error={errors.compliance_requirements?.message}
          />
        )}
      />
      <Controller
        name="legal_basis"
        control={control}
        render={({ field }) => (
          <TagsInput label="Legal basis" description="Enter after each" {...field} error={errors.legal_basis?.message} />
        )}
      />
      <Controller
        name="required_approvals"
        control={control}
        render={({ field }) => (
          <MultiSelect label="Required approvals" data={approverRoles} {...field} error={errors.required_approvals?.message} />
        )}
      />
    </>
  );
}

function RevisionImpact({ policy, form }: { policy: Policy; form: Form }) {
  const [asked, setAsked] = useState<PolicyTerms>();
  const impact = useImpact(policy, { action: 'revise', changes: asked ? changesOf(policy, asked) : {} }, asked !== undefined);
  return (
    <Stack gap="xs">
      <Group>
        <Button size="compact-sm" variant="default" onClick={() => setAsked(form.getValues())}>
          Show what it would change
        </Button>
      </Group>
      {asked && <ImpactPart impact={impact} />}
    </Stack>
  );
}

/** Creates a policy, or revises one with a reason after showing what that changes. */
export function PolicyForm({ policy, onDone }: { policy?: Policy; onDone: () => void }) {
  const form = useForm<PolicyTerms>({ defaultValues: policy ? termsOf(policy) : emptyTerms });
  const create = useCreate();
  const revise = useRevise(policy ?? ({ policy_id: '', revision: 0 } as Policy));
  const mayNot = useMay('decommission.write');
  const { register, handleSubmit, formState, setError } = form;
  const { errors } = formState;
  const fields = Object.keys(emptyTerms) as (keyof PolicyTerms)[];
  const settled = { onSuccess: onDone, onError: (error: unknown) => setFaults(error, setError, fields) };
  const submit = handleSubmit((terms) => {
    if (policy) revise.mutate({ ...changesOf(policy, terms), reason: terms.reason.trim() }, settled);
    else create.mutate({ ...terms, retention_starts: 'manifest_timestamp' } as never, settled);
  });
  const { error, isPending } = policy ? revise : create;
  return (
    <form noValidate onSubmit={(event) => void submit(event)} aria-label={policy ? 'Revise the policy' : 'Create a policy'}>
      <Stack>
        <TextInput label="Name" required {...register('policy_name', { required: needed })} error={errors.policy_name?.message} />
        <Textarea label="What it is for" autosize minRows={2} {...register('description')} error={errors.description?.message} />
        <KeepingFields form={form} />
        <AppliesFields form={form} />
        <Checkbox label="Archives are encrypted" {...register('encryption_required')} />
        <Textarea
          label="Reason"
          required
          autosize
          minRows={2}
          {...register('reason', { validate: (text) => text.trim() !== '' || 'Say why: it is kept in the audit trail.' })}
          error={errors.reason?.message}
        />
        {policy && <RevisionImpact policy={policy} form={form} />}
        {error && <ProblemAlert error={error} />}
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {policy ? 'Earlier versions stay as they are.' : ''}
          </Text>
          <WhyNotButton type="submit" whyNot={mayNot} loading={isPending}>
            {policy ? 'Make a new version' : 'Create'}
          </WhyNotButton>
        </Group>
      </Stack>
    </form>
  );
}
