import { deadlinesOf } from './deadlines.js';

const now = new Date('2026-11-22T12:00:00.000Z');
const terms = { dueDays: 5, remindDays: 1, escalateAgainDays: 2, expiresDays: 14 };

it('counts from the request', () => {
  expect(deadlinesOf(now, terms)).toEqual({
    due_at: '2026-11-27T12:00:00.000Z',
    remind_at: '2026-11-26T12:00:00.000Z',
    expires_at: '2026-12-06T12:00:00.000Z',
  });
});

it('gives a request with a due date of its own as much time after it', () => {
  expect(deadlinesOf(now, terms, '2026-12-22T12:00:00Z')).toEqual({
    due_at: '2026-12-22T12:00:00.000Z',
    remind_at: '2026-12-21T12:00:00.000Z',
    expires_at: '2026-12-31T12:00:00.000Z',
  });
});

it('never reminds before now, and never expires before it is due', () => {
  const short = deadlinesOf(now, { ...terms, dueDays: 0.5, expiresDays: 0.25 });
  expect(short).toEqual({ due_at: '2026-11-23T00:00:00.000Z', remind_at: now.toISOString(), expires_at: '2026-11-23T00:00:00.000Z' });
});

it.each(['2026-11-22T12:00:00.000Z', '2026-11-01T00:00:00Z', '2027-03-01T00:00:00Z', 'soon'])('refuses %s as a due date', (due) => {
  expect(() => deadlinesOf(now, terms, due)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
});
