import { jest } from '@jest/globals';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { guardBody } from './guarded-body.js';

const guard = (source: Readable, expectedBytes: number, inactivityMs = 5_000) =>
  guardBody(source, { name: 's3://b/k', expectedBytes, inactivityMs }, (error) => error);

describe('guardBody', () => {
  it('passes exactly what was announced', async () => {
    expect((await buffer(guard(Readable.from([Buffer.from('ab'), Buffer.from('c')]), 3))).toString()).toBe('abc');
  });

  it.each([2, 4])('fails when %d bytes were announced and 3 came', async (announced) => {
    const body = guard(Readable.from([Buffer.from('abc')]), announced);
    await expect(buffer(body)).rejects.toMatchObject({ code: 'ARCHIVE_OBJECT_DAMAGED' });
  });

  it('fails when the store falls silent', async () => {
    const source = new PassThrough();
    source.write('a');
    await expect(buffer(guard(source, 3, 50))).rejects.toMatchObject({ code: 'STORE_STALLED' });
    expect(source.destroyed).toBe(true);
  });

  it('takes a slow reader for no stall', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    try {
      const body = guard(Readable.from([Buffer.alloc(2_000_000), Buffer.alloc(1)]), 2_000_001, 1_000);
      while (body.readableLength === 0) await new Promise(setImmediate);
      jest.advanceTimersByTime(60_000);
      expect((await buffer(body)).length).toBe(2_000_001);
    } finally {
      jest.useRealTimers();
    }
  });

  it('fails when the connection breaks', async () => {
    const source = new PassThrough();
    source.write('a');
    const body = guard(source, 3);
    source.destroy(new Error('reset'));
    await expect(buffer(body)).rejects.toThrow('reset');
  });
});
