import { once } from 'node:events';
import net from 'node:net';
import { SilenceWatch } from './silence-watch.js';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const standStill = (ms: number) => {
  for (const until = performance.now() + ms; performance.now() < until;);
};

it('tells once that nothing was heard, and not before its time', async () => {
  const began = performance.now();
  let told = 0;
  await new Promise<void>((resolve) => {
    const watch = new SilenceWatch({ inactivityMs: 100, onSilence: () => resolve(void (told += 1)) });
    watch.heard();
  });
  expect(performance.now() - began).toBeGreaterThanOrEqual(99);
  await wait(200);
  expect(told).toBe(1);
});

it('does not count the time in which somebody else is waited for', async () => {
  let looks = 0;
  await new Promise<void>((resolve, reject) => {
    const watch = new SilenceWatch({
      inactivityMs: 20,
      waits: () => {
        looks += 1;
        if (looks === 30) resolve(watch.stop());
        return false;
      },
      onSilence: () => reject(new Error('took a wait for silence')),
    });
  });
  expect(looks).toBe(30);
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
    while (heard === before && !silent) await wait(1);
  }
  watch.stop();
  socket.destroy();
  await new Promise((resolve) => server.close(resolve));
  expect(silent).toBe(false);
});
