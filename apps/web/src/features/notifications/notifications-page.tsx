import { Anchor, Badge, Button, Group, Paper, Stack, Switch, Text } from '@mantine/core';
import { Link } from 'react-router';
import { EmptyState } from '../../ui/empty-state.js';
import { Moment } from '../../ui/moment.js';
import { PageHeading } from '../../ui/page-heading.js';
import { RowsSkeleton } from '../../ui/page-skeleton.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { useAddress } from '../../ui/use-address.js';
import { useNotices, useRead, useReadAll, type Notice } from './queries.js';

const urgencies: Record<Notice['urgency'], { word: string; color: string }> = {
  urgent: { word: 'Urgent', color: 'red' },
  decide: { word: 'Your decision', color: 'yellow' },
  act: { word: 'To do', color: 'blue' },
  know: { word: 'To know', color: 'gray' },
};

/** Notices of earlier versions lead to the API; this is the page of the same thing. */
const pagesOfEarlierLinks: readonly [RegExp, string][] = [
  [/^\/api\/v1\/approvals\/([^/]+)$/, '/approvals/$1'],
  [/^\/api\/v1\/archive-jobs\/([^/]+)$/, '/decommission/jobs/$1'],
  [/^\/api\/v1\/decommission-flow\/([^/]+).*$/, '/decommission/flow/$1/data-migration'],
  [/^\/api\/v1\/systems\/([^/]+).*$/, '/decommission/systems?system=$1'],
];

/** The page that a notice leads to. */
const pathOf = (link: string): string => {
  if (!link.startsWith('/api/')) return link;
  const earlier = pagesOfEarlierLinks.find(([path]) => path.test(link));
  return earlier ? link.replace(...earlier) : '/decommission';
};

function NoticeItem({ notice }: { notice: Notice }) {
  const read = useRead();
  const { word, color } = urgencies[notice.urgency];
  const mark = () => notice.read_at ?? read.mutate(notice.notification_id);
  return (
    <Paper component="li" withBorder p="sm" bg={notice.read_at ? 'transparent' : 'var(--lastcopy-raised)'}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Stack gap={2}>
          <Group gap="xs">
            <Badge className={`lastcopy-badge lastcopy-badge-${color}`} variant="light">
              {word}
            </Badge>
            <Anchor component={Link} to={pathOf(notice.link)} fw={notice.read_at ? 400 : 650} onClick={mark}>
              {notice.subject}
            </Anchor>
          </Group>
          <Text size="sm">{notice.text}</Text>
          <Text size="sm">
            <Text span c="dimmed">
              What to do:
            </Text>{' '}
            {notice.what_to_do}
          </Text>
          <Text size="sm" c="dimmed" component="div">
            <Moment at={notice.occurred_at} relative />
          </Text>
        </Stack>
        {!notice.read_at && (
          <Button size="compact-sm" variant="default" onClick={mark} aria-label={`Mark as read: ${notice.subject}`}>
            Mark as read
          </Button>
        )}
      </Group>
    </Paper>
  );
}

/** What a person was told, newest first. */
export function NotificationsPage() {
  const [search, set] = useAddress();
  const unreadOnly = search.get('unread') === 'true';
  const notices = useNotices(unreadOnly);
  const readAll = useReadAll();
  return (
    <Stack>
      <PageHeading title="Notifications">
        <Switch label="Unread only" checked={unreadOnly} onChange={(event) => set('unread', event.currentTarget.checked ? 'true' : null)} />
        <Button variant="default" loading={readAll.isPending} onClick={() => readAll.mutate(undefined)}>
          Mark all as read
        </Button>
        <Button variant="default" component={Link} to="/notifications/preferences">
          Settings
        </Button>
      </PageHeading>
      {notices.error && <ProblemAlert error={notices.error} retry={() => void notices.refetch()} />}
      {notices.isPending && <RowsSkeleton rows={6} />}
      {notices.data?.items.length === 0 && (
        <EmptyState title={unreadOnly ? 'You have read everything' : 'Nothing yet'}>What concerns you is told here and by mail.</EmptyState>
      )}
      <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
        {notices.data?.items.map((notice) => (
          <NoticeItem key={notice.notification_id} notice={notice} />
        ))}
      </Stack>
    </Stack>
  );
}
