import {
  ActionIcon,
  Anchor,
  AppShell,
  Burger,
  Group,
  Indicator,
  Menu,
  NavLink,
  SegmentedControl,
  Stack,
  Text,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconBell,
  IconClipboardCheck,
  IconDatabase,
  IconHelp,
  IconHistory,
  IconLayoutDashboard,
  IconMoon,
  IconShieldLock,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { answerOf, api } from '../api/client.js';
import { LiveChip } from '../live/live-chip.js';
import { usePolling } from '../live/polling.js';
import { useLive } from '../live/use-live.js';
import { session } from '../sign-in/session.js';
import { RenewalNotice } from '../sign-in/renewal-notice.js';
import { signOut } from '../sign-in/sign-out.js';
import { useSession, useSignOutOfOtherTabs, useWho } from '../sign-in/use-who.js';
import { PageSkeleton } from '../ui/page-skeleton.js';
import { useTimeZone } from '../ui/time-zone.js';
import { KeysHelp } from './keys.js';
import { useKeysOn } from './use-keys.js';

const places = [
  { to: '/decommission', label: 'Overview', icon: IconLayoutDashboard, exact: true },
  { to: '/approvals', label: 'Approvals', icon: IconClipboardCheck },
  { to: '/decommission/systems', label: 'Systems', icon: IconDatabase },
  { to: '/decommission/policies', label: 'Policies', icon: IconShieldLock },
  { to: '/decommission/audit', label: 'Audit', icon: IconHistory },
];

function Places({ onGo }: { onGo: () => void }) {
  const { pathname } = useLocation();
  const isAt = (to: string, exact = false) => pathname === to || (!exact && pathname.startsWith(`${to}/`));
  return (
    <Stack gap={4} component="nav" aria-label="Main">
      {places.map(({ to, label, icon: Icon, exact }) => (
        <NavLink
          key={to}
          component={Link}
          to={to}
          label={label}
          active={isAt(to, exact)}
          {...(isAt(to, exact) ? { 'aria-current': 'page' as const } : {})}
          leftSection={<Icon size={18} aria-hidden />}
          onClick={onGo}
        />
      ))}
    </Stack>
  );
}

function Bell() {
  const polling = usePolling();
  const unread = useQuery({
    queryKey: ['notifications', 'count'],
    queryFn: async () => answerOf(await api.GET('/api/v1/notifications/count')),
    refetchInterval: polling,
  });
  const n = unread.data?.unread ?? 0;
  const says = n === 0 ? 'Notifications' : `Notifications, ${n} unread`;
  return (
    <Tooltip label={says}>
      <Indicator label={n > 99 ? '99+' : n} size={16} offset={6} color="red.8" disabled={n === 0}>
        <ActionIcon variant="subtle" color="gray" size="lg" component={Link} to="/notifications" aria-label={says}>
          <IconBell size={20} aria-hidden />
        </ActionIcon>
      </Indicator>
    </Tooltip>
  );
}

function ColorScheme() {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const { setColorScheme } = useMantineColorScheme();
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <Tooltip label={`Use the ${other} theme`}>
      <ActionIcon variant="subtle" color="gray" size="lg" onClick={() => setColorScheme(other)} aria-label={`Use the ${other} theme`}>
        {scheme === 'dark' ? <IconSun size={20} aria-hidden /> : <IconMoon size={20} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}

function ZoneSwitch() {
  const [zone, setZone] = useTimeZone();
  return (
    <SegmentedControl
      size="xs"
      aria-label="Times in"
      value={zone}
      onChange={(value) => setZone(value === 'utc' ? 'utc' : 'local')}
      data={[
        { value: 'local', label: 'Local' },
        { value: 'utc', label: 'UTC' },
      ]}
    />
  );
}

function Me({ onKeys }: { onKeys: () => void }) {
  const who = useWho();
  const signedIn = useSession();
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={`You: ${who.data?.name ?? signedIn?.user_id ?? ''}`}
          data-testid="me"
        >
          <IconUserCircle size={22} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {who.data?.name ?? signedIn?.user_id} · {who.data?.roles.join(', ')}
        </Menu.Label>
        {signedIn && signedIn.engagement_ids.length > 1 && (
          <Menu.RadioGroup value={signedIn.engagement_id} onChange={(id) => session.chooseEngagement(id)}>
            {signedIn.engagement_ids.map((id) => (
              <Menu.RadioItem key={id} value={id} closeMenuOnClick>
                Engagement {id.slice(0, 8)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        )}
        <Menu.Item component={Link} to="/notifications/preferences">
          Notification settings
        </Menu.Item>
        <Menu.Item onClick={onKeys}>Keyboard shortcuts</Menu.Item>
        <Menu.Item component="a" href="/docs" target="_blank">
          API description
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** What stands around every page. */
export function Shell() {
  useLive();
  useSignOutOfOtherTabs();
  const [opened, { toggle, close }] = useDisclosure(false);
  const [keysOpened, keys] = useDisclosure(false);
  const [keysOn] = useKeysOn();
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !opened } }} padding="md">
      <a href="#main" className="lastcopy-skip">
        Skip to the page
      </a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={opened ? 'Close the menu' : 'Open the menu'} />
            <Anchor component={Link} to="/decommission" fw={700} underline="never" c="inherit">
              Lastcopy
            </Anchor>
            <LiveChip />
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Text visibleFrom="sm" component="span">
              <ZoneSwitch />
            </Text>
            <Tooltip label={keysOn ? 'Keys (?)' : 'Keys (off)'}>
              <ActionIcon visibleFrom="sm" variant="subtle" color="gray" size="lg" onClick={keys.open} aria-label="Keyboard shortcuts">
                <IconHelp size={20} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <ColorScheme />
            <Bell />
            <Me onKeys={keys.open} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs">
        <Places onGo={close} />
      </AppShell.Navbar>
      <AppShell.Main id="main">
        <RenewalNotice />
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
      <KeysHelp opened={keysOpened} open={keys.open} close={keys.close} />
    </AppShell>
  );
}
