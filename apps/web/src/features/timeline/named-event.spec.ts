import { positionOf } from './named-event.js';

it('reads the position that an address names', () => {
  expect(positionOf('1')).toBe(1);
  expect(positionOf('200000')).toBe(200_000);
  expect(Number.isSafeInteger(positionOf('9'.repeat(15))! + 1)).toBe(true);
});

it.each(['', '0', '007', '-1', '1.5', '1e3', ' 1', 'new', '9'.repeat(16)])('takes %p for no position', (named) => {
  expect(positionOf(named)).toBeUndefined();
});
