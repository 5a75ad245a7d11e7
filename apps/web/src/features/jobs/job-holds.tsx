import { Badge, Group } from '@mantine/core';
import { IconGavel } from '@tabler/icons-react';
import type { Job } from './queries.js';

/** The legal matters that keep an archive or its system from being destroyed. */
export function JobHolds({ holds }: { holds: Job['legal_holds'] }) {
  if (holds.length === 0) return null;
  return (
    <Group gap={4}>
      {holds.map(({ hold_id, matter, scope }) => (
        <Badge
          key={hold_id}
          className="lastcopy-badge lastcopy-badge-orange"
          variant="light"
          leftSection={<IconGavel size={12} aria-hidden />}
        >
          Legal hold: {matter} ({scope})
        </Badge>
      ))}
    </Group>
  );
}
