import { Alert, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconSignature } from '@tabler/icons-react';
import { CopyText } from '../../ui/copy-text.js';
import { Moment } from '../../ui/moment.js';
import { usePersonName } from '../../ui/person-name.js';
import type { Approval } from './approval-words.js';

/** How an approval ended: who signed what, or what voided it. */
export function SignatureRecord({ approval }: { approval: Approval }) {
  const nameOf = usePersonName();
  const { signature, decided_by, decided_at, comment, status, void_reason, changed, expires_at } = approval;
  if (!signature && !decided_by && !comment && status !== 'voided' && status !== 'expired') return null;
  return (
    <Stack gap="xs">
      {signature && (
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <IconSignature size={18} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
          <Stack gap={2}>
            <Text size="sm">“{signature.meaning}”</Text>
            <Text size="sm" c="dimmed">
              {signature.name}
              {signature.on_behalf_of && `, on behalf of ${signature.on_behalf_of.name}`}, <Moment at={signature.signed_at} />; signed in{' '}
              <Moment at={signature.authenticated_at} />
            </Text>
            <Group gap={4}>
              <Text size="sm" c="dimmed">
                On the evidence
              </Text>
              <CopyText
                text={signature.evidence_hash}
                short={`${signature.evidence_hash.slice(0, 16)}…`}
                label="digest of the signed evidence"
              />
            </Group>
          </Stack>
        </Group>
      )}
      {!signature && decided_by && (
        <Text size="sm">
          Decided by {nameOf(decided_by)}, <Moment at={decided_at} />
        </Text>
      )}
      {comment && (
        <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          Comment: {comment}
        </Text>
      )}
      {status === 'voided' && (
        <Alert color="orange" variant="light" p="xs" icon={<IconAlertTriangle aria-hidden />} title={void_reason ?? 'It counts no more'}>
          {changed.length > 0 && (
            <List size="sm">
              {changed.map((change) => (
                <List.Item key={change}>{change}</List.Item>
              ))}
            </List>
          )}
        </Alert>
      )}
      {status === 'expired' && (
        <Text size="sm">
          Nobody decided until <Moment at={expires_at} />. It is requested anew by itself.
        </Text>
      )}
    </Stack>
  );
}
