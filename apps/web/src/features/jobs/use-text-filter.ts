import { useEffect, useState } from 'react';
import { useLocation, useNavigationType, useSearchParams } from 'react-router';

const name = 'text';

/** What is looked for. The address keeps it, but follows too late to be typed into: letters would be lost. */
export function useTextFilter(): [text: string, change: (text: string) => void] {
  const [search, setSearch] = useSearchParams();
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
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        if (typed) next.set(name, typed);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  };
  return [text, change];
}
