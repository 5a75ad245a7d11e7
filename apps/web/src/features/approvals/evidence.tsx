import { Alert, Anchor, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { CopyText } from '../../ui/copy-text.js';
import { count, counted } from '../../ui/figures.js';
import { flowTab, type ApprovalDetail, type Role } from './approval-words.js';
import { EvidencePart } from './evidence-part.js';

/** Where on the flow's page one sees more of what a role judges. */
const placesOf: Record<Role, [tab: string, label: string][]> = {
  legal: [
    ['verification', 'Backup verification'],
    ['artifacts', 'Artifacts'],
    ['policies', 'Retention policies'],
  ],
  compliance: [
    ['policies', 'Retention policies'],
    ['artifacts', 'Artifacts'],
  ],
  data_owner: [
    ['policies', 'Retention policies'],
    ['inputs', 'Inputs'],
  ],
};

function Changes({ approval }: { approval: ApprovalDetail }) {
  const changed = [...new Set([...approval.changed, ...approval.evidence.flatMap((part) => part.changed)])];
  if (changed.length === 0) return null;
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={`${counted(changed.length, 'change')} since it was requested`}
      data-testid="evidence-changes"
    >
      <List size="sm">
        {changed.map((change) => (
          <List.Item key={change}>{change}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

const partsAtOnce = 50;

/** What changed comes first; of hundreds of parts the rest is shown as it is asked for. */
function Parts({ approval }: { approval: ApprovalDetail }) {
  const [most, setMost] = useState(partsAtOnce);
  const [changed, same] = [true, false].map((has) => approval.evidence.filter((part) => part.changed.length > 0 === has));
  const parts = [...changed!, ...same!];
  const left = parts.length - most;
  return (
    <>
      {parts.slice(0, most).map((part) => (
        <EvidencePart key={part.name} flowId={approval.flow_id} part={part} />
      ))}
      {left > 0 && (
        <Button variant="default" onClick={() => setMost(most + partsAtOnce)}>
          Show more of it ({count(left)} left)
        </Button>
      )}
    </>
  );
}

/** What a signature is for: every part of it, as it was when requested and as it is. */
export function Evidence({ approval }: { approval: ApprovalDetail }) {
  const { scope, evidence_hash, flow_id, role, status, open_conflicts } = approval;
  return (
    <Stack gap="sm" component="section" aria-labelledby="evidence-heading">
      <Title order={2} id="evidence-heading">
        {status === 'requested' ? 'What is signed' : 'What it was about'}
      </Title>
      <Text size="sm">{scope}.</Text>
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          Digest of all of it
        </Text>
        <CopyText text={evidence_hash} short={`${evidence_hash.slice(0, 16)}…`} label="digest of the evidence" />
      </Group>
      <Group gap="md">
        {placesOf[role].map(([tab, label]) => (
          <Anchor key={tab} component={Link} to={flowTab(flow_id, tab)} size="sm">
            {label}
          </Anchor>
        ))}
      </Group>
      <Changes approval={approval} />
      {open_conflicts.length > 0 && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title="Retention conflicts are open">
          <List size="sm">
            {open_conflicts.map((conflict) => (
              <List.Item key={conflict}>{conflict}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Parts approval={approval} />
    </Stack>
  );
}
