import { nothingToPause } from './nothing-to-pause.js';

const none = { queued: 0, running: 0, completed: 0, failed: 0, cancelled: 0, paused: 0 };
const why = (counts: Partial<typeof none>, system_count = 3, total = 3) =>
  nothingToPause({ system_count, jobs: { ...none, total, ...counts } });

it.each([
  ['one is running', { running: 1, completed: 2 }],
  ['one waits', { queued: 1, completed: 2 }],
  ['one failed and may be tried again', { failed: 1, completed: 2 }],
  ['one of two is paused', { running: 2, completed: 1, paused: 1 }],
])('lets a flow be paused when %s', (_when, counts) => {
  expect(why(counts)).toBeNull();
});

it('lets a flow be paused whose other systems have yet to begin', () => {
  expect(why({ completed: 2 }, 3, 2)).toBeNull();
});

it.each([
  ['everything is completed', { completed: 3 }, 'Every archive is completed'],
  ['everything is over', { completed: 2, cancelled: 1 }, 'Every job is over'],
  ['all that goes on is paused', { queued: 1, failed: 1, completed: 1, paused: 2 }, 'is paused already'],
])('says that nothing is left to pause when %s', (_when, counts, said) => {
  expect(why(counts)).toContain(said);
});

it('says that nothing has begun', () => expect(why({}, 3, 0)).toContain('No archive job has begun yet'));
