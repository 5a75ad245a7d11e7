import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import type { MouseEvent } from 'react';

interface WhyNotButtonProps extends ButtonProps {
  onClick?: () => void;
  /** Why it cannot be pressed now; undefined when it can. */
  whyNot?: string | undefined;
  'data-testid'?: string;
  type?: 'button' | 'submit';
}

/** A button that says why it is disabled, to the pointer, the keyboard and the screen reader: it stays focusable. */
export function WhyNotButton({ whyNot, onClick, ...rest }: WhyNotButtonProps) {
  if (whyNot === undefined) return <Button {...rest} {...(onClick ? { onClick } : {})} />;
  return (
    <Tooltip label={whyNot}>
      <Button {...rest} data-disabled aria-disabled onClick={(event: MouseEvent) => event.preventDefault()} aria-description={whyNot} />
    </Tooltip>
  );
}
