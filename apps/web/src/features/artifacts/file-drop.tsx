import { Button, Group, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import '@mantine/dropzone/styles.css';
import { IconUpload } from '@tabler/icons-react';
import { useRef } from 'react';

/** Takes one file: dropped, or chosen by its button, which the keyboard reaches as well. */
export function FileDrop({ label, onFile }: { label: string; onFile: (file: File) => void }) {
  const open = useRef<() => void>(null);
  return (
    <Dropzone
      openRef={open}
      onDrop={(files: File[]) => files[0] && onFile(files[0])}
      multiple={false}
      activateOnClick={false}
      activateOnKeyboard={false}
      tabIndex={-1}
      p="xs"
      enablePointerEvents
      inputProps={{ 'aria-hidden': true }}
    >
      <Group gap="xs">
        <Button size="compact-sm" variant="default" leftSection={<IconUpload size={14} aria-hidden />} onClick={() => open.current?.()}>
          {label}
        </Button>
        <Text size="sm" c="dimmed">
          or drop it here
        </Text>
      </Group>
    </Dropzone>
  );
}
