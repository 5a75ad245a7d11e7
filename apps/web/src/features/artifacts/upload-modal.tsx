import { Button, Group, Modal, Progress, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { CopyText } from '../../ui/copy-text.js';
import { bytes } from '../../ui/figures.js';
import { setFaults } from '../../ui/form-faults.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { FileDrop } from './file-drop.js';
import { capital, type Requirement } from './queries.js';
import { useUpload, type UploadFields, type UploadTarget } from './use-upload.js';

function Chosen({ file, sha256 }: { file: File; sha256: string | null | undefined }) {
  return (
    <Stack gap={4}>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        <b>{file.name}</b>, {bytes(file.size)}
      </Text>
      {sha256 === undefined && (
        <Text size="sm" c="dimmed">
          Reading its SHA-256…
        </Text>
      )}
      {sha256 === null && (
        <Text size="sm" c="dimmed">
          Its SHA-256 is computed where it is received: it is too large for this browser to read it whole.
        </Text>
      )}
      {sha256 && (
        <Group gap={4}>
          <Text size="sm" c="dimmed">
            SHA-256
          </Text>
          <CopyText text={sha256} short={`${sha256.slice(0, 16)}…`} label="SHA-256 of the file" />
        </Group>
      )}
    </Stack>
  );
}

function Sending({ progress, onStop }: { progress: number; onStop: () => void }) {
  const whole = Math.floor(progress);
  return (
    <Stack gap={4}>
      <Progress.Root size="lg">
        <Progress.Section value={progress} aria-label="Upload" />
      </Progress.Root>
      <Group justify="space-between">
        <Text size="sm" role="status">
          {whole < 100 ? `${whole} % sent` : 'Sent. It is being checked, encrypted and locked.'}
        </Text>
        <Button size="compact-sm" variant="default" onClick={onStop}>
          Stop the upload
        </Button>
      </Group>
    </Stack>
  );
}

interface UploadFormProps {
  target: UploadTarget;
  requirement: Requirement;
  /** Dropped before the form was opened. */
  dropped: File | undefined;
  onDone: () => void;
}

const stopped = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

function UploadForm({ target, requirement, dropped, onDone }: UploadFormProps) {
  const [file, setFile] = useState(dropped);
  const [missing, setMissing] = useState(false);
  const { upload, progress, sha256, stop } = useUpload(target, file);
  const before = target.replaces;
  const { register, handleSubmit, formState, setError } = useForm<UploadFields>({
    defaultValues: { title: before?.title ?? capital(requirement.title), comment: '', reason: '' },
  });
  const submit = handleSubmit((fields) => {
    setMissing(!file);
    if (!file) return;
    upload.mutate(fields, { onSuccess: onDone, onError: (error) => setFaults(error, setError, ['title', 'comment', 'reason']) });
  });
  const choose = (chosen: File) => {
    setFile(chosen);
    setMissing(false);
    upload.reset();
  };
  const { errors } = formState;
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Stack>
        {!upload.isPending && <FileDrop label={file ? 'Choose another file' : 'Choose a file'} onFile={choose} />}
        {missing && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            Choose a file first.
          </Text>
        )}
        {file && <Chosen file={file} sha256={sha256} />}
        {before && (
          <Textarea
            label="Reason"
            description="Why it takes the place of the present content, which is kept."
            required
            autosize
            minRows={2}
            maxLength={4000}
            error={errors.reason?.message}
            {...register('reason', { validate: (text) => text.trim() !== '' || 'Say why: it is kept in the audit trail.' })}
          />
        )}
        <TextInput label="Title" maxLength={255} error={errors.title?.message} {...register('title')} />
        <Textarea label="Comment" autosize minRows={2} maxLength={4000} error={errors.comment?.message} {...register('comment')} />
        {upload.isPending && <Sending progress={progress} onStop={stop} />}
        {stopped(upload.error) && (
          <Text size="sm" role="status">
            {progress < 100
              ? 'The upload was stopped; nothing was attached.'
              : 'The upload was stopped after all of it was sent. Look whether it is in the list.'}
          </Text>
        )}
        {upload.error && !stopped(upload.error) && <ProblemAlert error={upload.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={upload.isPending}>
            {before ? 'Replace' : 'Attach'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface UploadModalProps extends Omit<UploadFormProps, 'onDone'> {
  opened: boolean;
  onClose: () => void;
}

/** Where a file becomes a document of the flow. */
export function UploadModal({ opened, onClose, ...form }: UploadModalProps) {
  const title = form.target.replaces ? `Replace the ${form.requirement.title}` : `Attach the ${form.requirement.title}`;
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="lg">
      <UploadForm {...form} onDone={onClose} />
    </Modal>
  );
}
