import { Badge, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconCloudOff, IconPlugConnected, IconRefresh } from '@tabler/icons-react';
import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useNow } from '../ui/use-now.js';
import { setLive, useLiveState } from './live-state.js';

const staleAfterMs = 40_000;

/** Every answer of the gateway counts as having heard from it. */
function useHeard(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'success') setLive({ heardMs: Date.now() });
      }),
    [client],
  );
}

/** Says how fresh the page is: Live, Polling, or Stale for so many seconds. */
export function LiveChip() {
  useHeard();
  const { mode, heardMs } = useLiveState();
  const now = useNow();
  const fetching = useIsFetching() > 0;
  const ageS = Math.max(0, Math.round((now - heardMs) / 1000));
  const stale = mode !== 'live' && (!navigator.onLine || ageS * 1000 > staleAfterMs);
  const looks = stale
    ? {
        color: 'orange',
        icon: IconCloudOff,
        word: 'Stale',
        says: 'The gateway cannot be heard. What you see is from then; the page asks again by itself.',
      }
    : mode === 'live'
      ? { color: 'green', icon: IconPlugConnected, word: 'Live', says: 'Changes are shown as they happen.' }
      : { color: 'yellow', icon: IconRefresh, word: 'Polling', says: 'The live line is broken; the page asks every few seconds instead.' };
  return (
    <Tooltip label={looks.says}>
      <Badge
        className={`lastcopy-badge lastcopy-badge-${looks.color}`}
        variant="light"
        color={looks.color}
        tabIndex={0}
        leftSection={<looks.icon size={12} aria-hidden />}
        data-testid="live-chip"
        data-fetching={fetching}
      >
        {/* The word alone is read aloud, when it changes: not the seconds, which change all the time. */}
        <span role="status">
          <VisuallyHidden>Connection: </VisuallyHidden>
          {looks.word}
        </span>
        {stale && <span aria-hidden>{` (${ageS} s)`}</span>}
      </Badge>
    </Tooltip>
  );
}
