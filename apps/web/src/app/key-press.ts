export const placesByKey: Readonly<Record<string, { to: string; says: string }>> = {
  o: { to: '/decommission', says: 'Overview' },
  a: { to: '/approvals', says: 'Approvals' },
  s: { to: '/decommission/systems', says: 'Systems' },
  p: { to: '/decommission/policies', says: 'Policies' },
  t: { to: '/decommission/audit', says: 'Audit trail' },
  n: { to: '/notifications', says: 'Notifications' },
};

/** How long a `g` waits for its letter. */
export const waitsMs = 1_500;

export type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey' | 'isComposing'>;
export type KeyMeaning = 'help' | 'search' | 'go' | { to: string };

/** What a key means where nothing is typed and nothing is open over the page; `sinceGoMs` is how long ago `g` was the last key. */
export function meaningOf(press: KeyPress, sinceGoMs: number): KeyMeaning | undefined {
  if (press.altKey || press.ctrlKey || press.metaKey || press.isComposing) return undefined;
  // Some keyboards have these two on shift, others do not.
  if (press.key === '?') return 'help';
  if (press.key === '/') return 'search';
  if (press.shiftKey) return undefined;
  const letter = press.key.toLowerCase();
  if (letter === 'g') return 'go';
  const place = Object.hasOwn(placesByKey, letter) ? placesByKey[letter] : undefined;
  return place && sinceGoMs <= waitsMs ? { to: place.to } : undefined;
}
