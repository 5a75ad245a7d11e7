import { Group, Kbd, Modal, Stack, Switch, Table } from '@mantine/core';
import { placesByKey } from './key-press.js';
import { useKeys, useKeysOn } from './use-keys.js';

const others = [
  { key: '/', says: 'Search on this page' },
  { key: '?', says: 'These keys' },
  { key: 'Esc', says: 'Close what is open' },
];

function KeyRow({ says, keys }: { says: string; keys: readonly string[] }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        {says}
      </Table.Th>
      <Table.Td>
        <Group gap={4}>
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

/** `g` and then a letter goes somewhere, as in other tools that people work in all day; `?` lists the keys, and they can be turned off. */
export function KeysHelp({ opened, open, close }: { opened: boolean; open: () => void; close: () => void }) {
  const [isOn, setOn] = useKeysOn();
  useKeys(isOn, open);
  return (
    <Modal opened={opened} onClose={close} title="Keys">
      <Stack>
        <Switch
          label="Use single keys"
          description="Turn them off where speech input or a screen reader presses them unasked. Esc, Tab and Enter always work."
          checked={isOn}
          onChange={(event) => setOn(event.currentTarget.checked)}
        />
        <Table aria-label="What the keys do">
          <Table.Tbody>
            {Object.entries(placesByKey).map(([letter, { says }]) => (
              <KeyRow key={letter} says={says} keys={['g', letter]} />
            ))}
            {others.map(({ key, says }) => (
              <KeyRow key={key} says={says} keys={[key]} />
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Modal>
  );
}
