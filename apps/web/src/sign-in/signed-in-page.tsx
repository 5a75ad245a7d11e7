import { Anchor, Center, Paper, Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useNavigate } from 'react-router';
import { ProblemAlert } from '../ui/problem-alert.js';
import { comeBack } from './oidc.js';
import { session } from './session.js';
import { signInSettings } from './settings.js';

/** Where the issuer sends people back to. */
export function SignedInPage() {
  const navigate = useNavigate();
  const back = useQuery({
    queryKey: ['signed-in'],
    queryFn: async () => comeBack(await signInSettings(), new URL(location.href), session.lastSeen()),
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
  });
  useEffect(() => {
    if (!back.data) return;
    session.keep(back.data.signedIn);
    void navigate(back.data.returnTo, { replace: true });
  }, [back.data, navigate]);
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" w="100%" maw={440}>
        <Stack>
          <Title order={1}>{back.error ? 'The sign-in did not work' : 'Signing in'}</Title>
          {back.error ? (
            <>
              <ProblemAlert error={back.error} />
              <Anchor component={Link} to="/login">
                Begin again
              </Anchor>
            </>
          ) : (
            <Skeleton h={36} />
          )}
        </Stack>
      </Paper>
    </Center>
  );
}
