import type { Event } from './event.js';

/**
 * One aggregate's rules, free of I/O. `decide` answers the facts that a command leads to: `[]` for a repeated command,
 * a thrown `DomainError` for a broken rule. `evolve` folds one fact into the state.
 */
export interface Decider<Command, State, E extends Event> {
  readonly initial: State;
  decide(command: Command, state: State): E[];
  evolve(state: State, event: E): State;
}

/** The state after `events`, from the beginning. */
export const fold = <C, S, E extends Event>(decider: Decider<C, S, E>, events: readonly E[]): S =>
  events.reduce(decider.evolve, decider.initial);
