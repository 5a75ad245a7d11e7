import type { ServiceName } from './services.js';

/** What a service finds wrong with itself; empty lists mean nothing. Lines are for people. */
export interface SelfCheck {
  service: ServiceName;
  parked_events: string[];
  parked_messages: string[];
  forks: string[];
  projections: { name: string; differences: string[] }[];
  /** What has not caught up within a few seconds. */
  behind: string[];
}

export const selfCheckSubject = (service: ServiceName): string => `lastcopy.queries.${service}.SelfCheck`;
