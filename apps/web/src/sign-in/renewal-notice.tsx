import { Box } from '@mantine/core';
import { ProblemAlert } from '../ui/problem-alert.js';
import { useSignInTrouble } from './use-who.js';

/** Stands above every page while the sign-in provider keeps it from being asked for anew. */
export function RenewalNotice() {
  const trouble = useSignInTrouble();
  return (
    trouble && (
      <Box mb="md" maw={720}>
        <ProblemAlert error={trouble} />
      </Box>
    )
  );
}
