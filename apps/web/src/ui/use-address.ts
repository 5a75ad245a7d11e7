import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

interface HowSet {
  /** It is no other place: Back leads to where one came from. */
  replace?: boolean;
}

/** Sets a parameter of the address, or takes it away when there is no value; all others stay as they are. */
export type SetInAddress = (name: string, value: string | null | undefined, how?: HowSet) => void;

/** What the address says beside the path, and how one parameter of it is changed. */
export function useAddress(): [search: URLSearchParams, set: SetInAddress] {
  const [search, setSearch] = useSearchParams();
  const set: SetInAddress = useCallback(
    (name, value, { replace = false } = {}) =>
      setSearch(
        (now) => {
          const next = new URLSearchParams(now);
          if (value) next.set(name, value);
          else next.delete(name);
          return next;
        },
        { replace },
      ),
    [setSearch],
  );
  return [search, set];
}
