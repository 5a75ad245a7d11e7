import fs from 'node:fs';
import os from 'node:os';
import net from 'node:net';
import path from 'node:path';

interface NatsServer {
  url: string;
  stop(): Promise<void>;
}

const serversFolder = path.resolve(import.meta.dirname, '../../../../tools/servers');

/** A nats-server that a test may stop, wipe and start again on the same port. */
export class PrivateNats {
  private server?: NatsServer;
  private readonly base = fs.mkdtempSync(path.join(os.tmpdir(), 'lastcopy-bus-'));

  private constructor(private readonly port: number) {}

  static async start(): Promise<PrivateNats> {
    const nats = new PrivateNats(await freePort());
    await nats.up();
    return nats;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  async up(): Promise<void> {
    const { startNats } = (await import(path.join(serversFolder, 'nats.mjs'))) as {
      startNats(options: { storeDir: string; port: number }): Promise<NatsServer>;
    };
    this.server = await startNats({ storeDir: this.base, port: this.port });
  }

  async down(): Promise<void> {
    await this.server?.stop();
    this.server = undefined;
  }

  /** Everything that the bus ever stored is gone. */
  wipe(): void {
    fs.rmSync(this.base, { recursive: true, force: true });
  }

  async remove(): Promise<void> {
    await this.down();
    this.wipe();
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
