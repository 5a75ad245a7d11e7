import { DomainError, type Event } from '@lastcopy/kernel';
import { deciderSpec } from './decider-spec.js';

const counted: Event = { type: 'Counted', data: {} };
const { given } = deciderSpec<number, { count: number }, Event>({
  initial: { count: 0 },
  decide(limit, state) {
    if (limit < 0) state.count = 99;
    if (state.count > limit && limit > 0) throw new DomainError('JOB_STATE', 'over');
    return state.count < limit ? [counted] : [];
  },
  evolve: ({ count }) => ({ count: count + 1 }),
});

describe('deciderSpec', () => {
  it('passes what is as it says', () => {
    given([]).when(1).then(counted);
    given([counted]).when(1).thenNothing();
    given([counted, counted]).when(1).thenRejected('JOB_STATE');
  });

  it('fails on anything else', () => {
    expect(() => given([]).when(1).thenNothing()).toThrow(/expected \[\]/);
    expect(() => given([]).when(1).thenRejected('JOB_STATE')).toThrow(/expected a rejection/);
    expect(() => given([counted, counted]).when(1).thenRejected('NOT_FOUND')).toThrow(/expected NOT_FOUND/);
    expect(() => given([]).when(-1).thenNothing()).toThrow(/changed the state/);
  });
});
