import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { ProblemAlert } from './problem-alert.js';

interface ReasonModalProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What happens, and whether it can be undone. */
  says: ReactNode;
  confirm: string;
  /** Red, for what cannot be undone. */
  grave?: boolean;
  /** @default true */
  reasonRequired?: boolean;
  pending: boolean;
  error: unknown;
  onConfirm: (reason: string) => void;
}

/** Asks for a reason before something is done that others will ask about. */
export function ReasonModal({
  opened,
  onClose,
  title,
  says,
  confirm,
  grave = false,
  reasonRequired = true,
  pending,
  error,
  onConfirm,
}: ReasonModalProps) {
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    if (opened) setReason('');
    setFault(undefined);
  }, [opened]);
  const submit = () => {
    if (reasonRequired && reason.trim() === '') setFault('Say why: it is kept in the audit trail.');
    else onConfirm(reason.trim());
  };
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <Text size="sm" component="div">
            {says}
          </Text>
          <Textarea
            label="Reason"
            required={reasonRequired}
            autosize
            minRows={2}
            maxLength={2000}
            value={reason}
            error={fault}
            onChange={(event) => {
              setReason(event.currentTarget.value);
              setFault(undefined);
            }}
            data-autofocus
          />
          {error ? <ProblemAlert error={error} /> : null}
          {grave && (
            <Alert color="orange" variant="light">
              This cannot be undone.
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={pending} {...(grave ? { color: 'red' } : {})}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
