import { Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'react-router';

interface PageHeadingProps {
  title: string;
  /** One line under it. */
  says?: ReactNode;
  /** What can be done here, at the right. */
  children?: ReactNode;
}

/** The one h1 of a page. It takes the focus when the page is entered, so that a screen reader says where one is. */
export function PageHeading({ title, says, children }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    document.title = `${title} · Lastcopy`;
  }, [title]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <Group justify="space-between" align="flex-start" gap="md" mb="md">
      <Stack gap={2} style={{ minWidth: 0 }}>
        <Title order={1} ref={heading} tabIndex={-1} style={{ outline: 'none', overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        {says && (
          <Text size="sm" c="dimmed" component="div">
            {says}
          </Text>
        )}
      </Stack>
      {children && <Group gap="xs">{children}</Group>}
    </Group>
  );
}
