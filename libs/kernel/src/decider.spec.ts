import { fold, type Decider, type Event } from './index.js';

type Counted = Event<'Counted', { by: number }>;
const counter: Decider<never, number, Counted> = { initial: 0, decide: () => [], evolve: (state, event) => state + event.data.by };

it('folds events in their order, from the initial state', () => {
  expect(
    fold(counter, [
      { type: 'Counted', data: { by: 2 } },
      { type: 'Counted', data: { by: 3 } },
    ]),
  ).toBe(5);
});
