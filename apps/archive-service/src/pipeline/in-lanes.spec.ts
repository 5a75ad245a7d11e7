import { inLanes } from './in-lanes.js';

const { signal } = new AbortController();

it('keeps the order and the limit', async () => {
  let running = 0;
  let most = 0;
  const results = await inLanes([5, 1, 3, 2, 4], 2, signal, async (item) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < item; turn += 1) await new Promise(setImmediate);
    running -= 1;
    return item * 10;
  });
  expect(results).toEqual([50, 10, 30, 20, 40]);
  expect(most).toBe(2);
});

it('ends all with the first failure, and waits until they have ended', async () => {
  let ended = 0;
  const failing = inLanes([1, 2, 3], 2, signal, async (item, stop) => {
    if (item === 2) throw new Error('lost');
    await new Promise<void>((resolve) => stop.addEventListener('abort', () => setImmediate(resolve)));
    ended += 1;
    throw new Error('aborted');
  });
  await expect(failing).rejects.toThrow('lost');
  expect(ended).toBe(1);
});

it('throws the reason of the signal, though all work was done', async () => {
  const controller = new AbortController();
  const done = inLanes([1], 1, controller.signal, async () => controller.abort(new Error('lease lost')));
  await expect(done).rejects.toThrow('lease lost');
});
