import { useLocalStorage, useWindowEvent } from '@mantine/hooks';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import { meaningOf } from './key-press.js';

/** Whether single keys do something; kept for the next visit. Speech input and some screen readers send such keys unasked. */
export const useKeysOn = () => useLocalStorage<boolean>({ key: 'lastcopy.keys', defaultValue: true, getInitialValueInEffect: false });

const typedInto =
  'textarea, select, input:not([type="checkbox"], [type="radio"]), [role="textbox"], [contenteditable]:not([contenteditable="false"])';
const openOver = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

const isTyped = ({ target }: KeyboardEvent): boolean => target instanceof Element && target.closest(typedInto) !== null;
/** Closed lists may stay in the page, out of sight. */
const isSomethingOpen = (): boolean => [...document.querySelectorAll(openOver)].some((each) => each.checkVisibility());

/** Listens for the keys of the whole page, while they are on, nothing is typed and nothing is open over the page. */
export function useKeys(isOn: boolean, openHelp: () => void): void {
  const navigate = useNavigate();
  const goAtMs = useRef(-Infinity);
  useWindowEvent('keydown', (event) => {
    if (!isOn || event.defaultPrevented || isTyped(event) || isSomethingOpen()) return;
    const nowMs = performance.now();
    const meaning = meaningOf(event, nowMs - goAtMs.current);
    goAtMs.current = meaning === 'go' ? nowMs : -Infinity;
    if (meaning === undefined || meaning === 'go') return;
    const search = document.querySelector<HTMLInputElement>('[data-search]');
    // Where the page has no search of its own, the browser's may have the key.
    if (meaning === 'search' && !search) return;
    event.preventDefault();
    if (meaning === 'search') search?.focus();
    else if (meaning === 'help') openHelp();
    else void navigate(meaning.to);
  });
}
