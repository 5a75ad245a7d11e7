import { Alert, Anchor, Button, Group, List, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { asProblem } from '../../api/problem.js';
import { useWho } from '../../sign-in/use-who.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { approvalPath, meanings, roleNames, type ApprovalDetail } from './approval-words.js';
import { useDecisionDraft } from './decision-draft.js';
import { useDecide, useFlowApprovalList } from './queries.js';
import { SignInAgain } from './sign-in-again.js';

type Kind = 'grant' | 'reject';

/** What each button signs, before it is pressed. */
function Meaning({ approval, name }: { approval: ApprovalDetail; name: string }) {
  const { grant, reject } = meanings[approval.role];
  const { delegation } = approval;
  return (
    <Stack gap={4}>
      <Text size="sm">Your signature, {name}, says:</Text>
      <List size="sm" spacing={4}>
        <List.Item>
          <b>Approve</b>: “{grant}”
        </List.Item>
        <List.Item>
          <b>Reject</b>: “{reject}”
        </List.Item>
      </List>
      <Text size="sm" c="dimmed">
        It is kept for good with your name, the time and the digest of what is shown here
        {delegation ? `, on behalf of ${delegation.by_name}` : ''}. You cannot take it back; if what you signed changes, it is voided and
        you are asked again.
      </Text>
    </Stack>
  );
}

/** The request that took the place of this one, while it is open. */
export function useNextRequest({ flow_id, approval_id, role }: ApprovalDetail) {
  const { data = [] } = useFlowApprovalList(flow_id);
  return data.find((each) => each.role === role && each.status === 'requested' && each.approval_id !== approval_id);
}

/** The evidence became another one while somebody looked at it. */
function EvidenceMoved({ approval }: { approval: ApprovalDetail }) {
  const next = useNextRequest(approval);
  return (
    <Alert color="orange" variant="light" icon={<IconInfoCircle aria-hidden />} title="The evidence has changed" role="alert">
      <Stack gap={4}>
        <Text size="sm">Nothing was signed. What changed is marked in the evidence.</Text>
        {next ? (
          <Anchor component={Link} to={approvalPath(next.approval_id)} size="sm">
            Open the new request
          </Anchor>
        ) : (
          <Text size="sm">A new request follows by itself.</Text>
        )}
      </Stack>
    </Alert>
  );
}

function useDecision(approval: ApprovalDetail) {
  const { draft, change, forget } = useDecisionDraft(approval.approval_id);
  const decide = useDecide(approval, forget);
  const [fault, setFault] = useState<string>();
  const [pressed, setPressed] = useState(0);
  const comment = draft.comment.trim();
  const sign = (decision: Kind) => {
    change({ decision });
    setFault(decision === 'reject' && !comment ? 'Say why you reject it: whoever has to mend it reads this.' : undefined);
    if (decision === 'reject' && !comment) return;
    if (approval.needs_reauthentication) return setPressed((times) => times + 1);
    decide.mutate({ decision, comment: comment || null, evidence_hash: approval.evidence_hash });
  };
  const write = (text: string) => {
    change({ comment: text });
    setFault(undefined);
  };
  return { draft, decide, fault, pressed, sign, write };
}

/** The decision, signed on exactly the evidence that is shown beside it. */
export function DecisionForm({ approval }: { approval: ApprovalDetail }) {
  const { data: who } = useWho();
  const { draft, decide, fault, pressed, sign, write } = useDecision(approval);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (fault) box.current?.focus();
  }, [fault]);
  const code = decide.error ? asProblem(decide.error).code : undefined;
  const signInFirst = approval.needs_reauthentication || code === 'REAUTHENTICATION_REQUIRED';
  const about = { grant: 'approve', reject: 'reject' } as const;
  return (
    <Stack gap="sm" data-testid="decision">
      <Meaning approval={approval} name={who?.name ?? ''} />
      <Textarea
        ref={box}
        label="Comment"
        description="Required to reject."
        autosize
        minRows={3}
        maxLength={4000}
        value={draft.comment}
        error={fault}
        onChange={(event) => write(event.currentTarget.value)}
      />
      {code === 'EVIDENCE_CHANGED' && <EvidenceMoved approval={approval} />}
      {decide.error && code !== 'EVIDENCE_CHANGED' && code !== 'REAUTHENTICATION_REQUIRED' && <ProblemAlert error={decide.error} />}
      {signInFirst && <SignInAgain pressed={pressed} />}
      {!signInFirst && draft.decision && !decide.isPending && !decide.error && !fault && (
        <Text size="sm" role="status">
          You were about to {about[draft.decision]}. Press the button again to sign.
        </Text>
      )}
      <Group grow>
        <WhyNotButton
          color="teal.9"
          size="md"
          whyNot={approval.can_decide ? undefined : (approval.why_not ?? undefined)}
          loading={decide.isPending && draft.decision === 'grant'}
          onClick={() => sign('grant')}
          data-testid="approve"
        >
          Approve
        </WhyNotButton>
        <Button
          color="red.9"
          size="md"
          loading={decide.isPending && draft.decision === 'reject'}
          onClick={() => sign('reject')}
          data-testid="reject"
        >
          Reject
        </Button>
      </Group>
    </Stack>
  );
}

/** What stands instead of the form for those who cannot decide. */
export function CannotDecide({ approval }: { approval: ApprovalDetail }) {
  const { role, why_not, present_evidence_hash, evidence_hash } = approval;
  return (
    <Stack gap="sm">
      <Alert
        color="blue"
        variant="light"
        icon={<IconInfoCircle aria-hidden />}
        title={`You cannot decide the ${roleNames[role].toLowerCase()} approval`}
      >
        {why_not ?? 'It is decided already.'}
      </Alert>
      {present_evidence_hash !== evidence_hash && <EvidenceMoved approval={approval} />}
    </Stack>
  );
}

export const DecisionHeading = () => (
  <Title order={2} id="decision-heading">
    Decision
  </Title>
);
