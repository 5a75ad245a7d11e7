import net from 'node:net';

export interface RecordingProxy {
  readonly port: number;
  /** What the server said, connection by connection. */
  fromServer(): Buffer[];
  /** What the clients said, connection by connection. */
  fromClients(): Buffer[];
  /** While it refuses, every connection breaks: the server is down for whoever comes this way. */
  refuse(refused: boolean): void;
  close(): Promise<void>;
}

/** Stands before a server on loopback and keeps every byte that passes. */
export async function startRecordingProxy(port: number): Promise<RecordingProxy> {
  const said: Record<'fromServer' | 'fromClients', Buffer[][]> = { fromServer: [], fromClients: [] };
  const open = new Set<net.Socket>();
  let refused = false;

  const pass = (from: net.Socket, to: net.Socket, direction: keyof typeof said) => {
    const record: Buffer[] = [];
    said[direction].push(record);
    open.add(from);
    from.on('data', (chunk) => {
      record.push(chunk);
      if (to.write(chunk)) return;
      from.pause();
      to.once('drain', () => from.resume());
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      open.delete(from);
      to.destroy();
    });
  };

  const server = net.createServer((client) => {
    if (refused) return void client.destroy();
    const upstream = net.connect(port, '127.0.0.1');
    pass(client, upstream, 'fromClients');
    pass(upstream, client, 'fromServer');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    port: (server.address() as net.AddressInfo).port,
    fromServer: () => said.fromServer.map((record) => Buffer.concat(record)),
    fromClients: () => said.fromClients.map((record) => Buffer.concat(record)),
    refuse: (now) => {
      refused = now;
      if (now) for (const socket of open) socket.destroy();
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
