import type { EventEnvelope } from '@lastcopy/contracts';

/** A promise of the product that the logs contradict. */
export interface Violation {
  invariant: string;
  message: string;
}

export interface InvariantCheck {
  /** Every event of every service's log, each log in its order; gateway's log comes last. */
  observe(event: EventEnvelope): void;
  finish(): Violation[];
}

/** One of the product's invariants, checked over the services' logs in one pass; state grows with jobs and flows, not with events. */
export interface Invariant {
  readonly name: string;
  readonly promise: string;
  start(): InvariantCheck;
}

/** A check that needs no more than to collect what it sees. */
export const collecting = (
  name: string,
  promise: string,
  start: () => {
    observe: (event: EventEnvelope, violate: (message: string) => void) => void;
    finish?: (violate: (message: string) => void) => void;
  },
): Invariant => ({
  name,
  promise,
  start() {
    const violations: Violation[] = [];
    const violate = (message: string) => void violations.push({ invariant: name, message });
    const check = start();
    return {
      observe: (event) => check.observe(event, violate),
      finish: () => {
        check.finish?.(violate);
        return violations;
      },
    };
  },
});
