import { jest } from '@jest/globals';
import { once } from 'node:events';
import net from 'node:net';
import { SilenceWatch } from './silence-watch.js';

const standStill = (ms: number) => {
  for (const until = performance.now() + ms; performance.now() < until;);
};
afterEach(() => void jest.useRealTimers());

it('tells once that nothing was heard, and not before its time', () => {
  jest.useFakeTimers();
  const onSilence = jest.fn();
  const watch = new SilenceWatch({ inactivityMs: 100, onSilence });
  jest.advanceTimersByTime(99);
  watch.heard();
  jest.advanceTimersByTime(100);
  expect(onSilence).not.toHaveBeenCalled();
  jest.advanceTimersByTime(50);
  expect(onSilence).toHaveBeenCalledTimes(1);
  jest.advanceTimersByTime(1_000);
  expect(onSilence).toHaveBeenCalledTimes(1);
});

it('does not count the time in which somebody else is waited for', () => {
  jest.useFakeTimers();
  let waits = false;
  const onSilence = jest.fn();
  const watch = new SilenceWatch({ inactivityMs: 100, waits: () => waits, onSilence });
  jest.advanceTimersByTime(10_000);
  expect(onSilence).not.toHaveBeenCalled();
  waits = true;
  jest.advanceTimersByTime(99);
  expect(onSilence).not.toHaveBeenCalled();
  jest.advanceTimersByTime(51);
  expect(onSilence).toHaveBeenCalledTimes(1);
  watch.stop();
});

it('does not take a process that stood still for a silent peer', async () => {
  const server = net.createServer((socket) => {
    const talking = setInterval(() => socket.write('.'), 1);
    socket.on('error', () => undefined).on('close', () => clearInterval(talking));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  let silent = false;
  let heard = 0;
  const watch = new SilenceWatch({ inactivityMs: 400, onSilence: () => (silent = true) });
  socket.on('data', () => watch.heard());
  socket.on('data', () => (heard += 1));
  for (let stop = 0; stop < 3; stop += 1) {
    const before = heard;
    standStill(600);
    while (heard === before && !silent) await new Promise(setImmediate);
  }
  watch.stop();
  socket.destroy();
  await new Promise((resolve) => server.close(resolve));
  expect(silent).toBe(false);
});
