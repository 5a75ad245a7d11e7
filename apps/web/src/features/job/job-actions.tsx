import { Group } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../../sign-in/use-who.js';
import { ReasonModal } from '../../ui/reason-modal.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { useJobAction, type JobAction, type JobDetail } from '../jobs/queries.js';

interface Offered {
  action: JobAction;
  label: string;
  says: string;
  grave?: boolean;
  /** Why it is not possible now. */
  whyNot: string | undefined;
}

const word = ({ status, paused }: JobDetail): string => `The job is ${status.replace('_', ' ')}${paused ? ' and paused' : ''}.`;

const offered = (job: JobDetail): Offered[] => [
  {
    ...{ action: 'pause', label: 'Pause', says: 'What is being written is begun anew later. Resume undoes it.' },
    whyNot: job.paused || !['queued', 'in_progress', 'failed'].includes(job.status) ? word(job) : undefined,
  },
  { action: 'resume', label: 'Resume', says: 'The job goes on.', whyNot: job.paused ? undefined : word(job) },
  {
    ...{ action: 'verify', label: 'Verify again', says: 'The archive is read back once more; the earlier proof stands.' },
    whyNot: job.verification_checksum ? undefined : 'There is no archive yet.',
  },
  {
    ...{
      action: 'cancel',
      label: 'Cancel',
      says: 'The job ends without an archive. The flow cannot pass its gate without one.',
      grave: true,
    },
    whyNot: ['completed', 'cancelled'].includes(job.status) ? word(job) : undefined,
  },
];

/** What can be done with one job; each asks for a reason. Retry stands with the failure that it answers. */
export function JobActions({ job }: { job: JobDetail }) {
  const [chosen, setChosen] = useState<Offered>();
  const act = useJobAction(job);
  const mayNot = useMay('decommission.execute');
  return (
    <Group gap="xs">
      {offered(job).map((each) => (
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
