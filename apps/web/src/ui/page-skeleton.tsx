import { Skeleton, Stack } from '@mantine/core';

/** The shape of a page before its data is there. */
export function PageSkeleton() {
  return (
    <Stack aria-busy="true" aria-label="Loading" role="status">
      <Skeleton h={32} w={320} maw="60%" />
      <Skeleton h={88} />
      <RowsSkeleton rows={8} />
    </Stack>
  );
}

export function RowsSkeleton({ rows = 5 }: { rows?: number }) {
  return (
    <Stack gap={6} aria-hidden>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} h={30} />
      ))}
    </Stack>
  );
}
