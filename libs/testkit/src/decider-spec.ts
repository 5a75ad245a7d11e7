import { fold, isCodedError, type Decider, type ErrorCode, type Event } from '@lastcopy/kernel';

export interface DeciderOutcome<E extends Event> {
  /** Exactly these events, in this order. */
  then(...expected: E[]): void;
  /** Nothing: a repeated command. */
  thenNothing(): void;
  /** A coded error; an error of another kind fails the test as it is. */
  thenRejected(code: ErrorCode): void;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function outcomeOf<E extends Event>(decide: () => E[]): DeciderOutcome<E> {
  return {
    then(...expected) {
      const decided = decide();
      if (!same(decided, expected))
        throw new Error(`decided ${JSON.stringify(decided, null, 2)}\nexpected ${JSON.stringify(expected, null, 2)}`);
    },
    thenNothing() {
      this.then();
    },
    thenRejected(code) {
      let decided: E[];
      try {
        decided = decide();
      } catch (error) {
        if (!isCodedError(error)) throw error;
        if (error.code !== code) throw new Error(`rejected with ${error.code} (${error.message}), expected ${code}`, { cause: error });
        return;
      }
      throw new Error(`decided ${JSON.stringify(decided)}, expected a rejection with ${code}`);
    },
  };
}

/**
 * Sentences about one aggregate:
 * `const { given } = deciderSpec(archiveJob); given([queued]).when(start).then(started)`.
 * Fails when `decide` or `evolve` changes the state that it was given.
 */
export const deciderSpec = <C, S, E extends Event>(decider: Decider<C, S, E>) => ({
  given: (history: readonly E[]) => ({
    when: (command: C): DeciderOutcome<E> =>
      outcomeOf(() => {
        const state = fold(decider, history);
        const before = JSON.stringify(state);
        const decided = decider.decide(command, state);
        if (JSON.stringify(state) !== before) throw new Error('decide changed the state it was given');
        return decided;
      }),
  }),
});
