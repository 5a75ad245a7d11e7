import { Badge } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconLoader,
  IconLock,
  IconPlayerPause,
  IconX,
  type Icon,
} from '@tabler/icons-react';

interface Look {
  color: string;
  icon: Icon;
  word: string;
}

/** Icon, word and colour together: colour alone says nothing to many people. */
const looks: Record<string, Look> = {
  queued: { color: 'gray', icon: IconClock, word: 'Queued' },
  in_progress: { color: 'blue', icon: IconLoader, word: 'In progress' },
  completed: { color: 'green', icon: IconCircleCheck, word: 'Completed' },
  failed: { color: 'red', icon: IconAlertTriangle, word: 'Failed' },
  cancelled: { color: 'gray', icon: IconBan, word: 'Cancelled' },
  paused: { color: 'yellow', icon: IconPlayerPause, word: 'Paused' },
  exporting: { color: 'blue', icon: IconLoader, word: 'Archiving' },
  verifying: { color: 'blue', icon: IconLoader, word: 'Verifying' },
  locking: { color: 'blue', icon: IconLock, word: 'Locking' },
  retry_scheduled: { color: 'orange', icon: IconClock, word: 'Retry scheduled' },
  integrity_failed: { color: 'red', icon: IconAlertTriangle, word: 'Integrity failed' },
  requested: { color: 'yellow', icon: IconClock, word: 'Requested' },
  granted: { color: 'green', icon: IconCircleCheck, word: 'Granted' },
  rejected: { color: 'red', icon: IconX, word: 'Rejected' },
  voided: { color: 'orange', icon: IconAlertTriangle, word: 'Voided' },
  expired: { color: 'gray', icon: IconClock, word: 'Expired' },
  not_requested: { color: 'gray', icon: IconCircleDashed, word: 'Not requested' },
  active: { color: 'green', icon: IconCircleCheck, word: 'Active' },
  inactive: { color: 'gray', icon: IconBan, word: 'Retired' },
  under_review: { color: 'yellow', icon: IconClock, word: 'Under review' },
  pending: { color: 'gray', icon: IconCircleDashed, word: 'Pending' },
  initialized: { color: 'gray', icon: IconCircleDashed, word: 'Initialized' },
  decommission_planning: { color: 'blue', icon: IconLoader, word: 'Planning' },
  data_migration: { color: 'blue', icon: IconLoader, word: 'Data migration' },
  system_shutdown: { color: 'green', icon: IconCircleCheck, word: 'System shutdown' },
  attached: { color: 'green', icon: IconCircleCheck, word: 'Attached' },
  missing: { color: 'orange', icon: IconAlertTriangle, word: 'Missing' },
  withdrawn: { color: 'gray', icon: IconBan, word: 'Withdrawn' },
  passed: { color: 'green', icon: IconCircleCheck, word: 'Passed' },
  verified: { color: 'green', icon: IconCircleCheck, word: 'Verified' },
  running: { color: 'blue', icon: IconLoader, word: 'Running' },
  suggested: { color: 'yellow', icon: IconClock, word: 'Suggested' },
  accepted: { color: 'green', icon: IconCircleCheck, word: 'Accepted' },
  dismissed: { color: 'gray', icon: IconBan, word: 'Dismissed' },
};

const unknown: Look = { color: 'gray', icon: IconCircleDashed, word: '' };

interface StatusBadgeProps {
  status: string;
  /** Said instead of the usual word. */
  word?: string;
  'data-testid'?: string;
}

export function StatusBadge({ status, word, ...rest }: StatusBadgeProps) {
  const look = looks[status] ?? { ...unknown, word: status.replaceAll('_', ' ') };
  return (
    <Badge
      className={`lastcopy-badge lastcopy-badge-${look.color}`}
      variant="light"
      color={look.color}
      leftSection={<look.icon size={12} aria-hidden />}
      {...rest}
    >
      {word ?? look.word}
    </Badge>
  );
}
