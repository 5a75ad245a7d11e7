import { Alert, Button, Center, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { ProblemAlert } from '../ui/problem-alert.js';
import { leaveToSignIn } from './oidc.js';
import { signInSettings } from './settings.js';
import { forgetSignOut, onSigningOut, signingOut } from './sign-out.js';
import { signedOutWords } from './signed-out.js';
import { useSession } from './use-who.js';

/** Only paths of this app: a link must not lead people elsewhere after they signed in. */
const ownPath = (text: string | null): string => {
  const url = text?.startsWith('/') ? URL.parse(text, location.origin) : null;
  return url?.origin === location.origin ? url.pathname + url.search : '/decommission';
};

/** How the sign-out that led here ended. */
function SignedOutNotice() {
  const out = useSyncExternalStore(onSigningOut, signingOut);
  const words = out && !out.underWay ? signedOutWords(out.left) : undefined;
  return (
    <div role="status">
      {words && (
        <Alert color={words.done ? 'green' : 'orange'} variant="light" data-testid="signed-out">
          {words.text}
        </Alert>
      )}
      {out?.underWay && <Text>Signing you out…</Text>}
    </div>
  );
}

export function LoginPage() {
  const [search] = useSearchParams();
  const returnTo = ownPath(search.get('return_to'));
  const signedIn = useSession();
  const settings = useQuery({ queryKey: ['sign-in'], queryFn: signInSettings, staleTime: Infinity });
  const leaving = useSyncExternalStore(onSigningOut, signingOut)?.underWay === true;
  const leave = useMutation({
    mutationFn: async () => {
      const settings = await signInSettings();
      forgetSignOut();
      await leaveToSignIn(settings, { returnTo, again: false });
    },
  });
  useEffect(() => {
    document.title = 'Sign in · Lastcopy';
  }, []);
  if (signedIn) return <Navigate to={returnTo} replace />;
  const error = settings.error ?? leave.error;
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" w="100%" maw={440}>
        <Stack>
          <Title order={1}>Sign in to Lastcopy</Title>
          <Text>The last copy of a retiring system’s data: archived, proven by restoring it, approved, and only then let go.</Text>
          <SignedOutNotice />
          {error && <ProblemAlert error={error} retry={() => void settings.refetch()} />}
          <Button size="md" loading={leave.isPending || leaving} onClick={() => leave.mutate()} data-testid="sign-in">
            Sign in
          </Button>
          <Text size="sm" c="dimmed">
            {settings.data ? `You sign in with ${new URL(settings.data.issuer).host}.` : ' '} This tab stays signed in until you close it.
          </Text>
        </Stack>
      </Paper>
    </Center>
  );
}
