import { expect, it } from '@jest/globals';
import { pauseMs } from './renewal.js';

it('leaves an issuer that fails alone for longer each time, and never for longer than half a minute', () =>
  expect([1, 2, 3, 4, 5, 6, 60].map(pauseMs)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]));
