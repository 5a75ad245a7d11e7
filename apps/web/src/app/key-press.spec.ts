import { meaningOf, placesByKey, waitsMs, type KeyPress } from './key-press.js';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  ...{ key, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, isComposing: false },
  ...held,
});
const longAgo = Infinity;

it('goes to a page by g and then its letter', () => {
  expect(meaningOf(press('g'), longAgo)).toBe('go');
  for (const [letter, { to }] of Object.entries(placesByKey)) expect(meaningOf(press(letter), 200)).toEqual({ to });
});

it('goes nowhere by a letter alone, or long after g', () => {
  expect(meaningOf(press('s'), longAgo)).toBeUndefined();
  expect(meaningOf(press('s'), waitsMs)).toBeDefined();
  expect(meaningOf(press('s'), waitsMs + 1)).toBeUndefined();
  expect(meaningOf(press('x'), 200)).toBeUndefined();
});

it('finds ? and / wherever the keyboard has them', () => {
  for (const shiftKey of [true, false]) {
    expect(meaningOf(press('?', { shiftKey }), longAgo)).toBe('help');
    expect(meaningOf(press('/', { shiftKey }), longAgo)).toBe('search');
  }
});

it.each(['altKey', 'ctrlKey', 'metaKey', 'isComposing'] as const)('leaves a key with %s to whoever it belongs to', (held) => {
  for (const key of ['g', 's', '?', '/']) expect(meaningOf(press(key, { [held]: true }), 200)).toBeUndefined();
});

it('takes a letter with caps lock, and not one with shift', () => {
  expect(meaningOf(press('S'), 200)).toEqual({ to: '/decommission/systems' });
  expect(meaningOf(press('S', { shiftKey: true }), 200)).toBeUndefined();
  expect(meaningOf(press('G', { shiftKey: true }), longAgo)).toBeUndefined();
});
