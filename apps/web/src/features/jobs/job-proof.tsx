import { Group, Stack, Text } from '@mantine/core';
import { CopyText } from '../../ui/copy-text.js';
import { Moment } from '../../ui/moment.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { provenBadges, type ProvenBadge } from '../verification/proven.js';
import type { Job } from './queries.js';

const shownDigest = 16;

/** That the archive was proven, and where it lies. */
export function JobProof({ job }: { job: Job }) {
  const { verification_level, verification_checksum: checksum, archive_location, retain_until } = job;
  const [badge] = provenBadges(job) as [ProvenBadge];
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <StatusBadge status={badge.status} word={badge.status === 'verified' ? 'Integrity verified' : badge.word} />
        {verification_level && <Text size="sm">level: {verification_level}</Text>}
      </Group>
      {checksum && (
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            Checksum
          </Text>
          <CopyText text={checksum} short={`${checksum.slice(0, shownDigest)}…`} label="checksum" />
        </Group>
      )}
      {archive_location && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {archive_location}
        </Text>
      )}
      {retain_until && (
        <Text size="sm" c="dimmed">
          Kept until <Moment at={retain_until} detail="day" />
        </Text>
      )}
    </Stack>
  );
}
