import { useEffect } from 'react';

/** Gives the focus back to a button that lost it because it was busy, unless it has gone elsewhere: a busy button is disabled, and a browser
 * takes the focus from what is disabled. Whoever uses the keyboard would fall out of the dialog that they are in. */
export function useKeptFocus(): void {
  useEffect(() => {
    const observer = new MutationObserver(([change]) => {
      const button = change?.target;
      if (!(button instanceof HTMLButtonElement) || button.disabled || document.activeElement !== document.body) return;
      button.focus({ preventScroll: true });
    });
    const follow = ({ target }: FocusEvent) => {
      observer.disconnect();
      if (target instanceof HTMLButtonElement) observer.observe(target, { attributeFilter: ['disabled'] });
    };
    document.addEventListener('focusin', follow);
    return () => {
      document.removeEventListener('focusin', follow);
      observer.disconnect();
    };
  }, []);
}
