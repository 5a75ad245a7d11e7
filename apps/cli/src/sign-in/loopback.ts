import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CodedError } from '@lastcopy/kernel';

const path = '/signed-in';

export interface Loopback {
  /** Where the issuer leads back to. */
  redirectUri: string;
  /** The address that the browser came back with. Throws UNAUTHENTICATED when it did not in time. */
  cameBack(): Promise<URL>;
  close(): void;
}

const say = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', Connection: 'close' }).end(text);
};

/** Listens on this machine alone, at a free port, for a browser that comes back with `state`; what comes with another is not ours. */
export async function listenForBrowser(state: string, timeoutMs: number): Promise<Loopback> {
  const arrived = Promise.withResolvers<URL>();
  arrived.promise.catch(() => undefined);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', redirectUri);
    if (request.method !== 'GET' || url.pathname !== path) return say(response, 404, 'There is nothing here.');
    if (url.searchParams.get('state') !== state) return say(response, 400, 'This is not the sign-in that the command line waits for.');
    say(response, 200, 'Back to the command line: you can close this page.');
    arrived.resolve(url);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const timer = setTimeout(
    () => arrived.reject(new CodedError('UNAUTHENTICATED', `Nobody signed in within ${timeoutMs / 60_000} minutes.`)),
    timeoutMs,
  );
  const close = (): void => {
    clearTimeout(timer);
    server.close();
    server.closeAllConnections();
  };
  return { redirectUri, cameBack: () => arrived.promise, close };
}
