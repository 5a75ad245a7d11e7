import { useSyncExternalStore } from 'react';

export interface LiveState {
  /** Whether the page hears of changes as they happen. */
  mode: 'live' | 'polling';
  /** When the page last heard from the gateway, in milliseconds since 1970. */
  heardMs: number;
}

let state: LiveState = { mode: 'polling', heardMs: Date.now() };
const listeners = new Set<() => void>();

export function setLive(change: Partial<LiveState>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useLiveState = (): LiveState => useSyncExternalStore(subscribe, () => state);
export const liveMode = (): LiveState['mode'] => state.mode;
