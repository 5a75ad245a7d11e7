import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { asProblem } from '../../api/problem.js';
import { useSession } from '../../sign-in/use-who.js';
import { Moment } from '../../ui/moment.js';
import { usePeople, type Person } from '../../ui/person-name.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { ReasonModal } from '../../ui/reason-modal.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { roleNames, roles, type ApprovalDetail, type Role } from './approval-words.js';
import { useDecisionDraft } from './decision-draft.js';
import { useDelegate, useRevoke } from './queries.js';
import { useAddress } from '../../ui/use-address.js';
import { SignInAgain } from './sign-in-again.js';

const approves = (person: Person) => roles.some((role) => person.roles.includes(role));

/** Those who have the role first, then the others who approve something. */
function choices(people: readonly Person[], role: Role, own: string | undefined) {
  const possible = people.filter((person) => person.user_id !== own && approves(person));
  const option = ({ user_id, name, roles: held }: Person) => ({
    value: user_id,
    label: `${name} (${held.map((role) => roleNames[role as Role] ?? role).join(', ')})`,
  });
  const [same, others] = [true, false].map((has) => possible.filter((person) => person.roles.includes(role) === has).map(option));
  return [
    { group: roleNames[role], items: same! },
    { group: 'Other approvers', items: others! },
  ].filter(({ items }) => items.length > 0);
}

function DelegateForm({ approval, onDone }: { approval: ApprovalDetail; onDone: () => void }) {
  const { draft, change } = useDecisionDraft(approval.approval_id);
  const people = usePeople();
  const own = useSession()?.user_id;
  const delegate = useDelegate(approval, () => {
    change({ delegate_to: undefined, delegate_reason: undefined });
    onDone();
  });
  const [tried, setTried] = useState(false);
  const [to, reason] = [draft.delegate_to ?? null, draft.delegate_reason ?? ''];
  const code = delegate.error ? asProblem(delegate.error).code : undefined;
  const signInFirst = approval.needs_reauthentication || code === 'REAUTHENTICATION_REQUIRED';
  const submit = () => {
    setTried(true);
    if (!to || reason.trim() === '' || signInFirst) return;
    delegate.mutate({ to_user_id: to, reason: reason.trim() });
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
        <Text size="sm">The person decides in your place, and the signature says so. You can take it back until it is decided.</Text>
        <Select
          label="Who decides"
          required
          searchable
          data={choices(people.data ?? [], approval.role, own)}
          value={to}
          onChange={(value) => change({ delegate_to: value ?? undefined })}
          error={tried && !to ? 'Choose who decides in your place.' : undefined}
          nothingFoundMessage="Nobody else who approves has signed in yet."
        />
        <Textarea
          label="Reason"
          required
          autosize
          minRows={2}
          maxLength={4000}
          value={reason}
          onChange={(event) => change({ delegate_reason: event.currentTarget.value })}
          error={tried && reason.trim() === '' ? 'Say why: it is kept in the audit trail.' : undefined}
        />
        {people.error && <ProblemAlert error={people.error} retry={() => void people.refetch()} />}
        {signInFirst && <SignInAgain pressed={code === 'REAUTHENTICATION_REQUIRED' ? 1 : 0} />}
        {delegate.error && code !== 'REAUTHENTICATION_REQUIRED' && <ProblemAlert error={delegate.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <WhyNotButton type="submit" loading={delegate.isPending} whyNot={signInFirst ? 'Sign in again first: see above.' : undefined}>
            Delegate
          </WhyNotButton>
        </Group>
      </Stack>
    </form>
  );
}

function Delegated({ approval }: { approval: ApprovalDetail }) {
  const [opened, { open, close }] = useDisclosure(false);
  const revoke = useRevoke(approval, close);
  const own = useSession()?.user_id;
  const { delegation, status } = approval;
  if (!delegation) return null;
  const isGiver = delegation.by === own;
  const mayEnd = status === 'requested' && (isGiver || delegation.to_user_id === own);
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm">
        {delegation.to_name} decides in the place of {delegation.by_name} since <Moment at={delegation.at} />: “{delegation.reason}”
      </Text>
      {mayEnd && (
        <Button size="compact-sm" variant="default" onClick={open}>
          {isGiver ? 'Take the delegation back' : 'Hand it back'}
        </Button>
      )}
      <ReasonModal
        opened={opened}
        onClose={close}
        title={isGiver ? 'Take the delegation back?' : 'Hand the delegation back?'}
        says={`${delegation.by_name} decides again. It can be delegated anew.`}
        confirm={isGiver ? 'Take it back' : 'Hand it back'}
        pending={revoke.isPending}
        error={revoke.error}
        onConfirm={(reason) => revoke.mutate(reason)}
      />
    </Stack>
  );
}

/** Who decides in whose place. Who may decide by their own right may let somebody else. */
export function Delegation({ approval }: { approval: ApprovalDetail }) {
  const [search, setInAddress] = useAddress();
  const set = (open: boolean) => setInAddress('delegate', open ? 'open' : null, { replace: !open });
  if (approval.delegation) return <Delegated approval={approval} />;
  if (!approval.can_decide) return null;
  return (
    <>
      <Button variant="default" onClick={() => set(true)}>
        Delegate the decision
      </Button>
      <Modal opened={search.get('delegate') === 'open'} onClose={() => set(false)} title="Who decides in your place?">
        <DelegateForm approval={approval} onDone={() => set(false)} />
      </Modal>
    </>
  );
}
