import { ActionIcon, Code, CopyButton, Group, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

interface CopyTextProps {
  text: string;
  /** What it is, for the button's name: "trace id". */
  label: string;
  /** What is shown when the whole text is too long. */
  short?: string;
}

/** A text that people carry elsewhere: a digest, a trace id, a command. */
export function CopyText({ text, label, short = text }: CopyTextProps) {
  return (
    <Group gap={4} wrap="nowrap" style={{ display: 'inline-flex', minWidth: 0 }}>
      <Code title={text} style={{ overflowWrap: 'anywhere' }}>
        {short}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : `Copy ${label}`}>
            <ActionIcon size="sm" variant="subtle" color="gray" onClick={copy} aria-label={copied ? 'Copied' : `Copy ${label}`}>
              {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
