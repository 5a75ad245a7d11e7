import { useEffect, useState } from 'react';
import { useAddress } from '../../ui/use-address.js';
import { useLocation, useNavigationType } from 'react-router';

const name = 'text';

/** What is looked for. The address keeps it, but follows too late to be typed into: letters would be lost. */
export function useTextFilter(): [text: string, change: (text: string) => void] {
  const [search, set] = useAddress();
  const { key } = useLocation();
  const wentBack = useNavigationType() === 'POP';
  const kept = search.get(name) ?? '';
  const [text, setText] = useState(kept);
  // Only who goes back or forward looks for something else than was typed last.
  useEffect(() => {
    if (wentBack) setText(kept);
  }, [key, wentBack, kept]);
  const change = (typed: string) => {
    setText(typed);
    set(name, typed, { replace: true });
  };
  return [text, change];
}
