import net from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

const pieceBytes = 8_192;

/** Hands on what arrives in small pieces, so many bytes a second. */
const slowed = (bytesPerSecond: number): Transform =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const handOn = async () => {
        for (let at = 0; at < chunk.length; at += pieceBytes) {
          const piece = chunk.subarray(at, at + pieceBytes);
          this.push(piece);
          await pause((1000 * piece.length) / bytesPerSecond);
        }
      };
      handOn().then(() => done(), done);
    },
  });

export interface Line {
  port: number;
  break(): Promise<void>;
  /** On the same port. */
  mend(): Promise<void>;
}

/** A way to the database that can break. With `bytesPerSecond`, an export over it takes its time: each connection gets as many. */
export async function startLine(host: string, port: number, bytesPerSecond?: number): Promise<Line> {
  const open = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const far = net.connect(port, host);
    for (const [one, other] of [[client, far] as const, [far, client] as const]) {
      open.add(one);
      one.on('error', () => other.destroy()).on('close', () => open.delete(one) && other.destroy());
    }
    client.pipe(far);
    if (bytesPerSecond) far.pipe(slowed(bytesPerSecond)).pipe(client);
    else far.pipe(client);
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  await listen(0);
  const own = (server.address() as net.AddressInfo).port;
  return {
    port: own,
    break: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
    mend: () => listen(own),
  };
}
