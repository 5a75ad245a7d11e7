import { Group } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../../sign-in/use-who.js';
import { ReasonModal } from '../../ui/reason-modal.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { useJobAction, type JobDetail } from '../jobs/queries.js';
import { offeredActions, type OfferedAction } from './offered-actions.js';

/** What can be done with one job; each asks for a reason. Retry stands with the failure that it answers. */
export function JobActions({ job }: { job: JobDetail }) {
  const [chosen, setChosen] = useState<OfferedAction>();
  const act = useJobAction(job);
  const mayNot = useMay('decommission.execute');
  return (
    <Group gap="xs">
      {offeredActions(job).map((each) => (
        <WhyNotButton key={each.action} variant="default" whyNot={mayNot ?? each.whyNot} onClick={() => setChosen(each)}>
          {each.label}
        </WhyNotButton>
      ))}
      <ReasonModal
        opened={chosen !== undefined}
        onClose={() => {
          setChosen(undefined);
          act.reset();
        }}
        title={chosen ? `${chosen.label}: ${job.system_name}` : ''}
        says={chosen?.says}
        confirm={chosen?.label ?? ''}
        grave={chosen?.grave ?? false}
        pending={act.isPending}
        error={act.error}
        onConfirm={(reason) => act.mutate({ action: chosen!.action, reason }, { onSuccess: () => setChosen(undefined) })}
      />
    </Group>
  );
}
