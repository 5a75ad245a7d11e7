import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import type { MouseEvent } from 'react';

interface WhyNotButtonProps extends ButtonProps {
  onClick?: () => void;
  /** Why it cannot be pressed now; undefined when it can. */
  whyNot?: string | undefined;
  'data-testid'?: string;
  type?: 'button' | 'submit';
}

/** A button that says why it is disabled, to the pointer, the keyboard and the screen reader: it stays focusable, and the same button. */
export function WhyNotButton({ whyNot, onClick, ...rest }: WhyNotButtonProps) {
  const refused = whyNot !== undefined && {
    ...{ 'data-disabled': true, 'aria-disabled': true, 'aria-description': whyNot },
    onClick: (event: MouseEvent) => event.preventDefault(),
  };
  return (
    <Tooltip label={whyNot ?? ''} disabled={whyNot === undefined}>
      <Button {...rest} {...(onClick ? { onClick } : {})} {...refused} />
    </Tooltip>
  );
}
