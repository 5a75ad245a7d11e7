import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { leaveToSignIn } from '../../sign-in/oidc.js';
import { signInSettings } from '../../sign-in/settings.js';
import { ProblemAlert } from '../../ui/problem-alert.js';

/** A signature takes a sign-in of the last minutes: says so, and leads there and back. */
export function SignInAgain({
  pressed = 0,
}: {
  /** How often a signature was tried without it: each time leads here. */ pressed?: number;
}) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (pressed > 0) button.current?.focus();
  }, [pressed]);
  const { pathname, search } = useLocation();
  const leave = useMutation({
    mutationFn: async () => leaveToSignIn(await signInSettings(), { returnTo: pathname + search, again: true }),
  });
  return (
    <Alert color="blue" variant="light" icon={<IconKey aria-hidden />} title="Signing needs a fresh sign-in" data-testid="sign-in-again">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          A signature counts only from somebody who proved in the last minutes who they are. What you typed stays here; you come back to
          this page.
        </Text>
        {leave.error && <ProblemAlert error={leave.error} />}
        <Button ref={button} size="compact-md" loading={leave.isPending} onClick={() => leave.mutate()}>
          Sign in again to sign
        </Button>
      </Stack>
    </Alert>
  );
}
