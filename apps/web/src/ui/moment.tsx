import { Tooltip } from '@mantine/core';
import { useNow } from './use-now.js';
import { formatMoment, fromNow, useTimeZone } from './time-zone.js';

interface MomentProps {
  /** ISO 8601; nothing is shown for none. */
  at: string | null | undefined;
  detail?: 'day' | 'minute' | 'second';
  /** Shows "3 min ago", and the moment itself on focus or hover. */
  relative?: boolean;
}

/** A moment in the zone that the person chose. */
export function Moment({ at, detail = 'minute', relative = false }: MomentProps) {
  const [zone] = useTimeZone();
  if (!at) return <span aria-label="none">–</span>;
  const said = formatMoment(at, zone, detail);
  return relative ? <RelativeMoment at={at} said={said} /> : <time dateTime={at}>{said}</time>;
}

function RelativeMoment({ at, said }: { at: string; said: string }) {
  const now = useNow();
  return (
    <Tooltip label={said}>
      <time dateTime={at} tabIndex={0}>
        {fromNow(at, now)}
      </time>
    </Tooltip>
  );
}
