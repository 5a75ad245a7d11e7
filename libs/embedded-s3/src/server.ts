import { createServer, type Server } from 'node:http';
import { isIPv6, type AddressInfo } from 'node:net';
import { CodedError } from '@lastcopy/kernel';
import type { EmbeddedS3Credential } from './auth/credentials.js';
import type { FaultHook } from './fault.js';
import { handleRequest } from './http/handle-request.js';
import { openObjectFiles } from './store/object-files.js';

export interface EmbeddedS3Options {
  /** The folder that holds everything; made when absent; used by one server at a time. */
  readonly dir: string;
  /** The address to listen on; loopback when absent. */
  readonly host?: string;
  /** A free one when absent. */
  readonly port?: number;
  readonly credentials: readonly EmbeddedS3Credential[];
  /** Injects faults, for tests. */
  readonly fault?: FaultHook;
  /** Told of internal errors; writes them to stderr unless given. */
  readonly onDefect?: (error: unknown) => void;
}

export interface EmbeddedS3 {
  /** `http://<host>:<port>`; use path-style addressing. */
  readonly url: string;
  readonly port: number;
  /** Lets requests under way finish for some seconds, then closes all. */
  stop(): Promise<void>;
}

const loopback = '127.0.0.1';
const inactivityMs = 120_000;
const keepAliveMs = 65_000;
const stopGraceMs = 5_000;

const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'the port is taken. Stop what uses it or choose another port' : cause.message;
      reject(new CodedError('CONFIGURATION_INVALID', `The object store cannot listen on ${host}:${port}: ${why}.`, { cause }));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });

const close = async (server: Server, graceMs: number): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
};

/**
 * Starts the S3 server over `dir`. What it acknowledged is on the disk; what a crash interrupted is gone at the next start.
 * Throws CONFIGURATION_INVALID: port taken, folder in use or damaged, no credentials.
 */
export const startEmbeddedS3 = async (options: EmbeddedS3Options): Promise<EmbeddedS3> => {
  if (options.credentials.length === 0)
    throw new CodedError('CONFIGURATION_INVALID', 'The object store needs at least one pair of credentials.');
  const host = options.host ?? loopback;
  const store = await openObjectFiles(options.dir);
  const credentials = new Map(options.credentials.map((credential) => [credential.accessKeyId, credential]));
  const onDefect = options.onDefect ?? ((error: unknown) => console.error('embedded-s3:', error));
  const { promise: stopped, resolve: release } = Promise.withResolvers<void>();
  const underWay = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const work = handleRequest(request, response, {
      store,
      credentials,
      onDefect,
      stopped,
      ...(options.fault && { fault: options.fault }),
    });
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  });
  // A large upload may take its time; a silent one may not.
  server.requestTimeout = 0;
  server.keepAliveTimeout = keepAliveMs;
  server.setTimeout(inactivityMs);
  try {
    const port = await listen(server, host, options.port ?? 0);
    const stop = async (): Promise<void> => {
      release();
      await close(server, stopGraceMs);
      await Promise.allSettled(underWay);
      store.close();
    };
    let stopping: Promise<void> | undefined;
    const url = `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
    return { url, port, stop: () => (stopping ??= stop()) };
  } catch (error) {
    store.close();
    throw error;
  }
};
