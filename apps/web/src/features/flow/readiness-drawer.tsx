import { Alert, Anchor, Button, Drawer, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Shape } from '../../api/client.js';
import { useMay } from '../../sign-in/use-who.js';
import { counted } from '../../ui/figures.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { blockerLink } from './blocker-link.js';
import { useAddress } from '../../ui/use-address.js';
import { useProceed, useReadiness } from './queries.js';

type Flow = Shape<'FlowStatusAnswer'>;
type Blocker = Shape<'Blocker'>;

function BlockerItem({ flowId, blocker, onGo }: { flowId: string; blocker: Blocker; onGo: () => void }) {
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <IconAlertTriangle size={18} color="var(--mantine-color-error)" aria-label="Blocks" style={{ flexShrink: 0, marginTop: 2 }} />
      <Stack gap={2}>
        <Text size="sm" fw={600}>
          {blocker.message}
        </Text>
        <Text size="sm" c="dimmed">
          {blocker.hint}
        </Text>
        <Anchor component={Link} to={blockerLink(flowId, blocker)} size="sm" onClick={onGo}>
          Go where it is solved
        </Anchor>
      </Stack>
    </Group>
  );
}

/** The last step: after it the source may be destroyed. */
function ProceedForm({ flow, onDone }: { flow: Flow; onDone: () => void }) {
  const [typed, setTyped] = useState('');
  const proceed = useProceed(flow.flow_id);
  const mayNot = useMay('decommission.execute');
  const whyNot = mayNot ?? (typed.trim() === flow.flow_name ? undefined : 'Type the flow’s name exactly as it is written above.');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (whyNot === undefined) proceed.mutate(undefined, { onSuccess: onDone });
      }}
    >
      <Stack>
        <Alert color="orange" variant="light" icon={<IconInfoCircle aria-hidden />} title="This cannot be undone">
          After this the systems may be shut down and their data destroyed. What remains is the archive. Your name, the time and the digest
          of all evidence are kept with the transition.
        </Alert>
        <TextInput
          label={`Type “${flow.flow_name}” to confirm`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          data-testid="retype-flow-name"
        />
        {proceed.error && <ProblemAlert error={proceed.error} />}
        <WhyNotButton type="submit" color="red" whyNot={whyNot} loading={proceed.isPending} data-testid="confirm-proceed">
          Sign and continue to system shutdown
        </WhyNotButton>
      </Stack>
    </form>
  );
}

function Readiness({ flow, onGo }: { flow: Flow; onGo: () => void }) {
  const readiness = useReadiness(flow.flow_id, true);
  if (readiness.isPending) return <RowsSkeleton rows={4} />;
  if (!readiness.data) return <ProblemAlert error={readiness.error} retry={() => void readiness.refetch()} />;
  const { ready, blockers, notices } = readiness.data;
  const passed = flow.status === 'system_shutdown' || flow.status === 'completed';
  return (
    <Stack data-testid="readiness">
      {passed ? (
        <Alert color="green" variant="light" icon={<IconCircleCheck aria-hidden />} title="The gate is passed" role="status">
          This flow has gone on to system shutdown. Its archives stay as they are.
        </Alert>
      ) : ready ? (
        <Alert color="green" variant="light" icon={<IconCircleCheck aria-hidden />} title="Nothing blocks this flow" role="status">
          Every archive is verified by restoring it, locked, and approved on the evidence that stands.
        </Alert>
      ) : (
        <Stack gap="xs">
          <Title order={3}>{counted(blockers.length, 'thing')} to solve first</Title>
          <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
            {blockers.map((blocker) => (
              <BlockerItem key={blocker.code + blocker.message} flowId={flow.flow_id} blocker={blocker} onGo={onGo} />
            ))}
          </Stack>
        </Stack>
      )}
      {notices.length > 0 && (
        <Stack gap="xs">
          <Title order={3}>Good to know</Title>
          {notices.map((notice) => (
            <Text size="sm" key={notice.code + notice.message}>
              {notice.message} {notice.hint}
            </Text>
          ))}
        </Stack>
      )}
      {ready && !passed && <ProceedForm flow={flow} onDone={onGo} />}
    </Stack>
  );
}

/** Always can be opened: it says what keeps the flow from the gate, or opens it. */
export function ReadinessDrawer({ flow }: { flowId: string; flow: Flow }) {
  const [search, setInAddress] = useAddress();
  const opened = search.get('readiness') === 'open';
  const set = (open: boolean) => setInAddress('readiness', open ? 'open' : null);
  return (
    <>
      <Button color="teal.9" onClick={() => set(true)} data-testid="continue-to-shutdown">
        Continue to System Shutdown
      </Button>
      <Drawer opened={opened} onClose={() => set(false)} title="Readiness" size="lg">
        {opened && <Readiness flow={flow} onGo={() => undefined} />}
      </Drawer>
    </>
  );
}
