import net from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** Bytes that the server sent through it so far. */
  readonly bytesFromServer: number;
  /** When the server has sent so many further bytes: `cut` closes (FIN), `reset` breaks (RST), `blackHole` swallows both directions for good. */
  after(bytes: number, fault: 'cut' | 'reset' | 'blackHole'): void;
  close(): Promise<void>;
}

/** Stands between a client and `port` of `host` on loopback and breaks the connection on demand. */
export async function startTcpProxy(host: string, port: number): Promise<TcpProxy> {
  const open = new Set<net.Socket>();
  let bytesFromServer = 0;
  let planned: { at: number; fault: 'cut' | 'reset' | 'blackHole' } | undefined;
  let swallows = false;

  const due = (): boolean => planned !== undefined && bytesFromServer >= planned.at;
  const strike = (client: net.Socket, server: net.Socket): void => {
    const { fault } = planned!;
    if (fault === 'blackHole') swallows = true;
    else if (fault === 'reset') client.resetAndDestroy();
    else client.end();
    if (fault !== 'blackHole') {
      planned = undefined;
      server.destroy();
    }
  };

  const proxy = net.createServer((client) => {
    const server = net.connect(port, host);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        if (!swallows) to.destroy();
      });
    }
    client.on('data', (chunk) => swallows || server.write(chunk));
    server.on('data', (chunk) => {
      bytesFromServer += chunk.length;
      if (due()) strike(client, server);
      else if (!swallows && !client.write(chunk)) {
        server.pause();
        client.once('drain', () => server.resume());
      }
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));

  return {
    port: (proxy.address() as net.AddressInfo).port,
    get bytesFromServer() {
      return bytesFromServer;
    },
    after: (bytes, fault) => (planned = { at: bytesFromServer + bytes, fault }),
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
