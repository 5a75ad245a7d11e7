import { drawnRows, rowAfterKey } from './drawn-rows.js';

it('draws what is in sight, and what is kept in its place among it', () => {
  expect(drawnRows([40, 41, 42], [])).toEqual([40, 41, 42]);
  expect(drawnRows([40, 41, 42], [7, 4999])).toEqual([7, 40, 41, 42, 4999]);
  expect(drawnRows([40, 41, 42], [41, 41])).toEqual([40, 41, 42]);
});

it('keeps no row that is gone', () => expect(drawnRows([0, 1], [-1])).toEqual([0, 1]));

it('leads to rows that are not drawn too', () => {
  expect(rowAfterKey('ArrowDown', 41, 5000)).toBe(42);
  expect(rowAfterKey('ArrowUp', 41, 5000)).toBe(40);
  expect(rowAfterKey('Home', 41, 5000)).toBe(0);
  expect(rowAfterKey('End', 41, 5000)).toBe(4999);
});

it('leads nowhere beyond the ends, nor with other keys', () => {
  expect(rowAfterKey('ArrowDown', 4999, 5000)).toBeUndefined();
  expect(rowAfterKey('ArrowUp', 0, 5000)).toBeUndefined();
  expect(rowAfterKey('Enter', 41, 5000)).toBeUndefined();
});
