import { Group, Kbd, Modal, Table } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useRef } from 'react';
import { useNavigate } from 'react-router';

const goTo: Record<string, { to: string; says: string }> = {
  o: { to: '/decommission', says: 'Overview' },
  a: { to: '/approvals', says: 'Approvals' },
  s: { to: '/decommission/systems', says: 'Systems' },
  p: { to: '/decommission/policies', says: 'Policies' },
  t: { to: '/decommission/audit', says: 'Audit trail' },
  n: { to: '/notifications', says: 'Notifications' },
};

const waitMs = 1_500;

/** `g` and then a letter goes somewhere, as in other tools that people work in all day; `?` lists the keys. */
export function KeysHelp({ opened, open, close }: { opened: boolean; open: () => void; close: () => void }) {
  const navigate = useNavigate();
  const pressedG = useRef(0);
  const go = (letter: string) => {
    if (performance.now() - pressedG.current > waitMs) return;
    pressedG.current = 0;
    void navigate(goTo[letter]!.to);
  };
  useHotkeys([
    ['shift+?', open],
    ['?', open],
    ['g', () => (pressedG.current = performance.now())],
    ...Object.keys(goTo).map((letter): [string, () => void] => [letter, () => go(letter)]),
    ['/', () => document.querySelector<HTMLInputElement>('[data-search]')?.focus()],
  ]);
  return (
    <Modal opened={opened} onClose={close} title="Keys">
      <Table>
        <Table.Tbody>
          {Object.entries(goTo).map(([letter, { says }]) => (
            <Table.Tr key={letter}>
              <Table.Th fw={400}>{says}</Table.Th>
              <Table.Td>
                <Group gap={4}>
                  <Kbd>g</Kbd> <Kbd>{letter}</Kbd>
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Th fw={400}>Search on this page</Table.Th>
            <Table.Td>
              <Kbd>/</Kbd>
            </Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th fw={400}>Close what is open</Table.Th>
            <Table.Td>
              <Kbd>Esc</Kbd>
            </Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th fw={400}>These keys</Table.Th>
            <Table.Td>
              <Kbd>?</Kbd>
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
