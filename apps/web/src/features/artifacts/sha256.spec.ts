import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { sha256Of } from './sha256.js';

it('reads the same digest as the gateway does', async () => {
  const content = Buffer.from('We attest.\n');
  expect(await sha256Of(new Blob([content]))).toBe(createHash('sha256').update(content).digest('hex'));
});

it('leaves a file that is too large to read whole to the gateway', async () => {
  expect(await sha256Of({ size: 64_000_001 } as Blob)).toBeUndefined();
});
