import { Box } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ProblemAlert } from '../ui/problem-alert.js';
import { useSignInTrouble } from './use-who.js';

/** Stands above every page while the sign-in provider keeps it from being asked for anew; then everything is. */
export function RenewalNotice() {
  const trouble = useSignInTrouble();
  const client = useQueryClient();
  const stands = trouble !== undefined;
  useEffect(() => (stands ? () => void client.invalidateQueries() : undefined), [client, stands]);
  return (
    trouble && (
      <Box mb="md" maw={720}>
        <ProblemAlert error={trouble} />
      </Box>
    )
  );
}
