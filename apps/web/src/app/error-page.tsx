import { Anchor, Stack, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Link, useRouteError } from 'react-router';
import { ProblemAlert } from '../ui/problem-alert.js';

/** A part of the app that was replaced by a newer version while the page was open. */
const isOldPage = (error: unknown): boolean => error instanceof TypeError && /dynamically imported module/i.test(error.message);
const reloadedKey = 'lastcopy.reloaded-at';

/** A page that failed to draw: the rest of the app goes on. */
export function ErrorPage() {
  const error = useRouteError();
  useEffect(() => {
    if (!isOldPage(error) || Date.now() - Number(sessionStorage.getItem(reloadedKey)) < 60_000) return;
    sessionStorage.setItem(reloadedKey, String(Date.now()));
    location.reload();
  }, [error]);
  return (
    <Stack p="md" maw={720}>
      <Title order={1}>This page failed</Title>
      <ProblemAlert error={error} retry={() => location.reload()} />
      <Anchor component={Link} to="/decommission">
        To the overview
      </Anchor>
    </Stack>
  );
}

export function NotFoundPage() {
  return (
    <Stack maw={720}>
      <Title order={1}>There is no such page</Title>
      <Anchor component={Link} to="/decommission">
        To the overview
      </Anchor>
    </Stack>
  );
}
